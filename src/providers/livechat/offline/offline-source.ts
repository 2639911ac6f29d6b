import type { Batch, CallContext } from '../../../domain/adapter.ts'
import type { OfflineMessage } from '../../../domain/model.ts'
import type {
  OfflineMessageDraft,
  OfflineMessageItem,
  OfflineMessageQuery,
} from '../../../domain/offline-messages.ts'

/** The API that keeps an account's offline messages (docs/providers/livechat.md 1.7). Its errors are ChatErrors. */
export interface OfflineSource {
  get(keys: readonly string[], call: CallContext): Promise<Batch<OfflineMessage>>
  /** Newest first; continues after the item whose resume token is given. */
  list(
    query: OfflineMessageQuery,
    resumeToken: string | null,
    call: CallContext,
  ): AsyncIterable<OfflineMessageItem>
  /** Counts the matches; null if one request does not suffice. */
  count(query: OfflineMessageQuery, call: CallContext): Promise<number | null>
  /**
   * Returns the id that the list will contain, or null if the response has none. Null itself if the source accepts no
   * messages.
   */
  readonly send: ((draft: OfflineMessageDraft, call: CallContext) => Promise<string | null>) | null
}
