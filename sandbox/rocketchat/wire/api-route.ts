import type { HTTPMethod } from 'find-my-way'
import { parseMultipart, type SentForm } from '../../multipart.ts'
import type { WireRequest, WireResponse, WireRoute } from '../../wire-server.ts'
import { ApiError, codedError } from '../errors.ts'
import type { Agent } from '../model.ts'
import type { Profile } from '../profiles.ts'
import { hasPermission, type Permission } from '../workspace/permissions.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { errorResponse, type LegacyStyle } from './error-response.ts'
import { requireAnyPermission, requireUser } from './login.ts'
import { firstMismatch } from './meteor-check.ts'
import { parseBody, parseQuery } from './parse.ts'
import type { CallLimit, RateLimiter } from './rate-limiter.ts'
import { firstViolation, type Shape } from './request-shape.ts'

/** A call that passed every check, as handlers receive it. */
export interface ApiCall<Query, Body> {
  readonly workspace: Workspace
  /** A path parameter, decoded. */
  param(name: string): string
  readonly query: Query
  readonly body: Body
  readonly headers: WireRequest['headers']
  /** The form of an upload. */
  form(): Promise<SentForm>
  /** The user of the login headers; throws the 401 on a route that requires no login. */
  readonly user: () => Agent
}

/** One method of one path below `/api/v1/`. */
export interface ApiRoute<Query = unknown, Body = unknown> {
  readonly method: HTTPMethod & ('GET' | 'POST' | 'PUT' | 'DELETE')
  readonly path: string
  /** Absent where every release has the route. */
  readonly servedBy?: (profile: Profile) => boolean
  readonly login?: boolean
  /** Any one of these; implies a login. */
  readonly permissions?: readonly Permission[]
  /** Of the enterprise edition: without a licence, which the sandbox never has, there is no such route. */
  readonly enterprise?: boolean
  /** The route's own rate limit in releases that have one; otherwise the default. */
  readonly limit?: CallLimit | ((profile: Profile) => CallLimit | undefined)
  readonly query?: Shape<Query> | ((profile: Profile) => Shape<Query>)
  readonly body?: Shape<Body> | ((profile: Profile) => Shape<Body>)
  /** `check` for the few routes that never got a validator. */
  readonly validation?: 'check'
  /** Whether the `config` stage of the typed router's spread has this route. */
  readonly typedEarly?: boolean
  readonly legacyStyle: LegacyStyle
  /** Whether to leave out `success`: the login response has its own form. */
  readonly bare?: boolean
  /** Returns the response's fields; `success: true` is added. Throws an ApiError for every other outcome. */
  handle(call: ApiCall<Query, Body>): object | Promise<object>
}

/** The dependencies of all routes of one server. */
export interface ApiContext {
  readonly workspace: Workspace
  readonly limiter: RateLimiter
}

/** A route of any query and body types. */
export type BoundRoute = (context: ApiContext) => WireRoute | undefined

/** Creates the wire route of a description; undefined in releases that do not have it. */
export function apiRoute<Query, Body>(route: ApiRoute<Query, Body>): BoundRoute {
  return (context) => {
    if (route.servedBy?.(context.workspace.profile) === false) return undefined
    const path = `/api/v1/${route.path}`
    return { method: route.method, path, handle: (request) => serve(route, context, request, path) }
  }
}

/** What validation depends on, apart from the route's types. */
type RouteTraits = Pick<ApiRoute, 'validation' | 'typedEarly'>

const NO_CACHE = { 'cache-control': 'no-store', pragma: 'no-cache' }

async function serve<Query, Body>(
  route: ApiRoute<Query, Body>,
  context: ApiContext,
  request: WireRequest,
  path: string,
): Promise<WireResponse> {
  const { workspace } = context
  const headers: Record<string, string> = { ...NO_CACHE, date: new Date(workspace.host.now()).toUTCString() }
  try {
    const call = admit(route, context, request, path, headers)
    const fields = await route.handle(call)
    return { status: 200, body: route.bare ? fields : { ...fields, success: true }, headers }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const answer = errorResponse(error.reason, workspace.profile, route.legacyStyle)
    return { ...answer, headers: { ...headers, ...answer.headers } }
  }
}

/**
 * The checks in the server's order (docs/providers/rocketchat.md 0): login, permission, licence, validator, limiter
 * on typed routes; login, limiter, validator, permission on the others.
 */
function admit<Query, Body>(
  route: ApiRoute<Query, Body>,
  { workspace, limiter }: ApiContext,
  request: WireRequest,
  path: string,
  headers: Record<string, string>,
): ApiCall<Query, Body> {
  const { profile } = workspace
  const user = (): Agent => requireUser(workspace, request.headers)
  const known = route.login || route.permissions ? user() : undefined
  const own = typeof route.limit === 'function' ? route.limit(profile) : profile.ownLimits && route.limit
  const limit = (): void => {
    if (known && hasPermission(workspace, known, 'api-bypass-rate-limit')) return
    limiter.take(request, `${route.method} ${path}`, own || undefined, headers)
  }
  const permit = (): void => {
    if (known && route.permissions) requireAnyPermission(workspace, known, route.permissions)
    if (route.enterprise) throw new ApiError({ kind: 'unlicensed' })
  }
  const typed = isTyped(route, profile)
  if (typed) permit()
  else limit()
  const query: unknown = parseQuery(request.rawQuery)
  const body: unknown = parseBody(request)
  assertShape(shapeOf(route.query, profile), query, 'query', route, profile)
  assertShape(shapeOf(route.body, profile), body, 'body', route, profile)
  if (typed) limit()
  else permit()
  return {
    workspace,
    param: (name) => request.params[name] ?? '',
    query,
    body,
    headers: request.headers,
    form: () => parseMultipart(request),
    user,
  }
}

function isTyped(route: RouteTraits, profile: Profile): boolean {
  if (route.validation === 'check') return false
  return profile.typedRoutes === 'all' || (profile.typedRoutes === 'config' && route.typedEarly === true)
}

function shapeOf<T>(
  declared: Shape<T> | ((profile: Profile) => Shape<T>) | undefined,
  profile: Profile,
): Shape<T> | undefined {
  return typeof declared === 'function' ? declared(profile) : declared
}

/** Coerces a value in place, and throws the release's error for an invalid one. Without a shape any value is valid. */
function assertShape<T>(
  wanted: Shape<T> | undefined,
  value: unknown,
  part: 'query' | 'body',
  route: RouteTraits,
  profile: Profile,
): asserts value is T {
  if (!wanted) return
  if (profile.legacy || route.validation === 'check') {
    const mismatch = firstMismatch(wanted.schema, value)
    if (mismatch) throw new ApiError({ kind: 'mismatch', ...mismatch })
    return
  }
  const arrayCoercion = part === 'query' && profile.arrayCoercion
  const text = firstViolation(wanted.schema, value, { arrayCoercion })
  if (text === undefined) return
  if (isTyped(route, profile)) throw new ApiError({ kind: 'typed-invalid', text, part })
  throw codedError('invalid-params', text)
}
