import type { Credential } from './credential.ts'
import type { SocketConstructor } from './environment.ts'

/** The gateway as one caller reaches it. */
export interface Endpoint {
  /** Absolute address of GraphQL over HTTP. */
  readonly url: string
  /** Returns the current credential, after a refusal of the given one. */
  readonly credential: (refused?: Credential) => Promise<Credential>
  /** Null where there are no WebSockets. */
  readonly webSocket: SocketConstructor | null
  /** Called when the gateway refuses the credential, and its source has no other one. */
  readonly onUnauthenticated: () => void
  /** Its event `retry` ends the pauses between attempts. */
  readonly retries: EventTarget
}

/**
 * The address of a path that begins at the gateway's root, which may be at a path of its host. Throws if it is an address
 * elsewhere, which must not get the credential.
 */
export function addressOf({ url }: Endpoint, path: string): string {
  const { href, origin } = new URL(path.replace(/^\//, ''), url)
  if (origin !== new URL(url).origin) throw new TypeError('This is no address of the gateway.')
  return href
}
