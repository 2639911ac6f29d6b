import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox, type WorkspaceControl } from '../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../src/domain/ids.ts'

/** Rooms that are read in turn, each by its own visitor. */
const ROOMS = 64
/** Rooms of one visitor, which the dashboard shows. */
const DASHBOARD_ROOMS = 10
const CHATS = 40
/** More than a page of 50, as in most rooms. */
const MESSAGES = 60
const MINUTE_MS = 60_000
/** Messages without the parsed text, which would double its share: 50 of them are 17 KB, half of it selected. */
const UNPARSED = { md: [] }
/** Digits in the newest message of each room, which the upstream double can replace in each response. */
export const COUNTER = '#000000000'

/** A room with the credential of its visitor. `marker` is a text that only the messages of this room contain. */
export interface BenchRoom {
  /** Global id. */
  readonly id: string
  readonly visitorToken: string
  readonly marker: string
}

/** The rooms that the queries of the benchmark read, and the accounts of their providers. */
export interface World {
  readonly rooms: readonly BenchRoom[]
  readonly dashboard: readonly BenchRoom[]
  readonly chats: readonly Omit<BenchRoom, 'visitorToken'>[]
  readonly rocketChat: { readonly url: string; readonly userId: string; readonly authToken: string }
  readonly liveChat: {
    readonly url: string
    readonly accountId: string
    readonly token: string
    readonly organizationId: string
  }
}

/** Starts both sandboxes and fills them: each room holds 60 short messages, one a minute. */
export async function createWorld(): Promise<World> {
  const clock = new Clock(Date.now() - 100 * MINUTE_MS)
  const rocketChat = await startRocketChatSandbox({ seed: false, now: clock.now })
  const liveChat = await startLiveChatSandbox({ seed: false, now: clock.now })
  const { workspace } = rocketChat
  const agentId = workspace.createAgent({ username: 'grace', name: 'Grace Hopper' })._id
  const visitors = Array.from({ length: ROOMS }, (_, index) =>
    openRoom(workspace, `visitor-${index}`, agentId, index),
  )
  const dashboard = Array.from({ length: DASHBOARD_ROOMS }, (_, index) =>
    openRoom(workspace, 'visitor-of-dashboard', agentId, ROOMS + index),
  )
  const chats = Array.from({ length: CHATS }, (_, index) => {
    const chat = liveChat.chats.start({ customer: { name: `Customer ${index}` } })
    return { chatId: chat.id, marker: markerOf('Chat', index) }
  })
  for (let minute = 0; minute < MESSAGES; minute += 1) {
    clock.nextMinute()
    for (const { rid, marker } of [...visitors, ...dashboard]) {
      clock.nextMillisecond()
      const text = textOf(minute, marker)
      if (minute % 2 === 0) workspace.visitorSends(rid, text, UNPARSED)
      else workspace.agentSends(rid, text, UNPARSED)
    }
    for (const { chatId, marker } of chats) {
      clock.nextMillisecond()
      const text = textOf(minute, marker)
      if (minute % 2 === 0) liveChat.chats.customerSends(chatId, text)
      else liveChat.chats.agentSends(chatId, text)
    }
  }
  const { userId, authToken } = workspace.serviceAccount()
  const { accountId, personalAccessToken, organizationId } = liveChat.credentials
  const toBenchRoom = ({ rid, token, marker }: OpenedRoom): BenchRoom => ({
    id: encodeId({ type: 'Room', provider: 'rocketchat', roomId: rid }),
    visitorToken: token,
    marker,
  })
  return {
    rooms: visitors.map(toBenchRoom),
    dashboard: dashboard.map(toBenchRoom),
    chats: chats.map(({ chatId, marker }) => ({
      id: encodeId({ type: 'Room', provider: 'livechat', roomId: chatId }),
      marker,
    })),
    rocketChat: { url: rocketChat.url, userId, authToken },
    liveChat: { url: liveChat.url, accountId, token: personalAccessToken, organizationId },
  }
}

interface OpenedRoom {
  readonly rid: string
  readonly token: string
  readonly marker: string
}

function openRoom(workspace: WorkspaceControl, token: string, agentId: string, index: number): OpenedRoom {
  workspace.createVisitor({ token, name: `Visitor ${index}` })
  return { rid: workspace.openRoom({ token, agentId })._id, token, marker: markerOf('Room', index) }
}

function markerOf(kind: string, index: number): string {
  return `${kind} ${String(index).padStart(3, '0')}`
}

function textOf(minute: number, marker: string): string {
  const sentence = `${marker}: parcel ${minute} has left the depot and arrives tomorrow before noon`
  return minute === MESSAGES - 1 ? `${sentence}, ${COUNTER}.` : `${sentence}.`
}

/** A clock that moves only on request, so that no two messages have the same time. */
class Clock {
  #ms: number

  constructor(startMs: number) {
    this.#ms = startMs
  }

  readonly now = (): number => this.#ms

  nextMillisecond(): void {
    this.#ms += 1
  }

  nextMinute(): void {
    this.#ms = Math.ceil((this.#ms + 1) / MINUTE_MS) * MINUTE_MS
  }
}
