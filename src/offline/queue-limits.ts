import type { QueueLimits } from './offline-store.ts'

const MIB = 1_048_576

/**
 * Maximum numbers of queued offline messages: `maxQueued` per provider, and far fewer per client address and e-mail
 * address, so that no single sender fills the queue. The limit per address leaves room for visitors who share one.
 */
export function queueLimits(maxQueued: number): QueueLimits {
  return {
    provider: { messages: maxQueued, bytes: 256 * MIB },
    sender: { messages: 1_000, bytes: 8 * MIB },
    email: { messages: 200, bytes: 2 * MIB },
  }
}
