import type { Logger } from 'pino'
import type { CallContext } from '../../../domain/adapter.ts'
import type { Caller } from '../../../domain/caller.ts'
import type { ProviderPush } from '../../../domain/push.ts'
import type { PushSocketOptions } from '../../../upstream/push-socket.ts'
import type { AgentCredentials } from '../../definition.ts'
import { denyPush } from '../../shared/denied-push.ts'
import { CREDENTIAL_NEEDED } from '../../shared/errors.ts'
import { createForOwnAgents } from '../../shared/operator-agents.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { VisitorTokenVerification } from '../../shared/visitor-token-verification.ts'
import type { AgentApi } from '../agent/agent-api.ts'
import type { ProviderOrigin } from '../map.ts'
import { type RocketChatConfig, settingNames } from '../settings.ts'
import type { WireMessage } from '../wire.ts'
import { AccessProofs } from './access-proofs.ts'
import { AccountPush } from './account-push.ts'
import { KnownParticipants } from './known-participants.ts'
import { LoginConnection } from './login-connection.ts'
import { OperatorPush } from './operator-push.ts'
import { RoomStreams } from './room-streams.ts'
import { SignalStreams } from './signal-streams.ts'
import { Typing } from './typing.ts'
import { VisitorConnections } from './visitor-connections.ts'
import { VisitorPush } from './visitor-push.ts'

export interface PushOptions {
  readonly origin: ProviderOrigin
  readonly serviceAccount: NonNullable<RocketChatConfig['serviceAccount']> | null
  /** Null without a service account. */
  readonly agent: AgentApi | null
  readonly agentCredentials: AgentCredentials
  readonly accountTokens: AccountTokens
  readonly tokens: VisitorTokenVerification
  readonly log: Logger
  readonly socketOptions: PushSocketOptions
}

/** The push of one server. */
export interface RocketChatPush {
  readonly provider: ProviderPush
  setTyping(roomId: string, typing: boolean, call: CallContext): Promise<void>
  /** Remembers who wrote a message: typing is reported with a name only. */
  rememberAuthor(wire: WireMessage, roomId: string): void
  /** Why the server pushes nothing at present, for operators; null while it does or nobody wants it. */
  downReason(): string | null
  close(): void
}

const OPERATORS_NEED_ACCOUNT = `Operators need the settings ${settingNames('userId', 'authToken')}.`

/** Creates the client of a server's push, DDP (docs/providers/rocketchat.md 7.2, 20, 21). It connects when it is used. */
export function createPush(options: PushOptions): RocketChatPush {
  const { origin, agent, accountTokens, tokens, socketOptions } = options
  const url = `${origin.url.replace(/^http/, 'ws')}/websocket`
  const known = new KnownParticipants()
  const rooms = new RoomStreams(origin, (wire, roomId) => known.remember(wire, roomId))
  const signals = new SignalStreams(known)
  const provider = origin.provider

  const connections = new VisitorConnections(url, socketOptions)
  const visitors = new VisitorPush({ provider, connections, accountTokens, tokens, rooms, signals })
  const logins = createLogins(url, options)
  const operators = createOperatorPush(options, logins.account, rooms, signals)
  const typing = new Typing({ provider, visitors: connections, accountTokens, known, agent, ...logins })

  const denialReason = ({ role }: Caller) => {
    if (role === 'ANONYMOUS') return CREDENTIAL_NEEDED
    return role === 'OPERATOR' && operators === null ? OPERATORS_NEED_ACCOUNT : null
  }
  return {
    provider: {
      denialReason,
      subscribeToRoom(roomId, caller, receiver) {
        const shared = { state: receiver, deliver: receiver.onChange.bind(receiver) }
        if (caller.role === 'VISITOR') return visitors.subscribeToRoom(roomId, caller, shared)
        if (caller.role === 'OPERATOR' && operators) return operators.subscribeToRoom(roomId, caller, shared)
        return denyPush(receiver, denialReason(caller) ?? CREDENTIAL_NEEDED)
      },
      subscribeToSignals(roomId, caller, receiver) {
        const shared = { state: receiver, deliver: receiver.onSignal.bind(receiver) }
        if (caller.role === 'VISITOR') return visitors.subscribeToSignals(roomId, caller, shared)
        if (caller.role === 'OPERATOR' && operators)
          return operators.subscribeToSignals(roomId, caller, shared)
        return denyPush(receiver, denialReason(caller) ?? CREDENTIAL_NEEDED)
      },
      subscribeToAccount: operators && ((receiver) => operators.subscribeToAccount(receiver)),
    },
    setTyping: (roomId, isTyping, call) => typing.set(roomId, isTyping, call),
    rememberAuthor: (wire, roomId) => known.remember(wire, roomId),
    downReason: () => logins.account?.downReason ?? connections.downReason,
    close() {
      typing.close()
      operators?.close()
      connections.close()
      logins.account?.close()
      for (const each of logins.ownAgents.values()) each.close()
    },
  }
}

interface Logins {
  readonly account: LoginConnection | null
  readonly ownAgents: ReadonlyMap<string, LoginConnection>
}

function createLogins(
  url: string,
  { origin, serviceAccount, agentCredentials, socketOptions }: PushOptions,
): Logins {
  const create = (token: string, setting: string) => {
    const refusal = `The server refuses the login of ${setting} at its push.`
    return new LoginConnection(url, { token, refusal }, socketOptions)
  }
  const setting = settingNames('userId', 'authToken')
  return {
    account: serviceAccount && create(serviceAccount.authToken, setting),
    ownAgents: createForOwnAgents(agentCredentials, origin.provider, ({ token }, name) =>
      create(token, name),
    ),
  }
}

function createOperatorPush(
  { origin: { provider }, serviceAccount, agent, log }: PushOptions,
  connection: LoginConnection | null,
  rooms: RoomStreams,
  signals: SignalStreams,
): OperatorPush | null {
  if (!connection || !serviceAccount || !agent) return null
  const access = new AccessProofs(agent.rooms)
  agent.rooms.onAccessible = (roomId) => access.onProven(roomId)
  const account = new AccountPush(connection, serviceAccount.userId, rooms, access)
  return new OperatorPush({ provider, connection, account, access, rooms, signals, log })
}
