import { z } from 'zod'
import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import { unsupported } from '../../domain/capability.ts'
import { createUpstreamClient } from '../../upstream/client.ts'
import type { AdapterDependencies } from '../definition.ts'
import { readEach } from '../shared/batch.ts'
import { type AdapterBase, createChatAdapter } from '../shared/chat-adapter.ts'
import { createClientMessageId } from '../shared/client-message-id.ts'
import { translateErrorsWith, translateListErrorsWith } from '../shared/error-translation.ts'
import { HealthTracker } from '../shared/health-tracker.ts'
import { type HistoryWalk, readRecent, readWindow } from '../shared/history.ts'
import { ResponseReader } from '../shared/response-reader.ts'
import { VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import { createAgentApi } from './agent/agent-api.ts'
import { readRoomActivity } from './agent/room-activity.ts'
import { createRocketChatClient } from './client.ts'
import { toChatError } from './errors.ts'
import { mapMessage } from './map.ts'
import { submitOfflineForm } from './offline.ts'
import { roomApiFor } from './room-api.ts'
import { RoomMessages } from './room-messages.ts'
import type { RocketChatConfig } from './settings.ts'
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

/** Creates the adapter of one Rocket.Chat server: for visitors, and with a service account for operators. */
export function createRocketChat(
  { name, url, serviceAccount, webhookToken, offlineDepartment, offlineHost }: RocketChatConfig,
  { accountTokens, keyedWrites, visitorSecret, upstream: upstreamOptions }: AdapterDependencies,
): ChatAdapter {
  const health = new HealthTracker()
  const upstream = createUpstreamClient({
    ...upstreamOptions,
    url,
    onRequest: (report) => {
      health.observe(report)
      upstreamOptions.onRequest?.(report)
    },
  })
  const reader = new ResponseReader(name)
  const tokens = new VisitorTokenVerification()
  const client = createRocketChatClient(upstream, reader, { tokens })
  const origin = { provider: name, url }
  const rooms = new VisitorRooms(client, origin)
  const visitor = { rooms, messages: new VisitorMessages(client, rooms) }
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
    secret: visitorSecret,
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

  const base = {
    name,
    kind: 'ROCKET_CHAT',
    hasViewPerRole: false,
    // Rocket.Chat lets both roles read, edit and delete in a closed room; the gateway allows no more than that.
    deniedInClosedRooms: ['SEND_MESSAGE', 'CLOSE_ROOM'],
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
    // `GET livechat/room` answers five times a minute for all visitors together
    // (docs/providers/rocketchat.md 4.1).
    isRoomReadScarce: (view) => view === 'VISITOR',
    readRoomActivity: agent && guard((mark, call) => readRoomActivity(agent.rooms, mark, call)),
    clockSkewMs: () => upstream.clockSkewMs(),
    backgroundDelayMs: () => upstream.backgroundDelayMs(),
    parseWebhook: webhookToken === undefined ? null : createWebhookReader(webhookToken),
    close: () => upstream.close(),
  } satisfies AdapterBase

  return createChatAdapter(base, {
    LIST_ROOMS: agent
      ? {
          ...supports.LIST_ROOMS,
          methods: {
            listRooms: translateListErrorsWith(translate)((query, resume, call) =>
              agent.rooms.list(query, resume, call),
            ),
          },
        }
      : unsupported(supports.LIST_ROOMS.denialReason),
    READ_MESSAGES: {
      ...supports.READ_MESSAGES,
      methods: {
        getRooms: (ids, call) =>
          readEach(
            ids,
            guard((id) => as(call).findRoom(id)),
          ),
        getMessages: (refs, call) =>
          readEach(
            refs,
            guard((ref) => messages.find(ref, as(call))),
          ),
        listMessages: guard((roomId, window, call) => readWindow(historyOf(roomId, call), window)),
        readRecentMessages: guard((roomId, from, call) => readRecent(historyOf(roomId, call), from)),
      },
    },
    START_ROOM: {
      ...supports.START_ROOM,
      methods: {
        startRoom: guard(async (draft, call) => {
          const started = await starter.start(draft, call)
          accountTokens.markAccepted(started.visitorToken)
          return started
        }),
      },
    },
    SEND_MESSAGE: {
      ...supports.SEND_MESSAGE,
      methods: {
        sendMessage: guard(({ roomId, text, idempotencyKey }, call) => {
          const id = createClientMessageId(roomId, call.caller.role, idempotencyKey)
          return messages.send({ id, roomId, text }, as(call))
        }),
      },
    },
    UPDATE_MESSAGE: {
      ...supports.UPDATE_MESSAGE,
      methods: { updateMessage: guard((ref, text, call) => messages.update(ref, text, as(call))) },
    },
    DELETE_MESSAGE: {
      ...supports.DELETE_MESSAGE,
      methods: { deleteMessage: guard((ref, call) => messages.delete(ref, as(call))) },
    },
    CLOSE_ROOM: {
      ...supports.CLOSE_ROOM,
      methods: { closeRoom: guard((roomId, comment, call) => as(call).closeRoom(roomId, comment)) },
    },
    SEND_OFFLINE_MESSAGE: {
      ...supports.SEND_OFFLINE_MESSAGE,
      methods: {
        sendOfflineMessage: guard((draft, call) =>
          submitOfflineForm(
            client,
            draft,
            { provider: name, department: offlineDepartment ?? null, host: offlineHost ?? null },
            call,
          ),
        ),
      },
    },
    LIST_OFFLINE_MESSAGES: supports.LIST_OFFLINE_MESSAGES,
  })
}
