import { Connection } from './connection.ts'
import { type CredentialSource, credentialReader } from './credential.ts'
import type { Endpoint } from './endpoint.ts'
import { environment, type SocketConstructor } from './environment.ts'
import type { OpenStream } from './stream.ts'
import { Transport } from './transport.ts'

/** Options of a session. */
export interface SessionOptions {
  /** The gateway's GraphQL address. A page of the same host may give its path. */
  readonly url: string | URL
  /**
   * Who the caller is, or a function that returns it: called for each request and connection, and with the refused credential
   * after a refusal. By default an anonymous caller.
   */
  readonly credential?: CredentialSource
  /** The class of WebSockets; by default the environment's, which Node 20 has not. Null uses none. */
  readonly webSocket?: SocketConstructor | null
  /** Called when the gateway refuses the credential, and its source has no other one: an application asks for a new one. */
  readonly onUnauthenticated?: () => void
  /** What subscriptions use where no WebSocket can be opened: `openEventStream`, or nothing. */
  readonly eventStream?: OpenStream | null
}

/** A caller's connections to a gateway, which the functions of this package use. Its fields are not for applications, except `connection`. */
export interface Session extends Endpoint {
  readonly transport: Transport
  /** The state of its subscriptions' connection. */
  readonly connection: Connection
}

/** Creates the session of one caller. It connects for the first subscription, and disconnects after the last one. */
export function createSession({
  url,
  credential = null,
  webSocket = environment.WebSocket ?? null,
  onUnauthenticated = () => {},
  eventStream = null,
}: SessionOptions): Session {
  const endpoint: Endpoint = {
    url: new URL(url, environment.location?.href).href,
    credential: credentialReader(credential),
    webSocket,
    onUnauthenticated,
    retries: new EventTarget(),
  }
  return { ...endpoint, transport: new Transport(endpoint, eventStream), connection: new Connection() }
}

/** Ends the pauses before the next attempts, such as for a button "Try now". */
export function retryNow({ retries }: Session): void {
  retries.dispatchEvent(new Event('retry'))
}
