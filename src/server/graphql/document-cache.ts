import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import { documentBytes } from '../limits/document-bytes.ts'

/** Bytes of all cached documents together, and of the largest one. */
const MAX_BYTES = 64 * 1024 * 1024
const MAX_ENTRY_BYTES = 2 * 1024 * 1024

/** Creates a cache of parsed documents by their text. Clients choose the texts, so the cache is bounded by bytes. */
export function createDocumentCache(): LRUCache<string, DocumentNode> {
  return new LRUCache({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ENTRY_BYTES,
    sizeCalculation: (document) => Math.max(1, documentBytes(document)),
  })
}
