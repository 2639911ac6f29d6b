import type { MessageVisibility } from '../../../src/domain/model.ts'

/** One delivered event, reduced to what the oracle checks. */
export type DeliveredEvent =
  | {
      readonly type: 'added' | 'updated'
      readonly id: string
      readonly text: string
      readonly kind: string
      readonly visibility: MessageVisibility
    }
  | { readonly type: 'deleted'; readonly id: string }
  | { readonly type: 'room updated'; readonly state: string }
  | {
      readonly type: 'gap'
      readonly reason: string
      readonly from: string | null
      readonly to: string | null
    }

/** A page that the client read before it subscribed. A null text is a deleted message. */
export interface LoadedPage {
  readonly nodes: readonly { readonly id: string; readonly text: string | null }[]
  /** The room's own state in the same response, as `stateText` writes it. */
  readonly state: string
  readonly cursor: string
  /** When the response arrived, in milliseconds of the scenario's clock. */
  readonly readAt: number
}

/** One entry of a subscriber's history. `at` is in milliseconds of the scenario's clock. */
export type HistoryEntry = { readonly at: number } & (
  | {
      /** The subscription starts: from a page whose request was sent at `at`, or now. */
      readonly type: 'start'
      readonly gateway: number
      readonly page: LoadedPage | null
      /** Wall clock time of the request to start now. */
      readonly since: number
      /** What was committed before this moment of the scenario's clock was certainly before "now". */
      readonly certainlyBefore: number
    }
  | { readonly type: 'resume'; readonly gateway: number; readonly cursor: string }
  | {
      readonly type: 'event'
      readonly event: DeliveredEvent
      readonly room: string
      readonly cursor: string | null
    }
  | { readonly type: 'disconnected' }
  /** Its token is revoked, and its stream ended for that reason. */
  | { readonly type: 'rejected' }
  /** Data that it must never receive, or a response that makes no sense. */
  | { readonly type: 'violation'; readonly detail: string }
)

/** Everything that one subscriber received, over all its connections. */
export interface History {
  readonly name: string
  readonly room: string
  readonly view: MessageVisibility
  /** `messageAdded` delivers additions only, and has no cursors. */
  readonly stream: 'roomEvents' | 'messageAdded'
  readonly entries: readonly HistoryEntry[]
}
