import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'

/** Bytes that a parsed document takes per token: its nodes, their locations and the tokens themselves, as measured. */
const BYTES_PER_TOKEN = 540
const BYTES_PER_CHARACTER = 2

/** Bytes of all documents that are remembered, and of the largest of them. */
const MAX_BYTES = 64 * 1024 * 1024
const MAX_ENTRY_BYTES = 2 * 1024 * 1024

/** Roughly what a parsed document takes in memory, its text included, in bytes. */
export function documentBytes({ loc }: DocumentNode): number {
  if (!loc) return 0
  let tokens = 0
  for (let token = loc.startToken.next; token; token = token.next) tokens += 1
  return tokens * BYTES_PER_TOKEN + textBytes(loc.source.body)
}

/** What a text takes in memory at most, in bytes. */
export function textBytes(text: string): number {
  return text.length * BYTES_PER_CHARACTER
}

/** Creates a cache of parsed documents by their text. Callers choose the texts, so it is bounded by bytes. */
export function createDocumentCache(): LRUCache<string, DocumentNode> {
  return new LRUCache({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_ENTRY_BYTES,
    sizeCalculation: (document) => Math.max(1, documentBytes(document)),
  })
}
