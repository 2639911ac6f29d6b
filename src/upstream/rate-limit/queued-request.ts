import type { Priority } from '../../domain/priority.ts'
import type { RequestCaller } from '../request-caller.ts'

/** Who wants to call. */
export interface AdmissionRequest {
  readonly priority: Priority
  /** Of a look: names what is asked for, so that somebody who wants the same can hurry it. Unique among those that wait. */
  readonly id: string
  readonly caller: RequestCaller
  /** Leaves the queue when it aborts. */
  readonly signal: AbortSignal
}

/** An applicant that waits. `priority` changes where somebody begins to wait for a look. */
export interface QueuedRequest<Permit> extends Omit<AdmissionRequest, 'signal' | 'priority'> {
  priority: Priority
  /** By the queue's clock. */
  readonly queuedAt: number
  /** Rings when its patience is at an end. */
  timer: NodeJS.Timeout | undefined
  /** Whether it has waited longer than it would for a limit: as soon as a limit is why, it is refused. */
  isOverdue: boolean
  /** Ends the waiting with leave to go, or with an error. */
  resolve(outcome: Permit | Error): void
}

/** Lets an applicant wait; `onAbort` is called when it leaves, before `outcome` rejects with the signal's reason. */
export function createQueuedRequest<Permit>(
  { signal, ...applicant }: AdmissionRequest,
  since: number,
  onAbort: (waiter: QueuedRequest<Permit>) => void,
): { readonly waiter: QueuedRequest<Permit>; readonly outcome: Promise<Permit> } {
  const { promise: outcome, resolve, reject } = deferred<Permit>()
  const leave = (): void => {
    onAbort(waiter)
    reject(signal.reason)
  }
  const waiter: QueuedRequest<Permit> = {
    ...applicant,
    queuedAt: since,
    timer: undefined,
    isOverdue: false,
    resolve(settled) {
      signal.removeEventListener('abort', leave)
      if (settled instanceof Error) reject(settled)
      else resolve(settled)
    },
  }
  signal.addEventListener('abort', leave, { once: true })
  return { waiter, outcome }
}

interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (reason: unknown) => void
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle
    reject = fail
  })
  return { promise, resolve, reject }
}
