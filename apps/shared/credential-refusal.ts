/** The close code for a credential that the gateway does not accept, or not any more. */
const FORBIDDEN = 4403

/**
 * Whether the gateway closed a socket because of its credential. Connecting again with the same one never succeeds; after any
 * other end it may.
 */
export function isCredentialRefusal(ended: unknown): boolean {
  return ended instanceof CloseEvent && ended.code === FORBIDDEN
}
