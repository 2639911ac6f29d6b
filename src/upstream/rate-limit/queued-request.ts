import type { Priority } from '../../domain/priority.ts'
import type { RequestCaller } from '../request-caller.ts'
import type { StopSignal } from '../stop-signal.ts'

/** A request that asks for a permit. */
export interface AdmissionRequest {
  readonly priority: Priority
  /** Identifies a background read, so that an interactive one can promote it. Unique among the queued ones. */
  readonly id: string
  readonly caller: RequestCaller
  /** Whether its response comes only after a body that takes any time, so that no other request waits for it. */
  readonly isUpload: boolean
  /** Removes the request from the queue when it aborts. */
  readonly signal: StopSignal
}

/** A request in the queue. `priority` changes when the request is promoted. */
export interface QueuedRequest<Permit> extends Omit<AdmissionRequest, 'signal' | 'priority'> {
  priority: Priority
  /** By the queue's clock. */
  readonly queuedAt: number
  /** Fires when an interactive request has waited its maximum time. */
  timer: NodeJS.Timeout | undefined
  /** Whether the maximum time is over: the request is rejected as soon as a limit is the reason why it waits. */
  isOverdue: boolean
  /** Ends the wait with a permit or an error. */
  resolve(result: Permit | Error): void
}

/** Creates a queued request. `onAbort` is called when its signal aborts, before `result` rejects with the signal's reason. */
export function createQueuedRequest<Permit>(
  { signal, ...request }: AdmissionRequest,
  queuedAt: number,
  onAbort: (queued: QueuedRequest<Permit>) => void,
): { readonly queued: QueuedRequest<Permit>; readonly result: Promise<Permit> } {
  let resolve: (permit: Permit) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const result = new Promise<Permit>((onPermit, onError) => {
    resolve = onPermit
    reject = onError
  })
  const abort = (): void => {
    onAbort(queued)
    reject(signal.reason)
  }
  const queued: QueuedRequest<Permit> = {
    ...request,
    queuedAt,
    timer: undefined,
    isOverdue: false,
    resolve(outcome) {
      signal.removeEventListener('abort', abort)
      if (outcome instanceof Error) reject(outcome)
      else resolve(outcome)
    },
  }
  signal.addEventListener('abort', abort, { once: true })
  return { queued, result }
}
