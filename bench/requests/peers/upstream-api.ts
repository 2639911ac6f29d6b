import { Pool } from 'undici'

/**
 * The providers as a hand-written wrapper calls them: undici, JSON.parse, and no validation. The peers trust what they
 * receive, so the types of responses are asserted. All peers share this file; how often they call it is their own.
 */

/** A message as all queries of the benchmark show it. */
export interface MessageView {
  readonly text: string
  readonly createdAt: string
  readonly author: { readonly name: string | null } | null
}

export interface RoomView {
  readonly nativeId: string
  readonly status: string
  readonly visitor: { readonly name: string | null } | null
  readonly lastMessage: MessageView | null
  /** Epoch milliseconds. */
  readonly lastActivityAt: number
}

/** Credential of a request: a visitor's token, or null for an operator. */
export type VisitorToken = string | null

interface RocketChatMessage {
  readonly msg: string
  readonly ts: string
  readonly alias?: string
  readonly u: { readonly username: string; readonly name?: string }
}

interface RocketChatRoom {
  readonly _id: string
  readonly open?: boolean
  readonly servedBy?: object
  readonly lm: string
  readonly v: { readonly token: string; readonly name?: string; readonly username: string }
  readonly lastMessage?: RocketChatMessage
}

interface LiveChatUser {
  readonly id: string
  readonly type: string
  readonly name: string
}

interface LiveChatEvent {
  readonly text?: string
  readonly created_at: string
  readonly author_id?: string
}

interface LiveChatSummary {
  readonly id: string
  readonly users: readonly LiveChatUser[]
  readonly last_thread_summary: { readonly active: boolean }
  readonly last_event_per_type: Readonly<Record<string, { readonly event: LiveChatEvent }>>
}

const setting = (name: string): string => process.env[name] ?? ''
const pool = new Pool(setting('ROCKETCHAT_URL'), { connections: 64 })
const agentHeaders = {
  'x-user-id': setting('ROCKETCHAT_USER_ID'),
  'x-auth-token': setting('ROCKETCHAT_AUTH_TOKEN'),
}
const liveChatHeaders = {
  authorization: `Basic ${Buffer.from(`${setting('LIVECHAT_ACCOUNT_ID')}:${setting('LIVECHAT_TOKEN')}`).toString('base64')}`,
  'content-type': 'application/json',
}

/** Returns the provider and the native id in a global id of the gateway. */
export function decodeRoomId(id: string): { readonly provider: string; readonly nativeId: string } {
  const [, , provider = '', nativeId = ''] = JSON.parse(
    Buffer.from(id, 'base64url').toString(),
  ) as readonly string[]
  return { provider, nativeId }
}

/** Returns the newest messages of a room, oldest first. */
export async function readMessages(id: string, last: number, token: VisitorToken): Promise<MessageView[]> {
  const { provider, nativeId } = decodeRoomId(id)
  if (provider === 'livechat') return readThreadMessages(nativeId, last)
  const visitorToken = token ?? (await readRoomInfo(nativeId)).v.token
  const path = `/api/v1/livechat/messages.history/${nativeId}?token=${visitorToken}&limit=${last}`
  const { messages } = (await get(path)) as { readonly messages: readonly RocketChatMessage[] }
  return messages.map(toMessage).reverse()
}

/** Returns the visitor of a Rocket.Chat room. */
export async function readVisitor(id: string, token: VisitorToken): Promise<RoomView['visitor']> {
  const { nativeId } = decodeRoomId(id)
  if (token === null) return toVisitor(await readRoomInfo(nativeId))
  const path = `/api/v1/livechat/room?token=${token}&rid=${nativeId}`
  const { room } = (await get(path)) as { readonly room: RocketChatRoom }
  return toVisitor(room)
}

/** Returns the rooms of both providers, latest activity first. */
export async function readInbox(first: number): Promise<RoomView[]> {
  const sort = encodeURIComponent('{"lm":-1,"_id":1}')
  const [{ rooms }, { chats_summary }] = await Promise.all([
    get(`/api/v1/livechat/rooms?count=${first}&sort=${sort}`, agentHeaders) as Promise<{
      readonly rooms: readonly RocketChatRoom[]
    }>,
    post('/v3.6/agent/action/list_chats', { limit: 100 }, liveChatHeaders) as Promise<{
      readonly chats_summary: readonly LiveChatSummary[]
    }>,
  ])
  const views = [...rooms.map(toRoom), ...chats_summary.map(toChat)]
  return views.sort((a, b) => b.lastActivityAt - a.lastActivityAt).slice(0, first)
}

/** Sends a message as the visitor of a Rocket.Chat room. */
export async function sendMessage(id: string, text: string, token: VisitorToken): Promise<MessageView> {
  const { nativeId } = decodeRoomId(id)
  const body = { token, rid: nativeId, msg: text, _id: crypto.randomUUID().replaceAll('-', '') }
  const headers = { 'content-type': 'application/json' }
  const { message } = (await post('/api/v1/livechat/message', body, headers)) as {
    readonly message: RocketChatMessage
  }
  return toMessage(message)
}

async function readRoomInfo(nativeId: string): Promise<RocketChatRoom> {
  const response = await get(`/api/v1/rooms.info?roomId=${nativeId}`, agentHeaders)
  return (response as { readonly room: RocketChatRoom }).room
}

async function readThreadMessages(chatId: string, last: number): Promise<MessageView[]> {
  const [chat, page] = await Promise.all([
    post('/v3.6/agent/action/get_chat', { chat_id: chatId }, liveChatHeaders),
    post('/v3.6/agent/action/list_threads', { chat_id: chatId, min_events_count: last }, liveChatHeaders),
  ])
  const { users } = chat as { readonly users: readonly LiveChatUser[] }
  const { threads } = page as { readonly threads: readonly { readonly events: readonly LiveChatEvent[] }[] }
  const events = threads.toReversed().flatMap((thread) => thread.events)
  return events.slice(-last).map((event) => toEventMessage(event, users))
}

function toMessage({ msg, ts, alias, u }: RocketChatMessage): MessageView {
  return { text: msg, createdAt: ts, author: { name: alias ?? u.name ?? u.username } }
}

function toVisitor({ v }: RocketChatRoom): RoomView['visitor'] {
  return { name: v.name ?? v.username }
}

function toRoom(room: RocketChatRoom): RoomView {
  return {
    nativeId: room._id,
    status: room.open ? (room.servedBy ? 'OPEN' : 'QUEUED') : 'CLOSED',
    visitor: toVisitor(room),
    lastMessage: room.lastMessage ? toMessage(room.lastMessage) : null,
    lastActivityAt: Date.parse(room.lm),
  }
}

function toChat({ id, users, last_thread_summary, last_event_per_type }: LiveChatSummary): RoomView {
  const newest = Object.values(last_event_per_type)
    .map(({ event }) => event)
    .reduce((a, b) => (a.created_at > b.created_at ? a : b))
  return {
    nativeId: id,
    status: last_thread_summary.active ? 'OPEN' : 'CLOSED',
    visitor: { name: users.find(({ type }) => type === 'customer')?.name ?? null },
    lastMessage: toEventMessage(newest, users),
    lastActivityAt: Date.parse(newest.created_at),
  }
}

function toEventMessage({ text, created_at, author_id }: LiveChatEvent, users: readonly LiveChatUser[]) {
  const author = users.find(({ id }) => id === author_id)
  return {
    text: text ?? '',
    createdAt: new Date(created_at).toISOString(),
    author: author ? { name: author.name } : null,
  }
}

async function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { body } = await pool.request({ method: 'GET', path, headers })
  return body.json()
}

async function post(
  path: string,
  content: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  const { body } = await pool.request({ method: 'POST', path, headers, body: JSON.stringify(content) })
  return body.json()
}
