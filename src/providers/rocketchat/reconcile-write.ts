import { createRepeatableWriteSender, createWriteReconciler } from '../shared/reconcile-write.ts'
import { isUnexplainedError, mayHaveBeenProcessed, mayStillBeProcessed } from './errors.ts'

/** Runs a write until its outcome is known; see `createWriteReconciler`. */
export const reconcileWrite = createWriteReconciler({
  mayHaveBeenProcessed,
  mayStillBeProcessed,
  isUnexplained: isUnexplainedError,
})

/** Sends a write again after a lost response; see `createRepeatableWriteSender`. */
export const sendRepeatableWrite = createRepeatableWriteSender(mayHaveBeenProcessed)
