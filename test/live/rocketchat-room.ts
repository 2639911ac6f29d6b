import { encodeId } from '../../src/domain/ids.ts'
import { fetchData, waitUntil } from '../support/graphql-client.ts'
import {
  asVisitor,
  createTestGateway,
  type TestGateway,
  type TestGatewayOptions,
} from '../support/test-gateway.ts'
import { Page, Send } from './documents.ts'

export const VISITOR_TOKEN = 'visitor-token'
export const HISTORY_ROUTE = '/api/v1/livechat/messages.history/:rid'

/** A gateway and a Rocket.Chat with one room of a visitor and an agent. */
export interface RocketChatRoom extends TestGateway {
  /** The room's id at Rocket.Chat. */
  readonly rid: string
  /** The room's global id. */
  readonly room: string
  /** Counts the requests for histories. */
  historyRequests(): number
}

/** Starts them; the room has no messages. */
export async function openRocketChatRoom(options: TestGatewayOptions = {}): Promise<RocketChatRoom> {
  const testGateway = await createTestGateway(options)
  const { rocketChat } = testGateway
  rocketChat.workspace.createAgent({ username: 'agent', name: 'Agent' })
  const rid = addRoom(testGateway, VISITOR_TOKEN)
  return {
    ...testGateway,
    rid,
    room: globalId(rid),
    historyRequests: () => rocketChat.counts()[`GET ${HISTORY_ROUTE}`] ?? 0,
  }
}

/** Adds a visitor with an empty room; gives the room's id at Rocket.Chat. */
export function addRoom({ rocketChat: { workspace } }: TestGateway, token: string): string {
  workspace.createVisitor({ token })
  const { _id } = workspace.openRoom({ token })
  for (const message of [...workspace.messages(_id)]) workspace.prune(message._id)
  return _id
}

export function globalId(rid: string): string {
  return encodeId({ type: 'Room', provider: 'rocketchat', roomId: rid })
}

/** Waits until this many subscribers are registered: they receive all later changes. */
export async function waitForSubscribers({ gateway }: RocketChatRoom, count: number): Promise<void> {
  await waitUntil(() => gateway.liveCounts().subscribers === count)
}

/** Reads the end cursor of the room's newest page. */
export async function readEndCursor({ url, rid }: RocketChatRoom, last = 50): Promise<string> {
  const { roomByNativeId } = await fetchData(url, Page, { rid, last }, asVisitor(VISITOR_TOKEN))
  const cursor = roomByNativeId?.messages.pageInfo.endCursor
  if (!cursor) throw new Error('the page has no end')
  return cursor
}

/** Sends as the visitor through the gateway; gives the message's id at Rocket.Chat. */
export async function sendAsVisitor({ url, room }: RocketChatRoom, text: string): Promise<string> {
  const { sendMessage } = await fetchData(url, Send, { room, text }, asVisitor(VISITOR_TOKEN))
  if (!('message' in sendMessage)) throw new Error('the message was refused')
  return sendMessage.message.nativeId
}
