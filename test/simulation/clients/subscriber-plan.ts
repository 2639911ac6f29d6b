import type { History } from '../oracle/history.ts'

/** How one client subscribes to a room. */
export interface SubscriberPlan {
  readonly name: string
  readonly role: 'OPERATOR' | 'VISITOR'
  readonly stream: History['stream']
  readonly over: 'WebSocket' | 'SSE'
  /** The size of the page that it reads and starts from; null starts now. */
  readonly page: number | null
  /** Cuts its connection after this many events, and reconnects at once; 0 never does. */
  readonly cutEvery: number
  /** Cuts its server-sent events after this many bytes; 0 never does. */
  readonly cutAtByte: number
  /** Whether it reconnects to the next gateway each time, as through a load balancer. */
  readonly hops: boolean
  /** How it sends its cursor when it resumes. WebSockets have only the variable. */
  readonly resumesBy: 'variable' | 'Last-Event-ID'
}
