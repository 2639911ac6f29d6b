import { encodeId } from '../../../src/domain/ids.ts'
import {
  asVisitorOf,
  type LiveChatGateway,
  type LiveChatGatewayOptions,
  openLiveChatGateway,
} from '../../providers/livechat/support/livechat-gateway.ts'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Page } from './documents.ts'

type Headers = Readonly<Record<string, string>>

/** Text of every agent note, which no visitor may receive. */
export const SECRET = 'he is lying about the parcel'

/** A LiveChat room of three threads in which most messages are agent notes; the second thread has only notes. */
export interface RoomWithAgentNotes extends LiveChatGateway {
  readonly chatId: string
  /** Global id of the room. */
  readonly id: string
  readonly visitor: { readonly 'x-visitor-token': string }
  note(): string
  say(text: string): string
  /** Reads the room with a page of its messages. */
  page(headers: Headers, bounds: object): ReturnType<typeof readPage>
}

export async function openRoomWithAgentNotes(
  options: LiveChatGatewayOptions = {},
): Promise<RoomWithAgentNotes> {
  const gateway = await openLiveChatGateway(options)
  const { chats } = gateway.liveChat
  const { id: chatId } = chats.start({ customer: { name: 'Cy' } })
  const note = () => chats.agentNotes(chatId, SECRET).id
  const notes = (count: number) => Array.from({ length: count }, note)
  const say = (text: string) => chats.customerSends(chatId, text).id
  notes(3)
  say('my parcel did not come')
  notes(30)
  chats.close(chatId)
  chats.resume(chatId)
  notes(25)
  chats.close(chatId)
  chats.resume(chatId)
  notes(2)
  say('hello?')
  say('anybody?')
  notes(60)
  const id = encodeId({ type: 'Room', provider: 'livechat', roomId: chatId })
  const visitor = asVisitorOf(gateway, chats.get(chatId))
  const page = (headers: Headers, bounds: object) => readPage(gateway, id, headers, bounds)
  return { ...gateway, chatId, id, visitor, note, say, page }
}

async function readPage({ url }: LiveChatGateway, id: string, headers: Headers, bounds: object) {
  const { room } = await fetchData(url, Page, { id, ...bounds }, headers)
  if (!room) throw new Error('the room is not visible')
  return room
}

/** Reads all messages of the room with their cursors as an operator, oldest first. */
export async function readAllMessages({ page }: RoomWithAgentNotes) {
  const edges: Awaited<ReturnType<typeof readPage>>['messages']['edges'][number][] = []
  for (let after: string | null = null; ; ) {
    const { messages } = await page(asOperator, { first: 100, after })
    edges.push(...messages.edges)
    if (!messages.pageInfo.hasNextPage) return edges
    after = messages.pageInfo.endCursor ?? null
  }
}
