import type { IncomingHttpHeaders } from 'node:http'
import type { PushConnection } from '../../push-faults.ts'
import { createPushServer, type PushServer, type ServerProtocol } from '../../push-server.ts'
import { agentMethods } from '../agent/routes.ts'
import { customerMethods } from '../customer/routes.ts'
import { type StartTimeout, startTimeout } from '../timeout.ts'
import { type Backend, VERSION } from '../v3/method.ts'
import type { RtmContext } from './context.ts'
import type { DisconnectReason } from './disconnect-reasons.ts'
import { startFeed } from './feed.ts'
import { AgentPresence } from './presence.ts'
import { RequestGate } from './request-gate.ts'
import { RtmSession } from './session.ts'
import type { RtmSide } from './users.ts'

/** The control of a licence's RTM for tests, in addition to that of its connections. */
export interface RtmControl {
  /** Keeps requests waiting for their answer until the returned function is called. */
  holdRequests(): () => void
  /** Ends connections with the push that says why. Returns how many. */
  disconnect(
    reason: DisconnectReason,
    more?: {
      readonly where?: (connection: PushConnection) => boolean
      readonly data?: Readonly<Record<string, unknown>>
    },
  ): number
}

const PATH = /^\/(v\d+\.\d+)\/(agent|customer)\/rtm\/ws$/

/** Starts the RTM server of a licence (docs/providers/livechat.md 7.2 and 25). `upgrade` is given to the HTTP server. */
export function startRtmServer(
  backend: Backend,
  start: StartTimeout = startTimeout,
): PushServer & { readonly rtm: RtmControl } {
  const protocol: ServerProtocol = {
    acceptsPath: (path) => PATH.test(path),
    onConnection(connection, query, headers) {
      const session = new RtmSession(sideOf(connection.path), connection, context)
      context.sessions.add(session)
      const refusal = refusalOf(backend, connection.path, query, headers)
      // The connection hands over its frames and its end only after this call.
      if (refusal) queueMicrotask(() => session.disconnect(refusal.reason, refusal.data))
      return session
    },
  }
  const server = createPushServer(protocol)
  const context: RtmContext = {
    backend,
    agentMethods: byName(agentMethods),
    customerMethods: byName(customerMethods),
    faults: server.faults,
    gate: new RequestGate(),
    presence: new AgentPresence(backend),
    startTimeout: start,
    sessions: new Set(),
    current: { request: null },
  }
  const stopFeed = startFeed(context)
  const checkTokens = (): void => {
    for (const session of [...context.sessions]) session.checkToken()
  }
  backend.tokens.changes.on('invalidated', checkTokens)
  return {
    ...server,
    rtm: {
      holdRequests: () => context.gate.hold(),
      disconnect(reason, { where = () => true, data } = {}) {
        const ended = [...context.sessions].filter(({ connection }) => where(connection))
        for (const session of ended) session.disconnect(reason, data)
        return ended.length
      },
    },
    close() {
      stopFeed()
      backend.tokens.changes.off('invalidated', checkTokens)
      server.close()
    },
  }
}

function sideOf(path: string): RtmSide {
  return PATH.exec(path)?.[2] === 'agent' ? 'agent' : 'customer'
}

function byName<M extends { readonly name: string }>(methods: readonly M[]): ReadonlyMap<string, M> {
  return new Map(methods.map((method) => [method.name, method]))
}

interface Refusal {
  readonly reason: DisconnectReason
  readonly data?: Readonly<Record<string, unknown>>
}

/**
 * Why a connection ends at once; null where it may log in. The vendor's own agent client leaves `organization_id` out, and names the
 * region in the query (an assumption) or in `X-Region`, as in the Web APIs.
 */
function refusalOf(
  { licence, switches }: Backend,
  path: string,
  query: URLSearchParams,
  headers: IncomingHttpHeaders,
): Refusal | null {
  if (PATH.exec(path)?.[1] !== VERSION) return { reason: 'unsupported_version' }
  const organizationId = query.get('organization_id')
  const isKnown = organizationId === licence.organizationId
  if (!isKnown && (organizationId !== null || sideOf(path) === 'customer')) {
    return { reason: 'license_not_found' }
  }
  const { region } = switches
  if (region !== null && (query.get('region') ?? headers['x-region']) !== region) {
    return { reason: 'misdirected_connection', data: { region } }
  }
  return null
}
