import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import { anonymousCaller } from '../../domain/caller.ts'
import { unsupported } from '../../domain/capability.ts'
import type { MessageDraft } from '../../domain/messages.ts'
import type { AdapterDependencies } from '../definition.ts'
import { agentCapabilities } from '../shared/agent-capabilities.ts'
import { readEach } from '../shared/batch.ts'
import { type AdapterBase, createChatAdapter } from '../shared/chat-adapter.ts'
import { translateErrorsWith, translateListErrorsWith } from '../shared/error-translation.ts'
import { readRecent, readWindow } from '../shared/history.ts'
import { roomWorkCapabilities, roomWorkDenialReason } from '../shared/room-work.ts'
import { implementRoomWork } from '../shared/room-work-capabilities.ts'
import { ownsTokenWith } from '../shared/visitor-token-owners.ts'
import { agentLimitDenialReason } from './agent/agent-limit.ts'
import { AgentMessages } from './agent/agent-messages.ts'
import { AgentRoomWork } from './agent/agent-room-work.ts'
import { readRoomActivity } from './agent/room-activity.ts'
import { RoomList } from './agent/room-list.ts'
import { type Connections, createConnections } from './connections.ts'
import { mapPreChatForm } from './customer/filled-form.ts'
import { listOwnRooms } from './customer/own-rooms.ts'
import { toChatError } from './errors.ts'
import { feedbackCapabilities } from './feedback-capabilities.ts'
import { FileSender } from './files/file-sender.ts'
import { MessageFinder } from './message-finder.ts'
import { MessageWriter } from './message-writer.ts'
import { Participants } from './participants.ts'
import { LiveChatPush } from './push/livechat-push.ts'
import { markSeen, TypingSender } from './room-signals.ts'
import { closeRoom, findRoom } from './rooms.ts'
import type { LiveChatConfig } from './settings.ts'
import { supportsOf } from './supports.ts'
import { visitorCapabilities } from './visitor-capabilities.ts'
import { walkThreads } from './walk-threads.ts'
import { createWebhookReader } from './webhook.ts'

/** Creates the adapter of one LiveChat account: rooms through the v3 APIs, offline messages from their source. */
export function createLiveChat(config: LiveChatConfig, dependencies: AdapterDependencies): ChatAdapter {
  const { name } = config
  const { idempotentWrites, accountTokens, log, pushSocketOptions } = dependencies
  const supports = supportsOf(config)
  const connections = createConnections(config, dependencies)
  const { agent, directory, offlineSource, fileReader, roomApiFor } = connections
  const participants = new Participants()
  const push =
    config.push === undefined
      ? null
      : new LiveChatPush(config, {
          participants,
          agent,
          accountTokens,
          isVerified: connections.isVerified,
          roomApiFor,
          log,
          socketOptions: pushSocketOptions,
        })
  const roomList = new RoomList(name, participants)
  const finder = new MessageFinder(name, participants)
  const agentMessages = new AgentMessages(directory, name)
  const typing = new TypingSender(name)
  const writer = new MessageWriter({ provider: name, participants, agentMessages, idempotentWrites })
  const fileSender = new FileSender({
    provider: name,
    participants,
    idempotentWrites,
    agentMessages,
    roomApiFor,
    sendMessage: (draft, api) => writer.send(draft, api),
  })
  const roomWork =
    agent && new AgentRoomWork({ provider: name, participants, directory, agentMessages, roomApiFor })
  const translateError = (error: unknown) => toChatError(error, name)
  const translateErrors = translateErrorsWith(translateError)
  const walk = (chatId: string, call: CallContext) =>
    walkThreads({ provider: name, chatId, participants, api: roomApiFor(call) })

  const sendMessage = translateErrors((draft: MessageDraft, call: CallContext) => {
    // Callers that repeat the key share the request, so no single disconnect may abort it.
    const sharedCall = { ...call, signal: new AbortController().signal }
    return writer.send(draft, roomApiFor(draft.idempotencyKey === null ? call : sharedCall))
  })

  return createChatAdapter(createBase(config, connections, participants, push), {
    LIST_ROOMS: {
      ...supports.LIST_ROOMS,
      methods: {
        listRooms: translateListErrorsWith(translateError)((query, resumeToken, call) =>
          roomList.read(query, resumeToken, roomApiFor(call)),
        ),
        countRooms: translateErrors((query, call) => roomList.count(query, roomApiFor(call))),
        readStatistics: translateErrors((range, call) => connections.readStatistics(range, call)),
      },
    },
    READ_MESSAGES: {
      ...supports.READ_MESSAGES,
      methods: {
        getRooms: (ids, call) =>
          readEach(
            ids,
            translateErrors((id: string) => findRoom(roomApiFor(call), id, name, participants)),
          ),
        getMessages: translateErrors((refs, call) => finder.find(refs, roomApiFor(call))),
        listMessages: translateErrors((roomId, window, call) => readWindow(walk(roomId, call), window)),
        readRecentMessages: translateErrors((roomId, from, call) => readRecent(walk(roomId, call), from)),
        openFile: translateErrors((attachment, range, call) => fileReader.open(attachment, range, call)),
      },
    },
    ...visitorCapabilities(connections, supports, { provider: name, participants, idempotentWrites }),
    SEND_MESSAGE: {
      ...supports.SEND_MESSAGE,
      methods: { sendMessage },
    },
    UPDATE_MESSAGE: supports.UPDATE_MESSAGE,
    DELETE_MESSAGE: {
      ...supports.DELETE_MESSAGE,
      methods: { deleteMessage: translateErrors((ref, call) => writer.delete(ref, roomApiFor(call))) },
    },
    CLOSE_ROOM: {
      ...supports.CLOSE_ROOM,
      methods: {
        closeRoom: translateErrors((roomId, closing, call) =>
          closeRoom(roomApiFor(call), roomId, closing, name),
        ),
      },
    },
    ...implementRoomWork(roomWork, supports, translateErrors),
    ...feedbackCapabilities({ provider: name, roomApiFor }, supports, translateErrors),
    SEND_NOTE: { ...supports.SEND_NOTE, methods: { sendMessage } },
    SEND_FILE: {
      ...supports.SEND_FILE,
      methods: { sendFile: translateErrors((draft, call) => fileSender.send(draft, call)) },
    },
    SET_TYPING: {
      ...supports.SET_TYPING,
      methods: {
        setTyping: translateErrors((roomId, isTyping, call) =>
          typing.send(roomId, isTyping, roomApiFor(call)),
        ),
      },
    },
    MARK_SEEN: {
      ...supports.MARK_SEEN,
      methods: { markSeen: translateErrors((ref, call) => markSeen(ref, finder, roomApiFor(call))) },
    },
    ...agentCapabilities(connections.agents, supports, translateErrors),
    SEND_OFFLINE_MESSAGE: offlineSource?.send
      ? {
          ...supports.SEND_OFFLINE_MESSAGE,
          methods: { sendOfflineMessage: offlineSource.send.bind(offlineSource) },
        }
      : unsupported(supports.SEND_OFFLINE_MESSAGE.denialReason),
    LIST_OFFLINE_MESSAGES: offlineSource
      ? {
          ...supports.LIST_OFFLINE_MESSAGES,
          methods: {
            getOfflineMessages: offlineSource.get.bind(offlineSource),
            listOfflineMessages: offlineSource.list.bind(offlineSource),
            countOfflineMessages: offlineSource.count.bind(offlineSource),
          },
        }
      : unsupported(supports.LIST_OFFLINE_MESSAGES.denialReason),
  })
}

/** What the adapter offers whatever its capabilities. */
function createBase(
  { name, timeZone, webhookSecret, organizationId }: LiveChatConfig,
  connections: Connections,
  participants: Participants,
  push: LiveChatPush | null,
) {
  const { agent, directory, forms, roomApiFor } = connections
  const translateErrors = translateErrorsWith((error) => toChatError(error, name))
  const listDepartments = translateErrors((call: CallContext) => directory.listDepartments(call))
  return {
    name,
    kind: 'LIVECHAT',
    hasViewPerRole: true,
    // Both roles may write in a closed room (docs/providers/livechat.md 9): an agent’s message reopens it, a note cannot.
    deniedInClosedRooms: ['CLOSE_ROOM', ...roomWorkCapabilities, 'SEND_NOTE', 'REQUEST_TRANSCRIPT'],
    findDenialReason: (room, capability, ownAgentId) =>
      roomWorkDenialReason(room, capability, { ownAgentId, requeueDenialReason: null }) ??
      agentLimitDenialReason(room, capability, ownAgentId),
    isVerified: (caller) => connections.isVerified(caller),
    ownsToken: ownsTokenWith(connections.accountTokens),
    listVisitorRooms: translateErrors(async (call) =>
      call.caller.role === 'VISITOR' ? listOwnRooms(roomApiFor(call)) : [],
    ),
    timeZone,
    async getHealth(call) {
      // Requests are billed, so one is sent only while the health is unknown. Its result is cached.
      const isUnknown = connections.getHealth().status === 'UNKNOWN'
      if (isUnknown && agent) await listDepartments({ ...call, caller: anonymousCaller }).catch(() => {})
      const health = connections.getHealth()
      // Without push the gateway polls, so a refusal does not change the status.
      return { ...health, reason: health.reason ?? push?.refusalReason ?? null }
    },
    push,
    isOnline: translateErrors((call) => directory.isOnline(call)),
    listDepartments,
    async getDepartments(ids, call) {
      const departments = await listDepartments(call)
      const byId = new Map(departments.map((department) => [department.nativeId, department]))
      return ids.map((nativeId) => {
        // Without a credential nothing but their numbers is known of groups.
        const unnamed = { type: 'Department', provider: name, nativeId, name: null } as const
        return byId.get(nativeId) ?? (agent ? null : unnamed)
      })
    },
    getDepartmentsOnline: translateErrors((ids, call) => directory.readOnline(ids, call)),
    getPreChatForm: translateErrors(async (departmentId, call) =>
      organizationId === undefined ? null : mapPreChatForm(await forms.read(departmentId, call)),
    ),
    readRoomActivity:
      agent &&
      translateErrors((syncToken, call) =>
        readRoomActivity({ provider: name, participants, api: roomApiFor(call) }, syncToken),
      ),
    clockSkewMs: () => connections.clockSkewMs(),
    backgroundDelayMs: () => connections.backgroundDelayMs(),
    parseWebhook:
      webhookSecret === undefined
        ? null
        : createWebhookReader(webhookSecret, { provider: name, participants }),
    close() {
      push?.close()
      return connections.close()
    },
  } satisfies AdapterBase
}
