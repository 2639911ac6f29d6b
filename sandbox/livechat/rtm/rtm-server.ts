import { createPushServer, type PushServer, type ServerProtocol } from '../../push-server.ts'
import { agentMethods } from '../agent/routes.ts'
import { customerMethods } from '../customer/routes.ts'
import { type StartTimeout, startTimeout } from '../timeout.ts'
import { type Backend, VERSION } from '../v3/method.ts'
import { startFeed } from './feed.ts'
import { RequestGate } from './request-gate.ts'
import { RtmSession } from './session.ts'
import type { RtmSide } from './users.ts'

/** The control of a licence's RTM for tests. */
export interface RtmControl {
  /** Keeps requests waiting for their answer until the returned function is called. */
  holdRequests(): () => void
}

const PATH = new RegExp(`^/${VERSION}/(agent|customer)/rtm/ws$`)

/** The RTM server of a licence (docs/providers/livechat.md 7.2 and 25). `upgrade` is given to the HTTP server. */
export function startRtmServer(
  backend: Backend,
  start: StartTimeout = startTimeout,
): PushServer & { readonly rtm: RtmControl } {
  const gate = new RequestGate()
  const sessions = new Set<RtmSession>()
  const protocol: ServerProtocol = {
    acceptsPath: (path) => PATH.test(path),
    onConnection(connection) {
      const session = new RtmSession(sideOf(connection.path), connection, context)
      sessions.add(session)
      return session
    },
  }
  const server = createPushServer(protocol)
  const context = {
    backend,
    agentMethods: byName(agentMethods),
    customerMethods: byName(customerMethods),
    faults: server.faults,
    gate,
    startTimeout: start,
    sessions,
    current: { request: null },
  }
  const stopFeed = startFeed(context)
  return {
    ...server,
    rtm: { holdRequests: () => gate.hold() },
    close() {
      stopFeed()
      server.close()
    },
  }
}

function sideOf(path: string): RtmSide {
  return PATH.exec(path)?.[1] === 'agent' ? 'agent' : 'customer'
}

function byName<M extends { readonly name: string }>(methods: readonly M[]): ReadonlyMap<string, M> {
  return new Map(methods.map((method) => [method.name, method]))
}
