import { createWriteReconciler } from '../shared/reconcile-write.ts'
import { mayHaveBeenProcessed, mayStillBeProcessed } from './errors.ts'

/** Sends a write and reads its result back after a lost response. LiveChat does not recognize repeated requests. */
export const reconcileWrite = createWriteReconciler({ mayHaveBeenProcessed, mayStillBeProcessed })
