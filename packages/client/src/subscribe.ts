import { type Credential, isSameCredential } from './credential.ts'
import { type GatewayError, UNAUTHENTICATED } from './errors.ts'
import { Backoff, type RetryOptions, retry } from './retry.ts'
import type { Session } from './session.ts'
import { ABORTED, type StreamEnd } from './stream.ts'
import type { TypedDocument, Variables } from './typed-document.ts'

/** Options of a subscription. */
export interface SubscribeOptions extends RetryOptions {
  /** Called with true each time that the subscription has a connection, and with false when it has lost it. */
  readonly onConnection?: ((isOpen: boolean) => void) | undefined
}

/** Milliseconds after which a connection counts as stable: the pause after its loss is a short one again. */
const STABLE_MS = 10_000

/**
 * Subscribes, and connects again as often as needed. An operation with the variable `after` that selects `cursor` resumes after
 * its last event. Ends when the signal aborts; throws the gateway's error if it refuses the subscription.
 */
export async function* subscribeResuming<Data extends object, V extends Variables>(
  session: Session,
  document: TypedDocument<Data, V>,
  variables: V,
  options: SubscribeOptions = {},
): AsyncGenerator<Data, void, void> {
  const { transport, connection, onUnauthenticated } = session
  const { signal, onConnection, onFailure } = options
  const credentialAfter = (refused?: Credential) => retry(session, () => session.credential(refused), options)
  const backoff = new Backoff(session, signal)
  const query = document.toString()
  const id = Symbol()
  let current: Variables = variables
  connection.report(id, 'connecting')
  try {
    while (!signal?.aborted) {
      const credential = await credentialAfter()
      let openedAt = 0
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
      if (openedAt > 0) {
        if (Date.now() - openedAt > STABLE_MS) backoff.reset()
        onConnection?.(false)
      }
      if (signal?.aborted) return
      const failure = failureOf(step.value, lastErrors)
      if (failure && !failure.isTransient) {
        // A credential that has expired is no refusal, if its source has another one.
        const isExpired = failure.code === UNAUTHENTICATED
        if (!isExpired || isSameCredential(credential, await credentialAfter(credential))) {
          if (isExpired) onUnauthenticated()
          throw failure
        }
      }
      if (failure) onFailure?.(failure)
      await backoff.wait(step.value.reason === 'lost' ? step.value.retryMs : (failure?.retryAfterMs ?? 0))
    }
  } catch (error) {
    if (!signal?.aborted) throw error
  } finally {
    connection.report(id, null)
  }
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
