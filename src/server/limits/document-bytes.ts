import type { DocumentNode } from 'graphql'

/** Bytes of memory that a parsed document takes per token: nodes, locations and the tokens themselves. Measured. */
const BYTES_PER_TOKEN = 540
const BYTES_PER_CHARACTER = 2

/** Estimates the memory of a parsed document and its text, in bytes. */
export function documentBytes({ loc }: DocumentNode): number {
  if (!loc) return 0
  let tokens = 0
  for (let token = loc.startToken.next; token; token = token.next) tokens += 1
  return tokens * BYTES_PER_TOKEN + textBytes(loc.source.body)
}

/** The largest amount of memory that a text can take, in bytes. */
export function textBytes(text: string): number {
  return text.length * BYTES_PER_CHARACTER
}
