import { type Credential, headersOf, isSameCredential } from './credential.ts'
import type { Endpoint } from './endpoint.ts'
import { errorsOf, type GatewayError, NetworkError, UNAUTHENTICATED } from './errors.ts'
import { reachGateway } from './network.ts'
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
    isRefused,
    ({ data }) => !data,
  )
}

/** Whether a field was refused as a whole, by an error or by a typed one: of a mutation nothing was done then. */
function isRefused({ data, errors }: Result<unknown>): boolean {
  const isUnauthenticated = (each: unknown) => Object(each).code === UNAUTHENTICATED
  const fields: readonly unknown[] = Object.values(data ?? [null])
  return fields.some(isUnauthenticated) || (fields.includes(null) && errors.some(isUnauthenticated))
}

/**
 * Runs an operation with the current credential, and again if it was refused and the source then has another one. What remains
 * refused as a whole is reported.
 */
export async function withCurrentCredential<Outcome>(
  endpoint: Endpoint,
  run: (credential: Credential) => Promise<Outcome>,
  isRefused: (outcome: Outcome) => boolean,
  isWhole: (outcome: Outcome) => boolean = () => true,
): Promise<Outcome> {
  const credential = await endpoint.credential()
  const outcome = await run(credential)
  if (!isRefused(outcome)) return outcome
  const current = await endpoint.credential(credential)
  const last = isSameCredential(current, credential) ? outcome : await run(current)
  if (isRefused(last) && isWhole(last)) endpoint.onUnauthenticated()
  return last
}

interface Request<Data, V> {
  readonly document: TypedDocument<Data, V>
  readonly variables: V
  readonly credential: Credential
  readonly signal: AbortSignal | undefined
}

function post<Data, V>(url: string, request: Request<Data, V>): Promise<Result<Data>> {
  const { document, variables, credential, signal } = request
  return reachGateway(signal, async () => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headersOf(credential) },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    // The document's own type is generated from the gateway's schema.
    const { data, errors }: { readonly data?: Data | null; readonly errors?: unknown } = await response.json()
    // A proxy in front of a gateway that is away responds with a page of its own.
    if (data === undefined && !Array.isArray(errors))
      throw new NetworkError(`The status ${response.status} is not the gateway's.`)
    return { data: data ?? null, errors: errorsOf(errors) }
  })
}

/** An operation as it is sent. */
export interface Operation {
  readonly query: string
  readonly variables: Variables
}
