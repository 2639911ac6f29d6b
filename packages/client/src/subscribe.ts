import { Backoff } from './backoff.ts'
import type { Connection } from './connection.ts'
import { type Credential, isSameCredential } from './credential.ts'
import type { Endpoint } from './endpoint.ts'
import { type GatewayError, type NetworkError, UNAUTHENTICATED } from './errors.ts'
import type { Abortable } from './request.ts'
import { ABORTED, type StreamEnd } from './stream.ts'
import type { Transport } from './transport.ts'
import type { TypedDocument, Variables } from './typed-document.ts'

/** Options of a subscription. */
export interface SubscribeOptions extends Abortable {
  /** Called with true each time that the subscription has a connection, and with false when it has lost it. */
  readonly onConnection?: ((isOpen: boolean) => void) | undefined
  /** Called with each error that lets the client try again after a pause: a provider that does not respond, a limit, no network. */
  readonly onFailure?: ((error: GatewayError | NetworkError) => void) | undefined
}

/** The connections of a client, and where they lead. */
export interface Session {
  readonly endpoint: Endpoint
  readonly transport: Transport
  readonly connection: Connection
}

/** Milliseconds after which a connection counts as stable: the pause after its loss is a short one again. */
const STABLE_MS = 10_000

/**
 * Subscribes, and connects again as often as needed. An operation with the variable `after` that selects `cursor` resumes after
 * its last event. Ends when the signal aborts; throws the gateway's error if it refuses the subscription.
 */
export async function* subscribeResuming<Data extends object, V extends Variables>(
  { endpoint, transport, connection }: Session,
  document: TypedDocument<Data, V>,
  variables: V,
  { signal, onConnection, onFailure }: SubscribeOptions = {},
): AsyncGenerator<Data, void, void> {
  const backoff = new Backoff(signal)
  const query = document.toString()
  const id = Symbol()
  let current: Variables = variables
  connection.report(id, 'connecting')
  try {
    while (!signal?.aborted) {
      const credential = await endpoint.credential()
      let openedAt: number | null = null
      const onOpen = () => {
        openedAt = Date.now()
        connection.report(id, 'open')
        onConnection?.(true)
      }
      const stream = transport.open<Data>({ query, variables: current, credential, signal, onOpen })
      let lastErrors: readonly GatewayError[] = []
      let step = await stream.next()
      try {
        for (; !step.done; step = await stream.next()) {
          const { data, errors } = step.value
          lastErrors = data ? [] : errors
          if (!data) continue
          backoff.reset()
          const after = cursorOf(data)
          if (after !== null) current = { ...current, after }
          yield data
        }
      } finally {
        await stream.return(ABORTED)
      }
      if (!signal?.aborted) connection.report(id, 'lost')
      if (openedAt !== null) {
        if (Date.now() - openedAt > STABLE_MS) backoff.reset()
        onConnection?.(false)
      }
      const failure = failureOf(step.value, lastErrors)
      if (failure && !failure.isTransient && (await isRefusal(endpoint, credential, failure))) throw failure
      if (failure) onFailure?.(failure)
      await backoff.wait(step.value.reason === 'lost' ? step.value.retryMs : (failure?.retryAfterMs ?? 0))
    }
  } finally {
    connection.report(id, null)
  }
}

/** Whether a failure is final: it is not if the caller's credential has expired, and its source has another one. */
async function isRefusal(endpoint: Endpoint, used: Credential, { code }: GatewayError): Promise<boolean> {
  if (code !== UNAUTHENTICATED) return true
  if (!isSameCredential(used, await endpoint.credential())) return false
  endpoint.onUnauthenticated()
  return true
}

/** Why the gateway has ended a subscription; null if it has not, or without a reason. */
function failureOf(end: StreamEnd, lastErrors: readonly GatewayError[]): GatewayError | null {
  if (end.reason === 'refused') return end.error
  return end.reason === 'ended' ? (end.errors[0] ?? lastErrors[0] ?? null) : null
}

/** The cursor of an event; null where the operation selects none. */
function cursorOf(data: object): string | null {
  for (const field of Object.values(data)) {
    const { cursor } = Object(field)
    if (typeof cursor === 'string') return cursor
  }
  return null
}
