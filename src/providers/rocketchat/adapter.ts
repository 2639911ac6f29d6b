import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Call, ChatAdapter, RoomDraft, StartedRoom } from '../../chat/adapter.ts'
import type { Caller } from '../../chat/caller.ts'
import { type RoomCapability, refusal, roomCapabilities } from '../../chat/capability.ts'
import { ChatError } from '../../chat/errors.ts'
import type { Room } from '../../chat/model.ts'
import { createUpstream, type UpstreamReport } from '../../upstream/client.ts'
import { oneByOne } from '../batch.ts'
import { HealthTracker } from '../health.ts'
import { refusing } from '../refusing.ts'
import { createRocketChatClient } from './client.ts'
import { listPublicDepartments } from './departments.ts'
import { toChatError } from './errors.ts'
import { type ReadHistory, readRecent, readWindow } from './history.ts'
import { messageId, visitorToken } from './keys.ts'
import { mapMessage } from './map.ts'
import { VisitorMessages } from './messages.ts'
import { sendOfflineForm } from './offline.ts'
import { visitorSide } from './supports.ts'
import { VisitorRooms } from './visitor.ts'

export interface RocketChatOptions {
  /** The configured name. */
  readonly name: string
  /** Base address of the server, without `/api/v1`. */
  readonly url: string
  /** One upstream request. */
  readonly timeoutMs: number
  readonly offlineDepartment: string | null
  readonly offlineHost: string | null
  readonly onCall?: (report: UpstreamReport) => void
}

/** One Rocket.Chat server as visitors see it. */
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
  })
  const client = createRocketChatClient(upstream)
  const origin = { provider: name, url: options.url }
  const rooms = new VisitorRooms(client, origin)
  const messages = new VisitorMessages(client, rooms, origin)
  const secret = randomBytes(32)

  /** Gives a method whose failures are of the one family. */
  const guard =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await work(...args)
      } catch (error) {
        throw toChatError(error, name)
      }
    }

  const readerOf = (roomId: string, call: Call): ReadHistory => {
    const token = tokenOf(call.caller, name)
    return async (end, limit) =>
      (await rooms.readHistory(roomId, token, end, limit, call)).map((wire) =>
        mapMessage(wire, roomId, origin),
      )
  }

  const start = async (draft: RoomDraft, call: Call): Promise<StartedRoom> => {
    const token = visitorToken(draft, secret)
    const room = await rooms.start(draft, token, call)
    if (draft.text === null) return { room, visitorToken: token }
    const id = messageId(room.nativeId, 'VISITOR', draft.idempotencyKey)
    try {
      await messages.send({ id, roomId: room.nativeId, text: draft.text }, token, call)
    } catch (error) {
      // Without its first message the room is nobody's: the visitor gets an error and never learns the token.
      await rooms.close(room.nativeId, token, call).catch(() => {
        call.log.warn(
          { provider: name, roomId: room.nativeId },
          'a room whose first message failed stays open',
        )
      })
      throw error
    }
    return { room, visitorToken: token }
  }

  const departments = guard((call: Call) => listPublicDepartments(client, name, call))

  return {
    ...refusing(name),
    name,
    kind: 'ROCKET_CHAT',
    supports: visitorSide,
    async health(call) {
      if (health.current().status === 'UNKNOWN') {
        const probe = { method: 'GET', route: '/api/info' } as const
        await client.send(probe, z.unknown(), call).catch(() => {})
      }
      return health.current()
    },
    listDepartments: departments,
    async getDepartments(ids, call) {
      const byId = new Map((await departments(call)).map((department) => [department.nativeId, department]))
      return ids.map((id) => byId.get(id) ?? null)
    },
    getRooms: (ids, call) =>
      oneByOne(
        ids,
        guard((id) => rooms.find(id, tokenOf(call.caller, name), call)),
      ),
    capabilitiesIn: (room, caller) => capabilitiesIn(room, caller, name),
    startRoom: guard(start),
    closeRoom: guard((roomId, _comment, call) => rooms.close(roomId, tokenOf(call.caller, name), call)),
    getMessages: (refs, call) =>
      oneByOne(
        refs,
        guard((ref) => messages.find(ref, tokenOf(call.caller, name), call)),
      ),
    listMessages: guard((roomId, window, call) => readWindow(readerOf(roomId, call), window)),
    recentMessages: guard((roomId, from, call) => readRecent(readerOf(roomId, call), from)),
    sendMessage: guard(({ roomId, text, idempotencyKey }, call) => {
      const id = messageId(roomId, call.caller.role, idempotencyKey)
      return messages.send({ id, roomId, text }, tokenOf(call.caller, name), call)
    }),
    updateMessage: guard((ref, text, call) => messages.update(ref, text, tokenOf(call.caller, name), call)),
    deleteMessage: guard((ref, call) => messages.remove(ref, tokenOf(call.caller, name), call)),
    sendOfflineMessage: guard((draft, call) =>
      sendOfflineForm(
        client,
        draft,
        { provider: name, department: options.offlineDepartment, host: options.offlineHost },
        call,
      ),
    ),
    close: () => upstream.close(),
  }
}

function tokenOf(caller: Caller, provider: string): string {
  if (caller.role === 'VISITOR') return caller.token
  throw new ChatError('UNAUTHENTICATED', 'This needs a visitor’s token.', { provider })
}

const CLOSED = 'The room is closed.'

function capabilitiesIn(room: Room, caller: Caller, name: string): readonly RoomCapability[] {
  return roomCapabilities.map((capability) => {
    const refused = refusal({ name, supports: visitorSide }, capability, caller)
    if (refused) return { capability, allowed: false, reason: refused.message }
    // Rocket.Chat lets a visitor read, edit and delete in a closed room, but neither write nor close it again.
    const shut = room.status === 'CLOSED' && (capability === 'SEND_MESSAGE' || capability === 'CLOSE_ROOM')
    return { capability, allowed: !shut, reason: shut ? CLOSED : null }
  })
}
