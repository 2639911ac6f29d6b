import type { PushedChange } from './push.ts'
import type { RoomView } from './room-view.ts'

/** A vendor's webhook as received: header names in lower case, the body as parsed JSON of any shape. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: unknown
}

/** What a webhook shows of one room's messages. Each message equals what a read of the same version returns. */
export interface WebhookContent {
  readonly roomId: string
  /** The view that the webhook shows; null where all views are alike. It must not reach callers of another view. */
  readonly view: RoomView | null
  readonly changes: readonly PushedChange[]
  /**
   * What the webhook reports beyond the changes: nothing, further new messages, or anything. A poll finds it; the account
   * poller's rows can show new messages, too.
   */
  readonly missing: 'NOTHING' | 'ADDITIONS' | 'ANYTHING'
}

/** What a webhook reports. Webhooks can be late, repeated, out of order or lost: polls compare. */
export interface WebhookHint {
  /** The rooms in which something happened. */
  readonly roomIds: readonly string[]
  /** Whether offline messages may have arrived. */
  readonly hasOfflineMessages: boolean
  /** Null where only a poll can show what happened. */
  readonly content: WebhookContent | null
}
