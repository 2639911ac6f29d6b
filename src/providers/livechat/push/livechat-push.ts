import type { Logger } from 'pino'
import type { CallContext } from '../../../domain/adapter.ts'
import type { Caller } from '../../../domain/caller.ts'
import type { ProviderPush, PushSubscription } from '../../../domain/push.ts'
import type { PushSocketOptions } from '../../../upstream/push-socket.ts'
import { denyPush } from '../../shared/denied-push.ts'
import { CREDENTIAL_NEEDED } from '../../shared/errors.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { Participants } from '../participants.ts'
import type { RoomApi } from '../room-api.ts'
import { type LiveChatConfig, settingNames } from '../settings.ts'
import { AgentPush } from './agent-push.ts'
import type { SessionAgent } from './agent-session.ts'
import { CustomerPush } from './customer-push.ts'
import { PushHealth } from './push-health.ts'
import type { RoomSubscriber } from './watched-room.ts'

export interface LiveChatPushDependencies {
  readonly participants: Participants
  /** The service account; null if none is configured. */
  readonly agent: SessionAgent | null
  readonly accountTokens: AccountTokens
  /** Whether LiveChat has accepted the caller's token lately. */
  isVerified(caller: Caller): boolean
  roomApiFor(call: CallContext): RoomApi
  readonly log: Logger
  readonly socketOptions: PushSocketOptions
  /** The most visitors that are connected, and the most rooms of operators that are watched. */
  readonly maxSockets?: number
  readonly maxRooms?: number
}

/** LiveChat's push over RTM (docs/providers/livechat.md 26). */
export class LiveChatPush implements ProviderPush {
  readonly subscribeToAccount: ProviderPush['subscribeToAccount']
  readonly #health: readonly PushHealth[]
  /** Null where operators receive no push. */
  readonly #agents: AgentPush | null
  /** Null where visitors receive no push. */
  readonly #customers: CustomerPush | null

  constructor(config: LiveChatConfig, { agent, ...dependencies }: LiveChatPushDependencies) {
    const { name: provider, apiUrl, organizationId = null, push } = config
    const { log } = dependencies
    const agentHealth = new PushHealth(provider, log)
    const customerHealth = new PushHealth(provider, log)
    const common = { provider, apiUrl, ...dependencies }
    this.#health = [agentHealth, customerHealth]
    this.#agents =
      push === 'on' && agent ? new AgentPush({ ...common, organizationId, agent, health: agentHealth }) : null
    this.#customers =
      push !== undefined && organizationId !== null
        ? new CustomerPush({ ...common, organizationId, health: customerHealth })
        : null
    const agents = this.#agents
    this.subscribeToAccount = agents && ((receiver) => agents.subscribeToAccount(receiver))
  }

  /** Why LiveChat refuses push at present; null while it does not. */
  get refusalReason(): string | null {
    return this.#health.map(({ reason }) => reason).find((reason) => reason !== null) ?? null
  }

  denialReason({ role }: Caller): string | null {
    if (role === 'ANONYMOUS') return CREDENTIAL_NEEDED
    if (role === 'VISITOR') {
      const needed = `LiveChat’s push for visitors needs the setting ${settingNames('organizationId')}.`
      return this.#customers ? null : needed
    }
    return this.#agents ? null : `LiveChat’s push for operators needs ${settingNames('push')}=on and a token.`
  }

  subscribeToRoom: ProviderPush['subscribeToRoom'] = (roomId, caller, receiver) =>
    this.#subscribe(roomId, caller, { type: 'Messages', receiver })

  subscribeToSignals: ProviderPush['subscribeToSignals'] = (roomId, caller, receiver) =>
    this.#subscribe(roomId, caller, { type: 'Signals', receiver })

  close(): void {
    this.#agents?.close()
    this.#customers?.close()
  }

  #subscribe(roomId: string, caller: Caller, subscriber: RoomSubscriber): PushSubscription {
    if (caller.role === 'VISITOR' && this.#customers) {
      return this.#customers.subscribe(roomId, caller, subscriber)
    }
    if (caller.role === 'OPERATOR' && this.#agents) return this.#agents.subscribe(roomId, subscriber)
    return denyPush(subscriber.receiver, this.denialReason(caller) ?? CREDENTIAL_NEEDED)
  }
}
