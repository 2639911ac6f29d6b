import type { PushStateReceiver, PushSubscription } from '../../domain/push.ts'

/** The subscription of a caller who receives no push: unless it is closed at once, the receiver is called with the reason. */
export function denyPush(receiver: PushStateReceiver, reason: string): PushSubscription {
  let isClosed = false
  queueMicrotask(() => {
    if (!isClosed) receiver.onDown(reason, true)
  })
  return {
    aliveAt: null,
    close() {
      isClosed = true
    },
  }
}
