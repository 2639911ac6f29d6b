import type {
  ChatAdapter,
  MessageDraft,
  MessagePage,
  MessageWindow,
  OfflineMessageQuery,
} from '../../src/domain/adapter.ts'
import { createOperatorCaller } from '../../src/domain/caller.ts'
import { type CapabilityManifest, roomCapabilities, unsupported } from '../../src/domain/capability.ts'
import { ChatError, notFound } from '../../src/domain/errors.ts'
import {
  comparePositions,
  type Message,
  type MessageRef,
  type OfflineMessage,
  type Room,
} from '../../src/domain/model.ts'
import { unsupportedMethods } from '../../src/providers/shared/unsupported-methods.ts'
import type { OpenSubject } from './subjects.ts'

const NAME = 'memory'
const OPERATORS = { roles: ['OPERATOR'], denialReason: 'Only operators use this adapter.' } as const
const supports: CapabilityManifest = {
  LIST_ROOMS: OPERATORS,
  READ_MESSAGES: OPERATORS,
  START_ROOM: unsupported('Rooms are opened by the test.'),
  SEND_MESSAGE: OPERATORS,
  UPDATE_MESSAGE: OPERATORS,
  DELETE_MESSAGE: OPERATORS,
  CLOSE_ROOM: OPERATORS,
  SEND_OFFLINE_MESSAGE: unsupported('Offline messages are left by the test.'),
  LIST_OFFLINE_MESSAGES: OPERATORS,
}

/** What the adapter in memory holds: the shortest provider there is. */
class Memory {
  readonly rooms = new Map<string, { room: Room; messages: Message[] }>()
  readonly offline: OfflineMessage[] = []
  #clock = Date.now()

  open(): string {
    const nativeId = `room-${this.rooms.size + 1}`
    const createdAt = this.tick()
    const room: Room = {
      type: 'Room',
      provider: NAME,
      nativeId,
      status: 'OPEN',
      visitor: null,
      agents: [],
      departmentId: null,
      tags: [],
      createdAt,
      closedAt: null,
      lastActivityAt: createdAt,
      lastMessage: null,
    }
    this.rooms.set(nativeId, { room, messages: [] })
    return nativeId
  }

  close(roomId: string): void {
    const held = this.demand(roomId)
    held.room = { ...held.room, status: 'CLOSED', closedAt: this.tick() }
  }

  demand(roomId: string) {
    const held = this.rooms.get(roomId)
    if (!held) throw notFound('room', NAME)
    return held
  }

  demandOpen(roomId: string) {
    const held = this.demand(roomId)
    if (held.room.status === 'CLOSED')
      throw new ChatError('ROOM_CLOSED', 'The room is closed.', { provider: NAME })
    return held
  }

  say(roomId: string, text: string, role: 'AGENT' | 'VISITOR', messageId: string): Message {
    const held = this.demandOpen(roomId)
    const createdAt = this.tick()
    const message: Message = {
      type: 'Message',
      provider: NAME,
      ref: { roomId, threadId: null, messageId },
      position: { micros: createdAt.getTime() * 1000, id: messageId },
      kind: 'TEXT',
      text,
      author: { nativeId: role, name: role, email: null, avatarUrl: null, role },
      visibility: 'EVERYONE',
      state: 'ACTIVE',
      createdAt,
      editedAt: null,
      editedBy: null,
      attachments: [],
    }
    held.messages.push(message)
    held.room = { ...held.room, lastActivityAt: createdAt }
    return message
  }

  find({ roomId, messageId }: MessageRef): Message | null {
    return this.rooms.get(roomId)?.messages.find(({ ref }) => ref.messageId === messageId) ?? null
  }

  tick(): Date {
    this.#clock += 1
    return new Date(this.#clock)
  }
}

/** An adapter over nothing but memory: it shows that the list can be passed, and is broken to show that it can fail. */
function createMemoryAdapter(memory: Memory): ChatAdapter {
  return {
    ...unsupportedMethods(NAME),
    name: NAME,
    kind: 'LIVECHAT',
    supports,
    hasViewPerRole: false,
    getHealth: async () => ({ status: 'UP', checkedAt: null, reason: null }),
    close: async () => {},
    getRoomCapabilities: (room) =>
      roomCapabilities.map((capability) => {
        const shut = room.status === 'CLOSED' && capability !== 'READ_MESSAGES'
        return { capability, allowed: !shut, reason: shut ? 'The room is closed.' : null }
      }),
    getRooms: async (ids) => ids.map((id) => memory.rooms.get(id)?.room ?? null),
    async *listRooms(_query, resume) {
      const rooms = [...memory.rooms.values()].map(({ room }) => room)
      rooms.sort((a, b) => (b.lastActivityAt?.getTime() ?? 0) - (a.lastActivityAt?.getTime() ?? 0))
      const start = rooms.findIndex(({ nativeId }) => nativeId === resume) + 1
      for (const room of rooms.slice(start)) yield { room, resumeToken: room.nativeId }
    },
    readRoomActivity: async (mark) => {
      const versions = Object.fromEntries([...memory.rooms].map(([id, held]) => [id, versionOf(held)]))
      const before: Record<string, string> | null = mark === null ? null : JSON.parse(mark)
      const changed = Object.keys(versions).filter((id) => before && before[id] !== versions[id])
      return {
        rooms: changed.map((roomId) => ({ roomId, room: memory.demand(roomId).room })),
        syncToken: JSON.stringify(versions),
        isComplete: true,
      }
    },
    closeRoom: async (roomId) => {
      memory.demandOpen(roomId)
      memory.close(roomId)
    },
    getMessages: async (refs) => refs.map((ref) => memory.find(ref)),
    listMessages: async (roomId, window, { signal }) => {
      signal.throwIfAborted()
      return pageOf(memory.demand(roomId).messages, window)
    },
    readRecentMessages: async (roomId) => ({ messages: [...memory.demand(roomId).messages], from: null }),
    sendMessage: async (draft) => send(memory, draft),
    updateMessage: async (ref, text) => {
      const message = demandMessage(memory, ref)
      return replace(memory, { ...message, text, state: 'EDITED', editedAt: memory.tick() })
    },
    deleteMessage: async (ref) => {
      const message = demandMessage(memory, ref)
      const held = memory.demand(ref.roomId)
      held.messages = held.messages.filter((other) => other !== message)
      return memory.tick()
    },
    getOfflineMessages: async (keys) =>
      keys.map((key) => memory.offline.find((message) => message.key === key) ?? null),
    async *listOfflineMessages(query, resume) {
      const found = offlineMatching(memory, query)
      const start = found.findIndex(({ key }) => key === resume) + 1
      for (const message of found.slice(start)) yield { message, resumeToken: message.key }
    },
    countOfflineMessages: async (query) => offlineMatching(memory, query).length,
  }
}

/** The adapter in memory with hands on its memory. */
export async function memorySubject(): Promise<OpenSubject> {
  const memory = new Memory()
  return {
    subject: {
      adapter: createMemoryAdapter(memory),
      caller: createOperatorCaller('conformance'),
      otherCaller: null,
      hasManyRooms: true,
      openRoom: async () => memory.open(),
      closeRoom: async (roomId) => memory.close(roomId),
      receiveMessage: async (roomId, text) => void memory.say(roomId, text, 'VISITOR', `heard-${text}`),
      addOfflineMessage: async (text, daysAgo) => {
        const receivedAt = new Date(memory.tick().getTime() - daysAgo * 86_400_000)
        memory.offline.unshift(offlineMessage(`offline-${memory.offline.length + 1}`, text, receivedAt))
        memory.offline.sort((a, b) => (b.receivedOn ?? '').localeCompare(a.receivedOn ?? ''))
      },
    },
    close: async () => {},
  }
}

function versionOf(held: object): string {
  return JSON.stringify(held)
}

function pageOf(all: readonly Message[], window: MessageWindow): MessagePage {
  const inside = all.filter(({ position, createdAt }) => {
    if (window.after && comparePositions(position, window.after) <= 0) return false
    if (window.before && comparePositions(position, window.before) >= 0) return false
    return !(window.since && createdAt < window.since) && !(window.until && createdAt >= window.until)
  })
  const more = inside.length > window.limit
  return window.take === 'newest'
    ? { messages: inside.slice(-window.limit), hasEarlier: more, hasLater: window.before !== null }
    : { messages: inside.slice(0, window.limit), hasEarlier: window.after !== null, hasLater: more }
}

function send(memory: Memory, { roomId, text, idempotencyKey }: MessageDraft): Message {
  const held = memory.demandOpen(roomId)
  const messageId = `${roomId}-${idempotencyKey ?? held.messages.length + 1}`
  const known = memory.find({ roomId, threadId: null, messageId })
  if (!known) return memory.say(roomId, text, 'AGENT', messageId)
  if (known.text === text) return known
  throw new ChatError('CONFLICT', 'This key was used with another text.', { provider: NAME })
}

function demandMessage(memory: Memory, ref: MessageRef): Message {
  const message = memory.find(ref)
  if (!message) throw notFound('message', NAME)
  return message
}

function replace(memory: Memory, message: Message): Message {
  const held = memory.demand(message.ref.roomId)
  held.messages = held.messages.map((other) =>
    other.ref.messageId === message.ref.messageId ? message : other,
  )
  return message
}

function offlineMatching(memory: Memory, { from, to }: OfflineMessageQuery): OfflineMessage[] {
  return memory.offline.filter(({ receivedOn }) => {
    const day = receivedOn ?? ''
    return (from === null || day >= from) && (to === null || day <= to)
  })
}

function offlineMessage(key: string, text: string, receivedAt: Date): OfflineMessage {
  return {
    type: 'OfflineMessage',
    provider: NAME,
    key,
    nativeId: key,
    name: null,
    email: null,
    text,
    rawText: text,
    departmentId: null,
    receivedAt,
    receivedOn: receivedAt.toISOString().slice(0, 10),
    delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
  }
}
