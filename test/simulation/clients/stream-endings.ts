/** Why a stream ended. */
export type StreamEnding =
  /** For its credential. */
  | 'rejected'
  /** For something that no fault of a provider explains. */
  | 'unexpected'
  /** Events may be missing from here on. */
  | 'overflow'
  | 'other'

const ENDINGS: ReadonlyMap<string, StreamEnding> = new Map([
  ['NOT_FOUND', 'rejected'],
  ['UNAUTHENTICATED', 'rejected'],
  ['FORBIDDEN', 'rejected'],
  ['INVALID_INPUT', 'unexpected'],
  ['UNSUPPORTED', 'unexpected'],
  ['RATE_LIMITED', 'overflow'],
])

/** Reads the first error code in a result, or in the reason of a close. */
export function classifyEnding(reason: string): StreamEnding {
  return ENDINGS.get(/"code":"(\w+)"/.exec(reason)?.[1] ?? '') ?? 'other'
}
