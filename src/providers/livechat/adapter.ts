import type { ChatAdapter } from '../../chat/adapter.ts'
import { refusal, roomCapabilities, type Supports, unsupported } from '../../chat/capability.ts'
import { createUpstream, type UpstreamReport } from '../../upstream/client.ts'
import { oneByOne } from '../batch.ts'
import { HealthTracker } from '../health.ts'
import { refusing } from '../refusing.ts'
import { createClassicClient } from './classic-client.ts'
import { toChatError } from './classic-errors.ts'
import { ClassicOfflineList, mapOfflineMessage } from './offline-list.ts'

export interface LiveChatOptions {
  /** The configured name. */
  readonly name: string
  /** Base address of the classic REST API. */
  readonly restUrl: string
  /** Login and key of the classic REST API; null where the account has none. */
  readonly classic: { readonly login: string; readonly apiKey: string } | null
  /** IANA zone in which the licence counts its days. */
  readonly timeZone: string
  /** One upstream request. */
  readonly timeoutMs: number
  readonly onCall?: (report: UpstreamReport) => void
}

const NO_ROOMS =
  'This gateway reads LiveChat through its classic API, which has offline messages and no rooms.'
const NO_LOGIN = 'LiveChat’s offline messages need LIVECHAT_LOGIN and LIVECHAT_API_KEY.'

/** One LiveChat licence through its classic REST API. */
export function createLiveChat(options: LiveChatOptions): ChatAdapter {
  const { name } = options
  const health = new HealthTracker()
  const upstream = createUpstream({
    url: options.restUrl,
    timeoutMs: options.timeoutMs,
    onCall: (report) => {
      health.observe(report)
      if (report.outcome === '401') health.refuse('LIVECHAT_LOGIN and LIVECHAT_API_KEY are refused.')
      options.onCall?.(report)
    },
  })
  const client = createClassicClient(upstream, options.classic?.login ?? '', options.classic?.apiKey ?? '')
  const list = new ClassicOfflineList(client, name, options.timeZone)
  const supports = supportsOf(options)
  const translate = (error: unknown): never => {
    throw toChatError(error, name)
  }

  return {
    ...refusing(name),
    name,
    kind: 'LIVECHAT',
    supports,
    // The classic API has no call that is free: what is not known from real calls stays UNKNOWN.
    health: async () => health.current(),
    // The classic API knows its groups by number alone.
    listDepartments: async () => [],
    getDepartments: async (ids) =>
      ids.map((nativeId) => ({ type: 'Department', provider: name, nativeId, name: null, online: null })),
    capabilitiesIn: (_room, caller) =>
      roomCapabilities.map((capability) => {
        const refused = refusal({ name, supports }, capability, caller)
        return { capability, allowed: refused === null, reason: refused?.message ?? null }
      }),
    getOfflineMessages: (keys, call) =>
      oneByOne(keys, async (key) =>
        mapOfflineMessage(await client.one(key, call).catch(translate), null, name),
      ),
    async *listOfflineMessages(query, resume, call) {
      try {
        yield* list.read(query, resume, call)
      } catch (error) {
        translate(error)
      }
    },
    countOfflineMessages: (query, call) => list.count(query, call).catch(translate),
    close: () => upstream.close(),
  }
}

function supportsOf({ classic }: LiveChatOptions): Supports {
  const rooms = unsupported(NO_ROOMS)
  return {
    LIST_ROOMS: rooms,
    READ_MESSAGES: rooms,
    START_ROOM: rooms,
    SEND_MESSAGE: rooms,
    UPDATE_MESSAGE: unsupported('LiveChat cannot edit a message: no version of it can.'),
    DELETE_MESSAGE: rooms,
    CLOSE_ROOM: rooms,
    SEND_OFFLINE_MESSAGE: unsupported('LiveChat’s classic API takes no offline messages.'),
    LIST_OFFLINE_MESSAGES: classic
      ? { roles: ['OPERATOR'], otherwise: 'Only operators read offline messages.' }
      : unsupported(NO_LOGIN),
  }
}
