import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import { unsupported } from '../../domain/capability.ts'
import type { MessageRef } from '../../domain/model.ts'
import type { AdapterDependencies } from '../definition.ts'
import { agentCapabilities } from '../shared/agent-capabilities.ts'
import { readEach } from '../shared/batch.ts'
import { type AdapterBase, createChatAdapter } from '../shared/chat-adapter.ts'
import { createClientMessageId } from '../shared/client-message-id.ts'
import { translateErrorsWith, translateListErrorsWith } from '../shared/error-translation.ts'
import { type HistoryWalk, readRecent, readWindow } from '../shared/history.ts'
import { Memo } from '../shared/memo.ts'
import { roomWorkCapabilities, roomWorkDenialReason } from '../shared/room-work.ts'
import { implementRoomWork } from '../shared/room-work-capabilities.ts'
import { ownsTokenWith } from '../shared/visitor-token-owners.ts'
import { readRoomActivity } from './agent/room-activity.ts'
import { type Connections, createConnections } from './connections.ts'
import { toChatError } from './errors.ts'
import { feedbackCapabilities } from './feedback-capabilities.ts'
import { FileSender } from './files/file-sender.ts'
import { mapMessage, type ProviderOrigin } from './map.ts'
import { submitOfflineForm } from './offline.ts'
import type { WireHistoryPage } from './room-api.ts'
import { RoomMessages } from './room-messages.ts'
import type { RocketChatConfig } from './settings.ts'
import { supportsOf } from './supports.ts'
import { mapPreChatForm, startWithAnswers } from './visitor/pre-chat-form.ts'
import { RoomStarter } from './visitor/room-starter.ts'
import { VisitorRoomList } from './visitor-room-list.ts'
import { type MappedHistoryPage, walkHistory } from './walk-history.ts'
import { createWebhookReader } from './webhook.ts'

/** Creates the adapter of one Rocket.Chat server: for visitors, and with a service account for operators. */
export function createRocketChat(config: RocketChatConfig, dependencies: AdapterDependencies): ChatAdapter {
  const { name, url, offlineDepartment = null, offlineHost = null } = config
  const { accountTokens, idempotentWrites, visitorSecret } = dependencies
  const connections = createConnections(config, dependencies)
  const { client, visitor, agent, push, fileReader, roomApiFor, authorOf } = connections
  const origin = { provider: name, url }
  const supports = supportsOf(agent !== null, push !== null)
  const messages = new RoomMessages(origin)
  const starter = new RoomStarter({
    provider: name,
    visitor,
    messages,
    idempotentWrites,
    secret: visitorSecret,
    accountTokens,
    isVerified: connections.isVerified,
  })

  const fileSender = new FileSender({ ...connections, origin, messages, idempotentWrites })

  const translateError = (error: unknown) => toChatError(error, name)
  const translateErrors = translateErrorsWith(translateError)
  const translateListErrors = translateListErrorsWith(translateError)

  const historyPages = new Memo<WireHistoryPage, MappedHistoryPage>()
  const historyOf = (roomId: string, call: CallContext): HistoryWalk => {
    const api = roomApiFor(call)
    return walkHistory(async (end, limit) => {
      const page = await api.readHistory(roomId, end, limit)
      return historyPages.get(page, [roomId], () => {
        for (const wire of page.messages) push?.rememberAuthor(wire, roomId)
        return mapHistoryPage(page, roomId, origin)
      })
    })
  }

  return createChatAdapter(createBase(config, connections, dependencies), {
    LIST_ROOMS: agent
      ? {
          ...supports.LIST_ROOMS,
          methods: {
            listRooms: translateListErrors((query, resumeToken, call) =>
              agent.rooms.list(query, resumeToken, call),
            ),
            countRooms: translateErrors((query, call) => agent.rooms.count(query, call)),
            readStatistics: translateErrors((range, call) => agent.statistics.read(range, call)),
          },
        }
      : unsupported(supports.LIST_ROOMS.denialReason),
    READ_MESSAGES: {
      ...supports.READ_MESSAGES,
      methods: {
        getRooms(ids, call) {
          const find = translateErrors((id: string) => roomApiFor(call).findRoom(id))
          return readEach(ids, find)
        },
        getMessages(refs, call) {
          const find = translateErrors((ref: MessageRef) => messages.find(ref, roomApiFor(call)))
          return readEach(refs, find)
        },
        listMessages: translateErrors((roomId, window, call) => readWindow(historyOf(roomId, call), window)),
        readRecentMessages: translateErrors((roomId, from, call) =>
          readRecent(historyOf(roomId, call), from),
        ),
        openFile: translateErrors((attachment, range, call) => fileReader.open(attachment, range, call)),
      },
    },
    START_ROOM: {
      ...supports.START_ROOM,
      methods: {
        startRoom: translateErrors(async (draft, call) => {
          const started = await startWithAnswers(draft, (draft) => starter.start(draft, call))
          accountTokens.markAccepted(started.visitorToken)
          return started
        }),
      },
    },
    SEND_MESSAGE: {
      ...supports.SEND_MESSAGE,
      methods: {
        sendMessage: translateErrors(({ roomId, text, idempotencyKey }, call) => {
          const id = createClientMessageId(roomId, authorOf(call), idempotencyKey)
          return messages.send({ id, roomId, text }, roomApiFor(call))
        }),
      },
    },
    UPDATE_MESSAGE: {
      ...supports.UPDATE_MESSAGE,
      methods: {
        updateMessage: translateErrors((ref, text, call) => messages.update(ref, text, roomApiFor(call))),
      },
    },
    DELETE_MESSAGE: {
      ...supports.DELETE_MESSAGE,
      methods: { deleteMessage: translateErrors((ref, call) => messages.delete(ref, roomApiFor(call))) },
    },
    CLOSE_ROOM: {
      ...supports.CLOSE_ROOM,
      methods: {
        closeRoom: translateErrors((roomId, closing, call) => roomApiFor(call).closeRoom(roomId, closing)),
      },
    },
    ...implementRoomWork(agent?.roomWork ?? null, supports, translateErrors),
    ...feedbackCapabilities(connections, supports, translateErrors),
    SEND_NOTE: supports.SEND_NOTE,
    SEND_FILE: {
      ...supports.SEND_FILE,
      methods: { sendFile: translateErrors((draft, call) => fileSender.send(draft, call)) },
    },
    SET_TYPING: push
      ? { ...supports.SET_TYPING, methods: { setTyping: translateErrors(push.setTyping) } }
      : unsupported(supports.SET_TYPING.denialReason),
    MARK_SEEN: agent
      ? {
          ...supports.MARK_SEEN,
          methods: { markSeen: translateErrors((ref, call) => agent.messages.markSeen(ref, call)) },
        }
      : unsupported(supports.MARK_SEEN.denialReason),
    ...agentCapabilities(agent?.directory ?? null, supports, translateErrors),
    RENEW_VISITOR: supports.RENEW_VISITOR,
    SEND_OFFLINE_MESSAGE: {
      ...supports.SEND_OFFLINE_MESSAGE,
      methods: {
        sendOfflineMessage: translateErrors((draft, call) => {
          const defaults = { provider: name, department: offlineDepartment, host: offlineHost }
          return submitOfflineForm(client, draft, defaults, call)
        }),
      },
    },
    LIST_OFFLINE_MESSAGES: supports.LIST_OFFLINE_MESSAGES,
  })
}

function mapHistoryPage(
  { messages, ...page }: WireHistoryPage,
  roomId: string,
  origin: ProviderOrigin,
): MappedHistoryPage {
  return { ...page, messages: messages.map((wire) => mapMessage(wire, roomId, origin)) }
}

/** Creates the members that do not depend on capabilities. */
function createBase(
  { name, url, webhookToken }: RocketChatConfig,
  connections: Connections,
  { accountTokens }: AdapterDependencies,
) {
  const translateErrors = translateErrorsWith((error) => toChatError(error, name))
  const { agent, availability, visitor, departmentsFor, readPublicConfig } = connections
  const visitorRoomList = new VisitorRoomList({
    origin: { provider: name, url },
    visitor,
    agent,
    accountTokens,
  })
  return {
    name,
    kind: 'ROCKET_CHAT',
    hasViewPerRole: false,
    // Both roles may still read, edit and delete in a closed room.
    deniedInClosedRooms: ['SEND_MESSAGE', 'SEND_FILE', 'SET_TYPING', 'CLOSE_ROOM', ...roomWorkCapabilities],
    findDenialReason: (room, capability, ownAgentId) =>
      roomWorkDenialReason(room, capability, {
        ownAgentId,
        requeueDenialReason: agent?.roomWork.requeueDenialReason ?? null,
      }),
    isVerified: connections.isVerified,
    ownsToken: ownsTokenWith(accountTokens),
    listVisitorRooms: translateErrors((call) => visitorRoomList.list(call)),
    getHealth: connections.getHealth,
    isOnline: translateErrors(async (call) => (await readPublicConfig(call)).online ?? null),
    listDepartments: translateErrors((call) => departmentsFor(call.caller).list(call)),
    getDepartments: translateErrors((ids, call) => departmentsFor(call.caller).getByIds(ids, call)),
    getDepartmentsOnline: translateErrors((ids, call) => availability.read(ids, call)),
    getPreChatForm: translateErrors(async (_departmentId, call) =>
      mapPreChatForm(await readPublicConfig(call)),
    ),
    // The server accepts five GET `livechat/room` per minute for all visitors together
    // (docs/providers/rocketchat.md 4.1, 6).
    isRoomReadScarce: (view) => view === 'VISITOR',
    getVisitorDetails:
      agent &&
      ((visitorIds, call) =>
        readEach(
          visitorIds,
          translateErrors((visitorId: string) => agent.visitorDetails.read(visitorId, call)),
        )),
    readRoomActivity:
      agent && translateErrors((syncToken, call) => readRoomActivity(agent.rooms, syncToken, call)),
    clockSkewMs: connections.clockSkewMs,
    backgroundDelayMs: connections.backgroundDelayMs,
    push: connections.push?.provider ?? null,
    parseWebhook:
      webhookToken === undefined ? null : createWebhookReader(webhookToken, { provider: name, url }),
    close: connections.close,
  } satisfies AdapterBase
}
