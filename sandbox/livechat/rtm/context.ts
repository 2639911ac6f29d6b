import type { PushFaultInjector } from '../../push-faults.ts'
import type { Customer } from '../store/model.ts'
import type { StartTimeout } from '../timeout.ts'
import type { AgentPrincipal } from '../token-store.ts'
import type { Backend, Method } from '../v3/method.ts'
import type { AgentPresence } from './presence.ts'
import type { RequestGate } from './request-gate.ts'
import type { RtmSession } from './session.ts'

/** The request that is being worked on, to whose connection the pushes carry its id. */
export interface CurrentRequest {
  readonly session: RtmSession
  readonly requestId: string | undefined
}

/** What all RTM connections share. */
export interface RtmContext {
  readonly backend: Backend
  readonly agentMethods: ReadonlyMap<string, Method<AgentPrincipal>>
  readonly customerMethods: ReadonlyMap<string, Method<Customer>>
  readonly faults: PushFaultInjector
  readonly gate: RequestGate
  readonly presence: AgentPresence
  readonly startTimeout: StartTimeout
  /** The open connections, those that are not logged in included. */
  readonly sessions: Set<RtmSession>
  /** Requests are answered one after the other, so that there is at most one. */
  readonly current: { request: CurrentRequest | null }
}
