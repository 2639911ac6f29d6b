import type { Thread } from '../store/model.ts'
import { formatTimestamp } from '../store/timestamps.ts'

/** A thread's place in the queue, as both APIs show it (docs/providers/livechat.md 12.2). */
export function queueView({ position, waitSeconds, queuedAt }: NonNullable<Thread['queue']>): object {
  return { position, wait_time: waitSeconds, queued_at: formatTimestamp(queuedAt) }
}
