import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import { anonymousCaller } from '../../domain/caller.ts'
import { unsupported } from '../../domain/capability.ts'
import type { AdapterDependencies } from '../definition.ts'
import { readEach } from '../shared/batch.ts'
import { type AdapterBase, createChatAdapter } from '../shared/chat-adapter.ts'
import { translateErrorsWith, translateListErrorsWith } from '../shared/error-translation.ts'
import { readRecent, readWindow } from '../shared/history.ts'
import { readRoomActivity } from './agent/room-activity.ts'
import { RoomList } from './agent/room-list.ts'
import { createConnections } from './connections.ts'
import { RoomStarter } from './customer/room-starter.ts'
import { toChatError } from './errors.ts'
import { MessageFinder } from './message-finder.ts'
import { MessageWriter } from './message-writer.ts'
import { Participants } from './participants.ts'
import { closeRoom, findRoom } from './rooms.ts'
import type { LiveChatConfig } from './settings.ts'
import { supportsOf } from './supports.ts'
import { walkThreads } from './walk-threads.ts'
import { createWebhookReader } from './webhook.ts'

/** One LiveChat licence: its rooms through today's APIs, its offline messages where it keeps them. */
export function createLiveChat(config: LiveChatConfig, dependencies: AdapterDependencies): ChatAdapter {
  const { name, webhookSecret } = config
  const { keyedWrites } = dependencies
  const supports = supportsOf(config)
  const connections = createConnections(config, dependencies)
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

  const departments = guard((call: CallContext) => directory.listDepartments(call))

  const base = {
    name,
    kind: 'LIVECHAT',
    hasViewPerRole: true,
    // Both roles may write in a closed room (docs/providers/livechat.md 9).
    deniedInClosedRooms: ['CLOSE_ROOM'],
    isVerified: (caller) => connections.isVerified(caller),
    timeZone: config.timeZone,
    async getHealth(call) {
      // Calls are billed: one is made to know only where nothing is known, and its answer is kept.
      const unknown = connections.getHealth().status === 'UNKNOWN'
      if (unknown && agent) await departments({ ...call, caller: anonymousCaller }).catch(() => {})
      return connections.getHealth()
    },
    isOnline: guard((call) => directory.isOnline(call)),
    listDepartments: departments,
    async getDepartments(ids, call) {
      const byId = new Map((await departments(call)).map((department) => [department.nativeId, department]))
      return ids.map((nativeId) => {
        // Without a credential groups are known by number alone.
        const unnamed = { type: 'Department', provider: name, nativeId, name: null, online: null } as const
        return byId.get(nativeId) ?? (agent ? null : unnamed)
      })
    },
    readRoomActivity:
      agent && guard((mark, call) => readRoomActivity({ provider: name, people, side: sideOf(call) }, mark)),
    clockSkewMs: () => connections.clockSkewMs(),
    backgroundDelayMs: () => connections.backgroundDelayMs(),
    parseWebhook: webhookSecret === undefined ? null : createWebhookReader(webhookSecret),
    close: () => connections.close(),
  } satisfies AdapterBase

  return createChatAdapter(base, {
    LIST_ROOMS: {
      ...supports.LIST_ROOMS,
      methods: {
        listRooms: translateListErrorsWith(translate)((query, resume, call) =>
          list.read(query, resume, sideOf(call)),
        ),
      },
    },
    READ_MESSAGES: {
      ...supports.READ_MESSAGES,
      methods: {
        getRooms(ids, call) {
          const find = guard((id: string) => findRoom(sideOf(call), id, name, people))
          return readEach(ids, find)
        },
        getMessages: guard((refs, call) => finder.find(refs, sideOf(call))),
        listMessages: guard((roomId, window, call) => readWindow(walk(roomId, call), window)),
        readRecentMessages: guard((roomId, from, call) => readRecent(walk(roomId, call), from)),
      },
    },
    START_ROOM: starter
      ? {
          ...supports.START_ROOM,
          methods: { startRoom: guard((draft, call) => starter.start(draft, call)) },
        }
      : unsupported(supports.START_ROOM.denialReason),
    SEND_MESSAGE: {
      ...supports.SEND_MESSAGE,
      methods: {
        sendMessage: guard((draft, call) => {
          const lasting = { ...call, signal: new AbortController().signal }
          return writer.send(draft, sideOf(draft.idempotencyKey === null ? call : lasting))
        }),
      },
    },
    UPDATE_MESSAGE: supports.UPDATE_MESSAGE,
    DELETE_MESSAGE: {
      ...supports.DELETE_MESSAGE,
      methods: { deleteMessage: guard((ref, call) => writer.delete(ref, sideOf(call))) },
    },
    CLOSE_ROOM: {
      ...supports.CLOSE_ROOM,
      methods: { closeRoom: guard((roomId, _comment, call) => closeRoom(sideOf(call), roomId, name)) },
    },
    SEND_OFFLINE_MESSAGE: offline?.send
      ? { ...supports.SEND_OFFLINE_MESSAGE, methods: { sendOfflineMessage: offline.send.bind(offline) } }
      : unsupported(supports.SEND_OFFLINE_MESSAGE.denialReason),
    LIST_OFFLINE_MESSAGES: offline
      ? {
          ...supports.LIST_OFFLINE_MESSAGES,
          methods: {
            getOfflineMessages: offline.get.bind(offline),
            listOfflineMessages: offline.list.bind(offline),
            countOfflineMessages: offline.count.bind(offline),
          },
        }
      : unsupported(supports.LIST_OFFLINE_MESSAGES.denialReason),
  })
}
