import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { unsupported } from '../../../src/domain/capability.ts'
import type { MessagePage, MessageWindow } from '../../../src/domain/messages.ts'
import { comparePositions, type Message, type RoomStatus, type TimeRange } from '../../../src/domain/model.ts'
import { matchesRoomQuery } from '../../../src/domain/room-query.ts'
import { createChatAdapter } from '../../../src/providers/shared/chat-adapter.ts'
import { computeStatistics } from '../../../src/providers/shared/statistics.ts'
import type { MemoryStore } from './memory-store.ts'

const operators = { roles: ['OPERATOR'], denialReason: 'Only operators use this adapter.' } as const

/** The shortest adapter there is: over a store in memory, for operators. */
export function createMemoryAdapter(store: MemoryStore): ChatAdapter {
  const base = {
    name: store.provider,
    kind: 'MEMORY',
    hasViewPerRole: false,
    deniedInClosedRooms: ['SEND_MESSAGE', 'UPDATE_MESSAGE', 'DELETE_MESSAGE', 'CLOSE_ROOM'],
    getHealth: async () => ({ status: 'UP', checkedAt: null, reason: null }),
    readRoomActivity: async (syncToken) => readActivity(store, syncToken),
    close: async () => {},
  } satisfies Parameters<typeof createChatAdapter>[0]
  return createChatAdapter(base, {
    LIST_ROOMS: {
      ...operators,
      methods: {
        countRooms: async (query) =>
          [...store.rooms.values()].filter(({ room }) => matchesRoomQuery(room, query)).length,
        async *listRooms(_query, resume) {
          const rooms = [...store.rooms.values()].map(({ room }) => room)
          rooms.sort((a, b) => (b.lastActivityAt?.getTime() ?? 0) - (a.lastActivityAt?.getTime() ?? 0))
          const start = rooms.findIndex(({ nativeId }) => nativeId === resume) + 1
          for (const room of rooms.slice(start)) yield { room, resumeToken: room.nativeId }
        },
        readStatistics: async (range) => readStatistics(store, range),
      },
    },
    READ_MESSAGES: {
      ...operators,
      methods: {
        getRooms: async (ids) => ids.map((id) => store.rooms.get(id)?.room ?? null),
        getMessages: async (refs) => refs.map((ref) => store.findMessage(ref)),
        listMessages: async (roomId, window, { signal }) => {
          signal.throwIfAborted()
          return cutPage(store.getRoom(roomId).messages, window)
        },
        readRecentMessages: async (roomId) => ({ messages: [...store.getRoom(roomId).messages], from: null }),
        openFile: async (attachment) => store.openFile(attachment),
      },
    },
    START_ROOM: unsupported('Rooms are opened by the test.'),
    SEND_MESSAGE: { ...operators, methods: { sendMessage: async (draft) => store.sendMessage(draft) } },
    UPDATE_MESSAGE: {
      ...operators,
      methods: { updateMessage: async (ref, text) => store.updateMessage(ref, text) },
    },
    DELETE_MESSAGE: { ...operators, methods: { deleteMessage: async (ref) => store.deleteMessage(ref) } },
    CLOSE_ROOM: {
      ...operators,
      methods: {
        closeRoom: async (roomId, { tags }) => {
          const { room } = store.getOpenRoom(roomId)
          store.setTags(roomId, [...room.tags, ...tags])
          store.closeRoom(roomId)
        },
      },
    },
    TAKE_ROOM: unsupported('This adapter has no such thing.'),
    ASSIGN_ROOM: unsupported('This adapter has no such thing.'),
    TRANSFER_ROOM: unsupported('This adapter has no such thing.'),
    REQUEUE_ROOM: unsupported('This adapter has no such thing.'),
    SET_TAGS: { ...operators, methods: { setRoomTags: async (roomId, tags) => store.setTags(roomId, tags) } },
    RATE_ROOM: { ...operators, methods: { rateRoom: async (roomId, rating) => store.rate(roomId, rating) } },
    REQUEST_TRANSCRIPT: {
      ...operators,
      methods: { requestTranscript: async (roomId) => void store.getRoom(roomId) },
    },
    SEND_NOTE: { ...operators, methods: { sendMessage: async (draft) => store.sendMessage(draft) } },
    SET_TYPING: unsupported('This adapter has no signals.'),
    MARK_SEEN: unsupported('This adapter has no signals.'),
    SEND_FILE: {
      ...operators,
      methods: {
        sendFile: async (draft) => ({ message: await store.sendFile(draft), textError: null }),
      },
    },
    LIST_AGENTS: {
      ...operators,
      methods: {
        listAgents: async () => [store.agent],
        countActiveRooms: async () => {
          const open = [...store.rooms.values()].filter(({ room }) => room.status === 'OPEN')
          return new Map([[store.agent.nativeId, open.length]])
        },
        findOwnAgentId: async () => store.agent.nativeId,
        findOwnAgent: async () => store.agent,
      },
    },
    SET_AGENT_STATUS: {
      ...operators,
      methods: { setAgentStatus: async (id, acceptingChats) => store.setAgentStatus(id, acceptingChats) },
    },
    RENEW_VISITOR: unsupported('This adapter has no such thing.'),
    SEND_OFFLINE_MESSAGE: unsupported('Offline messages are left by the test.'),
    LIST_OFFLINE_MESSAGES: {
      ...operators,
      methods: {
        getOfflineMessages: async (keys) =>
          keys.map((key) => store.offline.find((message) => message.key === key) ?? null),
        async *listOfflineMessages(query, resume) {
          const found = store.listOffline(query)
          const start = found.findIndex(({ key }) => key === resume) + 1
          for (const message of found.slice(start)) yield { message, resumeToken: message.key }
        },
        countOfflineMessages: async (query) => store.listOffline(query).length,
      },
    },
  })
}

function readStatistics(store: MemoryStore, range: TimeRange) {
  const rooms = [...store.rooms.values()].map(({ room }) => room)
  const count = (status: RoomStatus) => {
    const matching = rooms.filter(
      (room) => room.status === status && !(range.from && room.closedAt && room.closedAt < range.from),
    )
    const counted = matching.map(({ departmentId }) => ({
      departmentId,
      waitingSince: null,
      firstResponseMs: null,
    }))
    return { rooms: counted, total: counted.length, isComplete: true }
  }
  const { provider, agent } = store
  const states = { open: count('OPEN'), queued: count('QUEUED'), onHold: null, closed: count('CLOSED') }
  return computeStatistics({ provider, ...states, agents: [agent] }, range, Date.now())
}

function readActivity({ rooms }: MemoryStore, syncToken: string | null) {
  const versions = Object.fromEntries([...rooms].map(([id, stored]) => [id, JSON.stringify(stored)]))
  const before: Record<string, string> | null = syncToken === null ? null : JSON.parse(syncToken)
  const changed = [...rooms].filter(([id]) => before && before[id] !== versions[id])
  return {
    rooms: changed.map(([roomId, { room }]) => ({ roomId, room })),
    syncToken: JSON.stringify(versions),
    isComplete: true,
  }
}

function cutPage(all: readonly Message[], window: MessageWindow): MessagePage {
  const inside = all.filter(({ position, createdAt }) => {
    if (window.after && comparePositions(position, window.after) <= 0) return false
    if (window.before && comparePositions(position, window.before) >= 0) return false
    return !(window.since && createdAt < window.since) && !(window.until && createdAt >= window.until)
  })
  const hasMore = inside.length > window.limit
  return window.take === 'newest'
    ? { messages: inside.slice(-window.limit), hasEarlier: hasMore, hasLater: window.before !== null }
    : { messages: inside.slice(0, window.limit), hasEarlier: window.after !== null, hasLater: hasMore }
}
