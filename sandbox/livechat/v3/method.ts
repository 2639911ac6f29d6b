import type { WireRequest, WireResponse, WireRoute } from '../../wire-server.ts'
import { ApiError, renderApiError } from '../api-error.ts'
import type { FileStore } from '../files/file-store.ts'
import type { Rules } from '../store/routing.ts'
import type { TokenStore } from '../token-store.ts'
import type { WebhookRegistry } from '../webhooks/registry.ts'
import { reader, type Schema } from './input.ts'
import type { PageIds } from './paging.ts'

/** The dependencies of every v3 method. */
export interface Backend extends Rules {
  readonly tokens: TokenStore
  readonly pageIds: PageIds
  readonly webhooks: WebhookRegistry
  readonly files: FileStore
}

/** One method of a v3 API: its name and its work. */
export interface Method<Caller> {
  readonly name: string
  /** Checks the body and does the work; undefined stands for "no result". Throws ApiError. */
  invoke(body: unknown, caller: Caller, backend: Backend): unknown
}

/** Creates a method from its request shape and its work. */
export function method<Caller, Input>(
  name: string,
  schema: Schema,
  work: (input: Input, caller: Caller, backend: Backend) => unknown,
): Method<Caller> {
  const read = reader<Input>(schema)
  return { name, invoke: (body, caller, backend) => work(read(body), caller, backend) }
}

/** The only version served. */
export const VERSION = 'v3.6'

/**
 * The POST routes of one v3 API (docs/providers/livechat.md 3 and 4). `authenticate` throws ApiError for unknown
 * callers.
 */
export function apiRoutes<Caller>(
  api: 'agent' | 'customer' | 'configuration',
  methods: readonly Method<Caller>[],
  backend: Backend,
  authenticate: (request: WireRequest) => Caller,
): WireRoute[] {
  return methods.map(({ name, invoke }) => ({
    method: 'POST',
    path: `/${VERSION}/${api}/action/${name}`,
    handle: (request) =>
      answer(backend, () => {
        requireRegion(request, backend)
        const caller = authenticate(request)
        return invoke(parseBody(request.body), caller, backend)
      }),
  }))
}

/** A GET route of the customer API, which needs no token (docs/providers/livechat.md 14). */
export function publicRoute(
  name: string,
  backend: Backend,
  work: (query: URLSearchParams) => unknown,
): WireRoute {
  return {
    method: 'GET',
    path: `/${VERSION}/customer/action/${name}`,
    handle: (request) =>
      answer(backend, () => {
        requireRegion(request, backend)
        return work(new URLSearchParams(request.rawQuery))
      }),
  }
}

/** Answers a v3 path that no method has: another version is unsupported, another action unknown. */
export function unknownMethod(request: WireRequest, backend: Backend): WireResponse {
  const version = request.path.split('/')[1]
  return answer(backend, () => {
    if (version === VERSION) throw new ApiError('not_found', 'Unknown action')
    throw new ApiError('unsupported_version', `Version ${version?.slice(1)} is not supported`)
  })
}

/** Runs a method and renders its result or its error. */
export function answer({ switches }: Backend, work: () => unknown): WireResponse {
  const answered = attempt(work)
  const empty = answered.body === undefined
  const headers = { 'content-type': 'application/json', ...switches.lifecycleHeaders }
  if (empty) return { status: 200, body: switches.voidBody === 'object' ? {} : '', headers }
  return { ...answered, headers }
}

function attempt(work: () => unknown): WireResponse {
  try {
    return { status: 200, body: work() }
  } catch (error) {
    if (error instanceof ApiError) return renderApiError(error)
    throw error
  }
}

/** Throws misdirected_request for a call to another region than the licence's. */
export function requireRegion(request: WireRequest, { switches: { region } }: Backend): void {
  if (region === null || request.headers['x-region'] === region) return
  throw new ApiError('misdirected_request', 'Misdirected request', { data: { region } })
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    throw new ApiError('validation', 'Wrong format of request')
  }
}
