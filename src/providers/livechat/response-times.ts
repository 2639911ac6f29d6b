import { toDate } from './timestamps.ts'
import type { WireEvent, WireUser } from './wire.ts'

/** Responses of a thread; LiveChat has no field for them (docs/providers/livechat.md 17). */
export interface ResponseTimes {
  /** Time of the first response of an agent; null if there is none. */
  readonly firstResponseAt: Date | null
  /** Time of the customer's first event without a response; null if the agents have responded to all. */
  readonly unansweredSince: Date | null
}

/** Types of events that are responses. A form that an agent sends is a question of the provider, not a response. */
const CONTENT_TYPES: ReadonlySet<string> = new Set(['message', 'file', 'rich_message', 'filled_form'])

/** Finds the responses among all events of a thread, oldest first. Notes and deleted events are none. */
export function findResponseTimes(events: readonly WireEvent[], users: readonly WireUser[]): ResponseTimes {
  const customerIds = new Set(users.filter(({ type }) => type === 'customer').map(({ id }) => id))
  let firstMicros: number | null = null
  let unansweredMicros: number | null = null
  for (const { type, author_id, created_at, isForAgentsOnly, deleted } of events) {
    if (author_id === null || isForAgentsOnly || deleted || !CONTENT_TYPES.has(type)) continue
    if (customerIds.has(author_id)) {
      unansweredMicros ??= created_at
    } else {
      firstMicros ??= created_at
      unansweredMicros = null
    }
  }
  return {
    firstResponseAt: firstMicros === null ? null : toDate(firstMicros),
    unansweredSince: unansweredMicros === null ? null : toDate(unansweredMicros),
  }
}
