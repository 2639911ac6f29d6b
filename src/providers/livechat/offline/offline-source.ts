import type {
  Batch,
  CallContext,
  OfflineMessageDraft,
  OfflineMessageItem,
  OfflineMessageQuery,
} from '../../../domain/adapter.ts'
import type { OfflineMessage } from '../../../domain/model.ts'

/**
 * Where a licence keeps its offline messages (docs/providers/livechat.md 1.7). Failures are of the one
 * family.
 */
export interface OfflineSource {
  get(keys: readonly string[], call: CallContext): Promise<Batch<OfflineMessage>>
  /** Newest first; `resume` goes on behind the item that carried it. */
  list(
    query: OfflineMessageQuery,
    resume: string | null,
    call: CallContext,
  ): AsyncIterable<OfflineMessageItem>
  /** How many match; null where one call does not tell. */
  count(query: OfflineMessageQuery, call: CallContext): Promise<number | null>
  /** Gives the id under which the list will show it, null where the answer names none; null itself where it takes none. */
  readonly send: ((draft: OfflineMessageDraft, call: CallContext) => Promise<string | null>) | null
}
