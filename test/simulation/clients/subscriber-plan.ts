import type { History } from '../oracle/history.ts'

/** Who subscribes to what of a room, and how. */
export interface SubscriberPlan {
  readonly name: string
  readonly role: 'OPERATOR' | 'VISITOR'
  readonly stream: History['stream']
  readonly over: 'WebSocket' | 'SSE'
  /** How many messages the page shows behind which it begins; null begins now. */
  readonly page: number | null
  /** Cuts its connection behind every so many events, and comes back at once; 0 never does. */
  readonly cutEvery: number
  /** Its server-sent events break off behind so many bytes each time; 0 never does. */
  readonly cutAtByte: number
  /** How it names the place that it comes back to. Sockets have their variables only. */
  readonly resumesBy: 'variable' | 'Last-Event-ID'
}
