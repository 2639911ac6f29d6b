import type { Batch, Call, OfflineDraft, OfflineItem, OfflineQuery } from '../../chat/adapter.ts'
import type { OfflineMessage } from '../../chat/model.ts'

/**
 * Where a licence keeps its offline messages (docs/providers/livechat.md 1.7). Failures are of the one
 * family.
 */
export interface OfflineSource {
  get(keys: readonly string[], call: Call): Promise<Batch<OfflineMessage>>
  /** Newest first; `resume` goes on behind the item that carried it. */
  list(query: OfflineQuery, resume: string | null, call: Call): AsyncIterable<OfflineItem>
  /** How many match; null where one call does not tell. */
  count(query: OfflineQuery, call: Call): Promise<number | null>
  /** Gives the id under which the list will show it, null where the answer names none; null itself where it takes none. */
  readonly send: ((draft: OfflineDraft, call: Call) => Promise<string | null>) | null
}
