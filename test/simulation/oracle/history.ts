import type { MessageVisibility } from '../../../src/domain/model.ts'

/** What one event told, in the checker's words. */
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

/** A page as the client read it before it subscribed; a null text is a deleted message. */
export interface LoadedPage {
  readonly nodes: readonly { readonly id: string; readonly text: string | null }[]
  /** The room's own state in the same answer, in the words of `stateText`. */
  readonly state: string
  readonly cursor: string
  /** When the answer had come, in milliseconds of the script's clock. */
  readonly readAt: number
}

/** One thing in the life of a subscriber; `at` is in milliseconds of the script's clock. */
export type HistoryEntry = { readonly at: number } & (
  | {
      /** It begins: behind a page that it began to read at `at`, or now. */
      readonly what: 'start'
      readonly gateway: number
      readonly page: LoadedPage | null
      /** Of the wall clock, when it asked to start now. */
      readonly since: number
      /** What was committed before this moment of the script's clock was surely before "now". */
      readonly surelyBefore: number
    }
  | { readonly what: 'resume'; readonly gateway: number; readonly cursor: string }
  | {
      readonly what: 'event'
      readonly told: DeliveredEvent
      readonly room: string
      readonly cursor: string | null
    }
  | { readonly what: 'left' }
  /** Its token is revoked, and its stream ended with the reason. */
  | { readonly what: 'refused' }
  /** Bytes that it should never have got, or an answer that makes no sense. */
  | { readonly what: 'wrong'; readonly detail: string }
)

/** Everything that one subscriber was told, over all its connections. */
export interface History {
  readonly name: string
  readonly room: string
  readonly view: MessageVisibility
  /** `messageAdded` tells of additions only, and has no cursors. */
  readonly stream: 'roomEvents' | 'messageAdded'
  readonly entries: readonly HistoryEntry[]
}
