import type { Agent, RoutingStatus } from '../store/model.ts'
import { changeRoutingStatus, type Rules } from '../store/routing.ts'
import { RtmRefusal } from './frames.ts'
import type { RtmSession } from './session.ts'

/** How a connection of an agent logs in. */
export interface AgentEntrance {
  readonly away: boolean
  /** True takes the last known status in place of the default one. */
  readonly reconnect: boolean
}

interface PresentAgent {
  /** Each connection with whether it is away, oldest first. */
  readonly connections: Map<RtmSession, boolean>
  /** The status before the first login. An agent that was online then is so in the vendor's app, which is not away. */
  readonly statusBefore: RoutingStatus
  /** All connections are away; null before the first is counted. */
  isAway: boolean | null
}

/** Which agents are online over RTM, and the routing statuses that follow (docs/providers/livechat.md 25.3). */
export class AgentPresence {
  readonly #rules: Rules
  readonly #present = new Map<string, PresentAgent>()
  readonly #lastStatus = new Map<string, RoutingStatus>()

  constructor(rules: Rules) {
    this.#rules = rules
  }

  /** Adds a connection. Throws seats_limit_exceeded; an away login takes a seat too (an assumption). */
  enter(agent: Agent, session: RtmSession, { away, reconnect }: AgentEntrance): void {
    const known = this.#present.get(agent.id)
    const { agentSeats, agentConnectionLimit } = this.#rules.switches
    if (!known && this.#present.size >= agentSeats) {
      throw new RtmRefusal('seats_limit_exceeded', 'Seats limit exceeded')
    }
    const present = known ?? { connections: new Map(), statusBefore: agent.routingStatus, isAway: null }
    this.#present.set(agent.id, present)
    present.connections.set(session, away)
    const status = reconnect ? (this.#lastStatus.get(agent.id) ?? 'accepting_chats') : 'accepting_chats'
    this.#applyAway(agent, present, status)
    const [oldest] = present.connections.keys()
    if (present.connections.size > agentConnectionLimit) oldest?.disconnect('connection_evicted')
  }

  /** Removes a connection. With the last one the session's status ends, at once here. */
  leave(agent: Agent, session: RtmSession): void {
    const present = this.#present.get(agent.id)
    if (!present?.connections.delete(session)) return
    if (present.connections.size > 0) {
      this.#applyAway(agent, present, 'accepting_chats')
      return
    }
    this.#present.delete(agent.id)
    this.#lastStatus.set(agent.id, agent.routingStatus)
    changeRoutingStatus(this.#rules.licence, agent, present.statusBefore)
  }

  /** Marks a connection as away, or no longer. */
  setAway(agent: Agent, session: RtmSession, away: boolean): void {
    const present = this.#present.get(agent.id)
    if (!present) return
    present.connections.set(session, away)
    this.#applyAway(agent, present, 'accepting_chats')
  }

  // A status that was set by a call stays until a connection becomes the first one, or the last one, that is not away.
  #applyAway(agent: Agent, present: PresentAgent, statusWhileHere: RoutingStatus): void {
    const isAway = [...present.connections.values()].every((away) => away)
    if (isAway === present.isAway) return
    present.isAway = isAway
    if (present.statusBefore !== 'offline') return
    changeRoutingStatus(this.#rules.licence, agent, isAway ? 'not_accepting_chats' : statusWhileHere)
  }
}
