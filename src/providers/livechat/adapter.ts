import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import { anonymousCaller, type Caller } from '../../domain/caller.ts'
import {
  type Capability,
  type CapabilityManifest,
  checkCapability,
  type RoomCapability,
  roomCapabilities,
} from '../../domain/capability.ts'
import type { Room } from '../../domain/model.ts'
import { readEach } from '../shared/batch.ts'
import { translateErrorsWith, translateListErrorsWith } from '../shared/error-translation.ts'
import { readRecent, readWindow } from '../shared/history.ts'
import { unsupportedMethods } from '../shared/unsupported-methods.ts'
import { readRoomActivity } from './agent/room-activity.ts'
import { RoomList } from './agent/room-list.ts'
import { createConnections } from './connections.ts'
import { RoomStarter } from './customer/room-starter.ts'
import { toChatError } from './errors.ts'
import { MessageFinder } from './message-finder.ts'
import { MessageWriter } from './message-writer.ts'
import type { LiveChatOptions } from './options.ts'
import { Participants } from './participants.ts'
import { closeRoom, findRoom } from './rooms.ts'
import { supportsOf } from './supports.ts'
import { walkThreads } from './walk-threads.ts'
import { createWebhookReader } from './webhook.ts'

/** One LiveChat licence: its rooms through today's APIs, its offline messages where it keeps them. */
export function createLiveChat(options: LiveChatOptions): ChatAdapter {
  const { name, webhookSecret, keyedWrites } = options
  const supports = supportsOf(options)
  const connections = createConnections(options)
  const {
    client,
    agent,
    directory,
    customers: visitors,
    offlineSource: offline,
    accountTokens,
    roomApiFor: sideOf,
  } = connections
  const people = new Participants()
  const list = new RoomList(name, people)
  const finder = new MessageFinder(name, people)
  const writer = new MessageWriter({ provider: name, participants: people, directory, keyedWrites })
  const starter =
    visitors &&
    new RoomStarter({
      provider: name,
      client,
      customers: visitors,
      participants: people,
      accountTokens,
      keyedWrites,
    })

  const translate = (error: unknown) => toChatError(error, name)
  const guard = translateErrorsWith(translate)

  const walk = (chatId: string, call: CallContext) =>
    walkThreads({ provider: name, chatId, participants: people, api: sideOf(call) })

  const has = (capability: Capability) => supports[capability].roles.length > 0
  const departments = guard((call: CallContext) => directory.listDepartments(call))

  return {
    ...unsupportedMethods(name),
    name,
    kind: 'LIVECHAT',
    supports,
    hasViewPerRole: true,
    isVerified: (caller) => connections.isVerified(caller),
    timeZone: options.timeZone,
    async getHealth(call) {
      // Calls are billed: one is made to know only where nothing is known, and its answer is kept.
      const unknown = connections.getHealth().status === 'UNKNOWN'
      if (unknown && agent) await departments({ ...call, caller: anonymousCaller }).catch(() => {})
      return connections.getHealth()
    },
    isOnline: guard((call: CallContext) => directory.isOnline(call)),
    listDepartments: departments,
    async getDepartments(ids, call) {
      const byId = new Map((await departments(call)).map((department) => [department.nativeId, department]))
      return ids.map((nativeId) => {
        // Without a credential groups are known by number alone.
        const unnamed = { type: 'Department', provider: name, nativeId, name: null, online: null } as const
        return byId.get(nativeId) ?? (agent ? null : unnamed)
      })
    },

    ...(has('LIST_ROOMS') && {
      listRooms: translateListErrorsWith(translate)((query, resume, call) =>
        list.read(query, resume, sideOf(call)),
      ),
      readRoomActivity: guard((mark, call) =>
        readRoomActivity({ provider: name, people, side: sideOf(call) }, mark),
      ),
    }),
    ...(has('READ_MESSAGES') && {
      getRooms(ids, call) {
        const find = guard((id: string) => findRoom(sideOf(call), id, name, people))
        return readEach(ids, find)
      },
      getMessages: guard((refs, call) => finder.find(refs, sideOf(call))),
      listMessages: guard((roomId, window, call) => readWindow(walk(roomId, call), window)),
      readRecentMessages: guard((roomId, from, call) => readRecent(walk(roomId, call), from)),
      sendMessage: guard((draft, call) => {
        const lasting = { ...call, signal: new AbortController().signal }
        return writer.send(draft, sideOf(draft.idempotencyKey === null ? call : lasting))
      }),
      closeRoom: guard((roomId, _comment, call) => closeRoom(sideOf(call), roomId, name)),
    }),
    ...(has('DELETE_MESSAGE') && {
      deleteMessage: guard((ref, call) => writer.delete(ref, sideOf(call))),
    }),
    ...(starter && { startRoom: guard((draft, call) => starter.start(draft, call)) }),
    getRoomCapabilities: (room, caller) => capabilitiesIn(room, caller, { name, supports }),

    ...(offline && {
      getOfflineMessages: offline.get.bind(offline),
      listOfflineMessages: offline.list.bind(offline),
      countOfflineMessages: offline.count.bind(offline),
      ...(offline.send && { sendOfflineMessage: offline.send.bind(offline) }),
    }),
    clockSkewMs: () => connections.clockSkewMs(),
    backgroundDelayMs: () => connections.backgroundDelayMs(),
    parseWebhook: webhookSecret === undefined ? null : createWebhookReader(webhookSecret),
    close: () => connections.close(),
  }
}

/**
 * What the manifest says, but for what a closed room does not take: both sides may write in one
 * (docs/providers/livechat.md 9).
 */
function capabilitiesIn(
  room: Room,
  caller: Caller,
  provider: { readonly name: string; readonly supports: CapabilityManifest },
): readonly RoomCapability[] {
  return roomCapabilities.map((capability) => {
    const refused = checkCapability(provider, capability, caller)?.message ?? null
    const shut = room.status === 'CLOSED' && capability === 'CLOSE_ROOM' ? 'The room is closed.' : null
    const reason = refused ?? shut
    return { capability, allowed: reason === null, reason }
  })
}
