/** What the words mean with which a stream ended. */
export type Ending =
  /** Its credential. */
  | 'refused'
  /** Something that no fault of a provider explains. */
  | 'senseless'
  /** Something may be missing from here on. */
  | 'lost'
  | 'other'

const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ['NOT_FOUND', 'refused'],
  ['UNAUTHENTICATED', 'refused'],
  ['FORBIDDEN', 'refused'],
  ['INVALID_INPUT', 'senseless'],
  ['UNSUPPORTED', 'senseless'],
  ['RATE_LIMITED', 'lost'],
])

/** Reads the first error code in an answer, or in what a connection was closed with. */
export function endingOf(why: string): Ending {
  return ENDINGS.get(/"code":"(\w+)"/.exec(why)?.[1] ?? '') ?? 'other'
}
