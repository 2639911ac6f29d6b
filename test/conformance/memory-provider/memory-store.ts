import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ChatError, notFound } from '../../../src/domain/errors.ts'
import type { FileDraft, OpenedFile } from '../../../src/domain/files.ts'
import type { MessageDraft } from '../../../src/domain/messages.ts'
import {
  type Agent,
  type Attachment,
  type Message,
  type MessageRef,
  type MessageVisibility,
  NO_PARTICIPANT_DETAILS,
  NO_ROOM_DETAILS,
  type OfflineMessage,
  type Participant,
  type Room,
} from '../../../src/domain/model.ts'
import type { OfflineMessageQuery } from '../../../src/domain/offline-messages.ts'
import type { RatingDraft } from '../../../src/domain/rooms.ts'

/** A room with its messages, oldest first. */
export interface StoredRoom {
  room: Room
  messages: Message[]
}

/** What one account in memory holds. */
export class MemoryStore {
  readonly provider: string
  readonly rooms = new Map<string, StoredRoom>()
  readonly offline: OfflineMessage[] = []
  readonly #files = new Map<string, Buffer>()
  #clock = Date.now()
  #acceptingChats = true

  constructor(provider: string) {
    this.provider = provider
  }

  /** Throws NOT_FOUND for anybody but the only agent. */
  setAgentStatus(agentId: string, acceptingChats: boolean): void {
    if (agentId !== this.agent.nativeId) throw notFound('agent', this.provider)
    this.#acceptingChats = acceptingChats
  }

  /** The only agent, who serves all rooms. */
  get agent(): Agent {
    return {
      type: 'Agent',
      provider: this.provider,
      nativeId: 'AGENT',
      name: 'AGENT',
      email: null,
      avatarUrl: null,
      acceptingChats: this.#acceptingChats,
      maxRooms: null,
      departmentIds: [],
    }
  }

  openRoom(): string {
    const nativeId = `room-${this.rooms.size + 1}`
    const createdAt = this.tick()
    const room: Room = {
      ...NO_ROOM_DETAILS,
      type: 'Room',
      provider: this.provider,
      nativeId,
      status: 'OPEN',
      visitor: null,
      agents: [participant('AGENT')],
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

  /** Replaces the tags. Throws NOT_FOUND, as `rate` does. */
  setTags(roomId: string, tags: readonly string[]): void {
    const stored = this.getRoom(roomId)
    stored.room = { ...stored.room, tags: [...new Set(tags)] }
  }

  rate(roomId: string, rating: RatingDraft): void {
    const stored = this.getRoom(roomId)
    stored.room = { ...stored.room, rating: { ...rating, ratedAt: this.tick() } }
  }

  closeRoom(roomId: string): void {
    const stored = this.getRoom(roomId)
    stored.room = { ...stored.room, status: 'CLOSED', closedAt: this.tick() }
  }

  /** Throws NOT_FOUND. */
  getRoom(roomId: string): StoredRoom {
    const stored = this.rooms.get(roomId)
    if (!stored) throw notFound('room', this.provider)
    return stored
  }

  /** Throws NOT_FOUND or ROOM_CLOSED. */
  getOpenRoom(roomId: string): StoredRoom {
    const stored = this.getRoom(roomId)
    if (stored.room.status === 'CLOSED')
      throw new ChatError('ROOM_CLOSED', 'The room is closed.', { provider: this.provider })
    return stored
  }

  addMessage(
    roomId: string,
    text: string,
    role: 'AGENT' | 'VISITOR',
    messageId: string,
    visibility: MessageVisibility = 'EVERYONE',
  ): Message {
    const stored = this.getOpenRoom(roomId)
    const createdAt = this.tick()
    const message: Message = {
      type: 'Message',
      provider: this.provider,
      ref: { roomId, threadId: null, messageId },
      position: { micros: createdAt.getTime() * 1000, id: messageId },
      kind: 'TEXT',
      text,
      author: participant(role),
      visibility,
      state: 'ACTIVE',
      createdAt,
      editedAt: null,
      editedBy: null,
      attachments: [],
      form: null,
      buttons: [],
      systemEvent: null,
    }
    stored.messages.push(message)
    stored.room = { ...stored.room, lastActivityAt: createdAt }
    return message
  }

  sendMessage({ roomId, text, visibility = 'EVERYONE', idempotencyKey }: MessageDraft): Message {
    const { messages } = this.getOpenRoom(roomId)
    const messageId = `${roomId}-${idempotencyKey ?? messages.length + 1}`
    const known = this.findMessage({ roomId, threadId: null, messageId })
    if (!known) return this.addMessage(roomId, text, 'AGENT', messageId, visibility)
    if (known.text === text && known.visibility === visibility) return known
    const detail = 'This key was used with another text or visibility.'
    throw new ChatError('CONFLICT', detail, { provider: this.provider })
  }

  /** Stores a file whose content is complete. The text is part of the message. */
  async sendFile({ roomId, name, contentType, body, text, idempotencyKey }: FileDraft): Promise<Message> {
    this.getOpenRoom(roomId)
    const messageId = `${roomId}-file-${idempotencyKey ?? this.#files.size + 1}`
    const known = this.findMessage({ roomId, threadId: null, messageId })
    if (known?.attachments[0]?.name === name) return known
    if (known)
      throw new ChatError('CONFLICT', 'This key was used with another file.', { provider: this.provider })
    const content = await buffer(body)
    const message = this.addMessage(roomId, text ?? '', 'AGENT', messageId)
    const { provider, ref } = message
    const providerUrl = `memory:${messageId}`
    this.#files.set(providerUrl, content)
    const attachment = {
      provider,
      ref,
      index: 0,
      providerUrl,
      externalUrl: null,
      name,
      contentType,
      size: content.length,
    }
    return this.#replace({ ...message, kind: 'FILE', attachments: [attachment] })
  }

  /** Opens a whole file: a provider need not support parts. Throws NOT_FOUND. */
  openFile({ providerUrl, contentType }: Attachment): OpenedFile {
    const content = this.#files.get(providerUrl ?? '')
    if (!content) throw notFound('file', this.provider)
    return {
      status: 200,
      contentType,
      contentLength: content.length,
      contentRange: null,
      etag: null,
      lastModified: null,
      acceptsRanges: false,
      body: Readable.from([content]),
    }
  }

  findMessage({ roomId, messageId }: MessageRef): Message | null {
    return this.rooms.get(roomId)?.messages.find(({ ref }) => ref.messageId === messageId) ?? null
  }

  /** Throws NOT_FOUND. */
  getMessage(ref: MessageRef): Message {
    const message = this.findMessage(ref)
    if (!message) throw notFound('message', this.provider)
    return message
  }

  updateMessage(ref: MessageRef, text: string): Message {
    return this.#replace({ ...this.getMessage(ref), text, state: 'EDITED', editedAt: this.tick() })
  }

  #replace(message: Message): Message {
    const { roomId, messageId } = message.ref
    const stored = this.getRoom(roomId)
    stored.messages = stored.messages.map((other) => (other.ref.messageId === messageId ? message : other))
    return message
  }

  deleteMessage(ref: MessageRef): Date {
    const message = this.getMessage(ref)
    const stored = this.getRoom(ref.roomId)
    stored.messages = stored.messages.filter((other) => other !== message)
    return this.tick()
  }

  addOfflineMessage(text: string, daysAgo: number): void {
    const receivedAt = new Date(this.tick().getTime() - daysAgo * 86_400_000)
    const key = `offline-${this.offline.length + 1}`
    this.offline.unshift({
      type: 'OfflineMessage',
      provider: this.provider,
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
    })
    this.offline.sort((a, b) => (b.receivedOn ?? '').localeCompare(a.receivedOn ?? ''))
  }

  listOffline({ from, to }: OfflineMessageQuery): readonly OfflineMessage[] {
    return this.offline.filter(({ receivedOn }) => {
      const day = receivedOn ?? ''
      return (from === null || day >= from) && (to === null || day <= to)
    })
  }

  tick(): Date {
    this.#clock += 1
    return new Date(this.#clock)
  }
}

/** The only participant of a role. */
function participant(role: 'AGENT' | 'VISITOR'): Participant {
  return { nativeId: role, name: role, email: null, avatarUrl: null, role, ...NO_PARTICIPANT_DETAILS }
}
