import type { QueueLimits } from './offline-store.ts'

const MIB = 1_048_576

/**
 * How many offline messages may wait: `maxQueued` for one provider. Those of one client or e-mail address are far
 * fewer, so that no single sender fills the queue; they leave room for visitors who share an address.
 */
export function queueLimits(maxQueued: number): QueueLimits {
  return {
    provider: { messages: maxQueued, bytes: 256 * MIB },
    sender: { messages: 1_000, bytes: 8 * MIB },
    email: { messages: 200, bytes: 2 * MIB },
  }
}
