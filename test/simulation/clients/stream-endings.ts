/** What the words mean with which a stream ended. */
export type StreamEnding =
  /** Its credential. */
  | 'refused'
  /** Something that no fault of a provider explains. */
  | 'senseless'
  /** Something may be missing from here on. */
  | 'lost'
  | 'other'

const ENDINGS: ReadonlyMap<string, StreamEnding> = new Map([
  ['NOT_FOUND', 'refused'],
  ['UNAUTHENTICATED', 'refused'],
  ['FORBIDDEN', 'refused'],
  ['INVALID_INPUT', 'senseless'],
  ['UNSUPPORTED', 'senseless'],
  ['RATE_LIMITED', 'lost'],
])

/** Reads the first error code in an answer, or in what a connection was closed with. */
export function classifyEnding(why: string): StreamEnding {
  return ENDINGS.get(/"code":"(\w+)"/.exec(why)?.[1] ?? '') ?? 'other'
}
