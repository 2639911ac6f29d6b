import type { CallContext } from '../../../domain/adapter.ts'
import { hashCallerToken } from '../../../domain/caller.ts'
import { ChatError } from '../../../domain/errors.ts'
import { findOwn } from '../../shared/operator-agents.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { AgentApi } from '../agent/agent-api.ts'
import type { KnownParticipants } from './known-participants.ts'
import type { LoginConnection } from './login-connection.ts'
import { activityEvent, toActivities } from './signal-streams.ts'
import { TypingThrottle } from './typing-throttle.ts'
import type { VisitorConnections } from './visitor-connections.ts'

const METHOD = 'stream-notify-room'
/** Agents see this name until a message shows the visitor's. */
const DEFAULT_NAME = 'Guest'

export interface TypingOptions {
  /** The configured name. */
  readonly provider: string
  readonly visitors: VisitorConnections
  readonly accountTokens: AccountTokens
  readonly known: KnownParticipants
  readonly agent: Pick<AgentApi, 'rooms' | 'directory'> | null
  /** Null without a service account. */
  readonly account: LoginConnection | null
  /** By operator. */
  readonly ownAgents: ReadonlyMap<string, LoginConnection>
}

/** Shows others that a caller types (docs/providers/rocketchat.md 20). The server has no REST call for it. */
export class Typing {
  readonly #options: TypingOptions
  readonly #throttle = new TypingThrottle()

  constructor(options: TypingOptions) {
    this.#options = options
  }

  /** The server ignores a visitor's typing in a room that is not its own, without an error. Throws as `setTyping` does. */
  async set(roomId: string, typing: boolean, call: CallContext): Promise<void> {
    const { caller } = call
    if (caller.role === 'VISITOR') {
      const { accountTokens, visitors, known } = this.#options
      const { token } = caller
      // The token of another account must not be sent here.
      if (!accountTokens.ownsToken(token)) return
      const name = known.visitorNameOf(roomId) ?? DEFAULT_NAME
      this.#push(roomId, hashCallerToken(caller), typing, (activities) =>
        visitors.call(METHOD, [activityEvent(roomId), name, activities, { token }]),
      )
      return
    }
    const { agent, account, ownAgents } = this.#options
    const connection = findOwn(ownAgents, call) ?? account
    if (caller.role !== 'OPERATOR' || !agent || !connection) return
    await this.#assertOpen(roomId, agent, call)
    const username = await agent.directory.findOwnUsername(call)
    if (username === null) return
    this.#push(roomId, agent.directory.ownId(call), typing, (activities) =>
      connection.call(METHOD, [activityEvent(roomId), username, activities, {}]),
    )
  }

  close(): void {
    this.#throttle.close()
  }

  #push(
    roomId: string,
    sender: string,
    typing: boolean,
    send: (activities: readonly string[]) => boolean,
  ): void {
    this.#throttle.push(`${sender} ${roomId}`, typing, (state) => send(toActivities(state)))
  }

  /** The server tests neither: an agent could type in any room, and in a closed one. */
  async #assertOpen(roomId: string, { rooms }: Pick<AgentApi, 'rooms'>, call: CallContext): Promise<void> {
    const { isClosed } = await rooms.getAccessible(roomId, call)
    if (isClosed) {
      throw new ChatError('ROOM_CLOSED', 'The room is closed.', { provider: this.#options.provider })
    }
  }
}
