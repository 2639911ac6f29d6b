import { z } from 'zod'
import type { CallContext, ChatAdapter, RoomQuery } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import {
  type CapabilityManifest,
  checkCapability,
  type RoomCapability,
  roomCapabilities,
} from '../../domain/capability.ts'
import type { IdempotentWrites } from '../../domain/idempotent-writes.ts'
import type { Room } from '../../domain/model.ts'
import { createUpstreamClient, type UpstreamRequestReport } from '../../upstream/client.ts'
import type { RateLimiterEvent } from '../../upstream/rate-limit/rate-limiter.ts'
import { readEach } from '../shared/batch.ts'
import { createClientMessageId } from '../shared/client-message-id.ts'
import { translateErrorsWith, translateListErrorsWith } from '../shared/error-translation.ts'
import { HealthTracker } from '../shared/health-tracker.ts'
import { type HistoryWalk, readRecent, readWindow } from '../shared/history.ts'
import { ResponseReader } from '../shared/response-reader.ts'
import { unsupportedMethods } from '../shared/unsupported-methods.ts'
import { type AccountTokens, singleAccountTokens } from '../shared/visitor-token-owners.ts'
import { VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import { createAgentApi } from './agent/agent-api.ts'
import type { ServiceAccount } from './agent/agent-client.ts'
import { readRoomActivity } from './agent/room-activity.ts'
import { createRocketChatClient } from './client.ts'
import { toChatError } from './errors.ts'
import { mapMessage } from './map.ts'
import { submitOfflineForm } from './offline.ts'
import { roomApiFor } from './room-api.ts'
import { RoomMessages } from './room-messages.ts'
import { supportsOf } from './supports.ts'
import {
  createPublicConfigReader,
  createPublicDepartments,
  type DepartmentDirectory,
} from './visitor/public-departments.ts'
import { RoomStarter } from './visitor/room-starter.ts'
import { VisitorMessages } from './visitor/visitor-messages.ts'
import { VisitorRooms } from './visitor/visitor-rooms.ts'
import { walkHistory } from './walk-history.ts'
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
  readonly keyedWrites: IdempotentWrites
  /** Shared by all processes of the gateway: visitor tokens of rooms with an idempotency key follow from it. */
  readonly visitorSecret: Buffer
  /** What livechat webhooks carry; without it none is read. */
  readonly webhookToken?: string
  readonly onCall?: (report: UpstreamRequestReport) => void
  readonly onBudget?: (event: RateLimiterEvent) => void
}

/** One Rocket.Chat server: as visitors see it, and with a service account as agents do. */
export function createRocketChat(options: RocketChatOptions): ChatAdapter {
  const { name } = options
  const health = new HealthTracker()
  const upstream = createUpstreamClient({
    url: options.url,
    timeoutMs: options.timeoutMs,
    onRequest: (report) => {
      health.observe(report)
      options.onCall?.(report)
    },
    ...(options.onBudget && { onRateLimitEvent: options.onBudget }),
  })
  const reader = new ResponseReader(name)
  const tokens = new VisitorTokenVerification()
  const client = createRocketChatClient(upstream, reader, { tokens })
  const origin = { provider: name, url: options.url }
  const rooms = new VisitorRooms(client, origin)
  const visitor = { rooms, messages: new VisitorMessages(client, rooms) }
  const { serviceAccount, webhookToken, keyedWrites } = options
  const accountTokens = options.accountTokens ?? singleAccountTokens({ name, hasTokenFormat: null })
  const agent = serviceAccount
    ? createAgentApi(upstream, serviceAccount, origin, rooms, { reader, tokens })
    : null
  const supports = supportsOf(agent !== null)
  const messages = new RoomMessages(origin)
  const config = createPublicConfigReader(client)
  const shown = createPublicDepartments(config, name)
  const starter = new RoomStarter({
    provider: name,
    visitor,
    messages,
    keyedWrites,
    secret: options.visitorSecret,
  })

  const translate = (error: unknown) => toChatError(error, name)
  const guard = translateErrorsWith(translate)

  const as = (call: CallContext) => roomApiFor(call, { provider: name, visitor, agent, accountTokens })

  const historyOf = (roomId: string, call: CallContext): HistoryWalk => {
    const side = as(call)
    return walkHistory(async (end, limit) => {
      const { messages, ...page } = await side.readHistory(roomId, end, limit)
      return { ...page, messages: messages.map((wire) => mapMessage(wire, roomId, origin)) }
    })
  }

  const departmentsFor = ({ role }: Caller): DepartmentDirectory =>
    agent && role === 'OPERATOR' ? agent.departments : shown

  return {
    ...unsupportedMethods(name),
    name,
    kind: 'ROCKET_CHAT',
    supports,
    hasViewPerRole: false,
    isVerified: (caller) => tokens.isVerified(caller),
    async getHealth(call) {
      if (health.current().status === 'UNKNOWN') {
        const probe = { method: 'GET', route: '/api/info' } as const
        await client.send(probe, z.unknown(), call).catch(() => {})
      }
      const refused = agent?.rejectionReason() ?? null
      return refused === null ? health.current() : { ...health.current(), status: 'DOWN', reason: refused }
    },
    isOnline: guard(async (call) => (await config(call)).online ?? null),
    listDepartments: guard((call) => departmentsFor(call.caller).list(call)),
    getDepartments: guard((ids, call) => departmentsFor(call.caller).getByIds(ids, call)),
    getRooms: (ids, call) =>
      readEach(
        ids,
        guard((id) => as(call).findRoom(id)),
      ),
    // `GET livechat/room` answers five times a minute for all visitors together
    // (docs/providers/rocketchat.md 4.1).
    isRoomReadScarce: (view) => view === 'VISITOR',
    ...(agent && {
      listRooms: translateListErrorsWith(translate)(
        (query: RoomQuery, resume: string | null, call: CallContext) => agent.rooms.list(query, resume, call),
      ),
      readRoomActivity: guard((mark: string | null, call: CallContext) =>
        readRoomActivity(agent.rooms, mark, call),
      ),
    }),
    getRoomCapabilities: (room, caller) => capabilitiesIn(room, caller, { name, supports }),
    startRoom: guard(async (draft, call) => {
      const started = await starter.start(draft, call)
      accountTokens.markAccepted(started.visitorToken)
      return started
    }),
    closeRoom: guard((roomId, comment, call) => as(call).closeRoom(roomId, comment)),
    getMessages: (refs, call) =>
      readEach(
        refs,
        guard((ref) => messages.find(ref, as(call))),
      ),
    listMessages: guard((roomId, window, call) => readWindow(historyOf(roomId, call), window)),
    readRecentMessages: guard((roomId, from, call) => readRecent(historyOf(roomId, call), from)),
    sendMessage: guard(({ roomId, text, idempotencyKey }, call) => {
      const id = createClientMessageId(roomId, call.caller.role, idempotencyKey)
      return messages.send({ id, roomId, text }, as(call))
    }),
    updateMessage: guard((ref, text, call) => messages.update(ref, text, as(call))),
    deleteMessage: guard((ref, call) => messages.delete(ref, as(call))),
    sendOfflineMessage: guard((draft, call) =>
      submitOfflineForm(
        client,
        draft,
        { provider: name, department: options.offlineDepartment, host: options.offlineHost },
        call,
      ),
    ),
    clockSkewMs: () => upstream.clockSkewMs(),
    backgroundDelayMs: () => upstream.backgroundDelayMs(),
    parseWebhook: webhookToken === undefined ? null : createWebhookReader(webhookToken),
    close: () => upstream.close(),
  }
}

const CLOSED = 'The room is closed.'

function capabilitiesIn(
  room: Room,
  caller: Caller,
  provider: { readonly name: string; readonly supports: CapabilityManifest },
): readonly RoomCapability[] {
  return roomCapabilities.map((capability) => {
    const refused = checkCapability(provider, capability, caller)
    if (refused) return { capability, allowed: false, reason: refused.message }
    // Rocket.Chat lets both sides read, edit and delete in a closed room; nobody shall write or close it again.
    const shut = room.status === 'CLOSED' && (capability === 'SEND_MESSAGE' || capability === 'CLOSE_ROOM')
    return { capability, allowed: !shut, reason: shut ? CLOSED : null }
  })
}
