import { type Credential, headersOf, isSameCredential } from './credential.ts'
import type { Endpoint } from './endpoint.ts'
import { errorsOf, type GatewayError, NetworkError, UNAUTHENTICATED } from './errors.ts'
import type { TypedDocument, Variables } from './typed-document.ts'

/** Milliseconds for a request; the gateway's own time limits are shorter. */
const TIMEOUT_MS = 30_000

/** The result of an operation. Both can be filled: a field that failed is null in `data`, and its error is in `errors`. */
export interface Result<Data> {
  readonly data: Data | null
  readonly errors: readonly GatewayError[]
}

/** Options of everything that can be aborted. */
export interface Abortable {
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends a query or a mutation. Rejects with a `NetworkError` if no response arrives that can be read, and with the signal's
 * reason if it aborts. A credential that has expired meanwhile is replaced once, if its source has another one.
 */
export function sendOperation<Data, V>(
  endpoint: Endpoint,
  document: TypedDocument<Data, V>,
  variables: V,
  { signal }: Abortable = {},
): Promise<Result<Data>> {
  return withCurrentCredential(
    endpoint,
    (credential) => post(endpoint.url, { document, variables, credential, signal }),
    ({ data, errors }) => !data && errors.some(({ code }) => code === UNAUTHENTICATED),
  )
}

/** Runs an operation with the current credential, and again if it was refused and the source has another one. */
export async function withCurrentCredential<Outcome>(
  endpoint: Endpoint,
  run: (credential: Credential) => Promise<Outcome>,
  isRefused: (outcome: Outcome) => boolean,
): Promise<Outcome> {
  const credential = await endpoint.credential()
  const outcome = await run(credential)
  if (!isRefused(outcome)) return outcome
  const current = await endpoint.credential()
  const last = isSameCredential(current, credential) ? outcome : await run(current)
  if (isRefused(last)) endpoint.onUnauthenticated()
  return last
}

interface Request<Data, V> {
  readonly document: TypedDocument<Data, V>
  readonly variables: V
  readonly credential: Credential
  readonly signal: AbortSignal | undefined
}

async function post<Data, V>(url: string, request: Request<Data, V>): Promise<Result<Data>> {
  const { document, variables, credential, signal } = request
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headersOf(credential) },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    return readResult(await response.text(), response.status)
  } catch (cause) {
    signal?.throwIfAborted()
    throw cause instanceof NetworkError ? cause : new NetworkError('The gateway sent no response.', { cause })
  }
}

/** A proxy in front of a gateway that is away responds with a page of its own. */
function readResult<Data>(text: string, status: number): Result<Data> {
  // The document's own type is generated from the gateway's schema.
  const body: { readonly data?: Data | null; readonly errors?: unknown } | null = JSON.parse(text)
  if (body === null || (body.data === undefined && !Array.isArray(body.errors)))
    throw new NetworkError(`The response with the status ${status} is not the gateway's.`)
  return { data: body.data ?? null, errors: errorsOf(body.errors) }
}

/** An operation as it is sent. */
export interface Operation {
  readonly query: string
  readonly variables: Variables
}
