import { z } from 'zod'
import type { Call, ChatAdapter, RoomQuery } from '../../chat/adapter.ts'
import type { Caller } from '../../chat/caller.ts'
import { type RoomCapability, refusal, roomCapabilities, type Supports } from '../../chat/capability.ts'
import type { KeyedWrites } from '../../chat/keyed-writes.ts'
import type { Room } from '../../chat/model.ts'
import type { BudgetEvent } from '../../upstream/budget.ts'
import { createUpstream, type UpstreamReport } from '../../upstream/client.ts'
import { AnswerReader } from '../answer-reader.ts'
import { oneByOne } from '../batch.ts'
import { guardListWith, guardWith } from '../guard.ts'
import { HealthTracker } from '../health.ts'
import { readRecent, readWindow, type WalkBack } from '../history.ts'
import { messageKey } from '../keys.ts'
import { refusing } from '../refusing.ts'
import { type AccountTokens, tokensOfSoleAccount } from '../visitor-token-owners.ts'
import { VisitorTokens } from '../visitor-tokens.ts'
import { createAgent } from './agent.ts'
import { roomActivity } from './agent-activity.ts'
import type { ServiceAccount } from './agent-client.ts'
import { createRocketChatClient } from './client.ts'
import { type Departments, publicConfig, publicDepartments } from './departments.ts'
import { toChatError } from './errors.ts'
import { walkHistory } from './history.ts'
import { mapMessage } from './map.ts'
import { RoomMessages } from './messages.ts'
import { sendOfflineForm } from './offline.ts'
import { RoomStarter } from './room-starter.ts'
import { sideOf } from './side.ts'
import { supportsOf } from './supports.ts'
import { VisitorRooms } from './visitor.ts'
import { VisitorMessages } from './visitor-messages.ts'
import { createWebhookReader } from './webhook.ts'

/** One Rocket.Chat server, and what the gateway may do there. Null is what is not configured. */
export interface RocketChatOptions {
  /** The configured name. */
  readonly name: string
  /** Base address of the server, without `/api/v1`. */
  readonly url: string
  /** One upstream request. */
  readonly timeoutMs: number
  readonly offlineDepartment: string | null
  readonly offlineHost: string | null
  /** Whom operators act as; null leaves the server to visitors. */
  readonly serviceAccount: ServiceAccount | null
  /** Keeps other accounts' visitors' tokens from this server; left out where it is the only account. */
  readonly accountTokens?: AccountTokens
  /** Does writes with an idempotency key once. */
  readonly keyedWrites: KeyedWrites
  /** Shared by all processes of the gateway: visitor tokens of rooms with an idempotency key follow from it. */
  readonly visitorSecret: Buffer
  /** What livechat webhooks carry; without it none is read. */
  readonly webhookToken?: string
  readonly onCall?: (report: UpstreamReport) => void
  readonly onBudget?: (event: BudgetEvent) => void
}

/** One Rocket.Chat server: as visitors see it, and with a service account as agents do. */
export function createRocketChat(options: RocketChatOptions): ChatAdapter {
  const { name } = options
  const health = new HealthTracker()
  const upstream = createUpstream({
    url: options.url,
    timeoutMs: options.timeoutMs,
    onCall: (report) => {
      health.observe(report)
      options.onCall?.(report)
    },
    ...(options.onBudget && { onBudget: options.onBudget }),
  })
  const reader = new AnswerReader(name)
  const tokens = new VisitorTokens()
  const client = createRocketChatClient(upstream, reader, { tokens })
  const origin = { provider: name, url: options.url }
  const rooms = new VisitorRooms(client, origin)
  const visitor = { rooms, messages: new VisitorMessages(client, rooms) }
  const { serviceAccount, webhookToken, keyedWrites } = options
  const accountTokens = options.accountTokens ?? tokensOfSoleAccount({ name, isOwnForm: null })
  const agent = serviceAccount
    ? createAgent(upstream, serviceAccount, origin, rooms, { reader, tokens })
    : null
  const supports = supportsOf(agent !== null)
  const messages = new RoomMessages(origin)
  const config = publicConfig(client)
  const shown = publicDepartments(config, name)
  const starter = new RoomStarter({
    provider: name,
    visitor,
    messages,
    keyedWrites,
    secret: options.visitorSecret,
  })

  const translate = (error: unknown) => toChatError(error, name)
  const guard = guardWith(translate)

  const as = (call: Call) => sideOf(call, { provider: name, visitor, agent, accountTokens })

  const historyOf = (roomId: string, call: Call): WalkBack => {
    const side = as(call)
    return walkHistory(async (end, limit) => {
      const { messages, ...page } = await side.readHistory(roomId, end, limit)
      return { ...page, messages: messages.map((wire) => mapMessage(wire, roomId, origin)) }
    })
  }

  const departmentsFor = ({ role }: Caller): Departments =>
    agent && role === 'OPERATOR' ? agent.departments : shown

  return {
    ...refusing(name),
    name,
    kind: 'ROCKET_CHAT',
    supports,
    viewsByRole: false,
    isProven: (caller) => tokens.isProven(caller),
    async health(call) {
      if (health.current().status === 'UNKNOWN') {
        const probe = { method: 'GET', route: '/api/info' } as const
        await client.send(probe, z.unknown(), call).catch(() => {})
      }
      const refused = agent?.refused() ?? null
      return refused === null ? health.current() : { ...health.current(), status: 'DOWN', reason: refused }
    },
    isOnline: guard(async (call) => (await config(call)).online ?? null),
    listDepartments: guard((call) => departmentsFor(call.caller).list(call)),
    getDepartments: guard((ids, call) => departmentsFor(call.caller).byIds(ids, call)),
    getRooms: (ids, call) =>
      oneByOne(
        ids,
        guard((id) => as(call).findRoom(id)),
      ),
    // `GET livechat/room` answers five times a minute for all visitors together
    // (docs/providers/rocketchat.md 4.1).
    isRoomReadScarce: (view) => view === 'VISITOR',
    ...(agent && {
      listRooms: guardListWith(translate)((query: RoomQuery, resume: string | null, call: Call) =>
        agent.rooms.list(query, resume, call),
      ),
      roomActivity: guard((mark: string | null, call: Call) => roomActivity(agent.rooms, mark, call)),
    }),
    capabilitiesIn: (room, caller) => capabilitiesIn(room, caller, { name, supports }),
    startRoom: guard(async (draft, call) => {
      const started = await starter.start(draft, call)
      accountTokens.accept(started.visitorToken)
      return started
    }),
    closeRoom: guard((roomId, comment, call) => as(call).close(roomId, comment)),
    getMessages: (refs, call) =>
      oneByOne(
        refs,
        guard((ref) => messages.find(ref, as(call))),
      ),
    listMessages: guard((roomId, window, call) => readWindow(historyOf(roomId, call), window)),
    recentMessages: guard((roomId, from, call) => readRecent(historyOf(roomId, call), from)),
    sendMessage: guard(({ roomId, text, idempotencyKey }, call) => {
      const id = messageKey(roomId, call.caller.role, idempotencyKey)
      return messages.send({ id, roomId, text }, as(call))
    }),
    updateMessage: guard((ref, text, call) => messages.update(ref, text, as(call))),
    deleteMessage: guard((ref, call) => messages.remove(ref, as(call))),
    sendOfflineMessage: guard((draft, call) =>
      sendOfflineForm(
        client,
        draft,
        { provider: name, department: options.offlineDepartment, host: options.offlineHost },
        call,
      ),
    ),
    clockAheadMs: () => upstream.clockAheadMs(),
    lagMs: () => upstream.lagMs(),
    readWebhook: webhookToken === undefined ? null : createWebhookReader(webhookToken),
    close: () => upstream.close(),
  }
}

const CLOSED = 'The room is closed.'

function capabilitiesIn(
  room: Room,
  caller: Caller,
  provider: { readonly name: string; readonly supports: Supports },
): readonly RoomCapability[] {
  return roomCapabilities.map((capability) => {
    const refused = refusal(provider, capability, caller)
    if (refused) return { capability, allowed: false, reason: refused.message }
    // Rocket.Chat lets both sides read, edit and delete in a closed room; nobody shall write or close it again.
    const shut = room.status === 'CLOSED' && (capability === 'SEND_MESSAGE' || capability === 'CLOSE_ROOM')
    return { capability, allowed: !shut, reason: shut ? CLOSED : null }
  })
}
