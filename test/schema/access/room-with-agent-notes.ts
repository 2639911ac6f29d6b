import { encodeId } from '../../../src/domain/ids.ts'
import {
  asVisitorOf,
  type LiveChatGateway,
  openLiveChatGateway,
} from '../../providers/livechat/support/livechat-gateway.ts'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Page } from './documents.ts'

type Headers = Readonly<Record<string, string>>

/** What no visitor may be told. */
export const SECRET = 'he is lying about the parcel'

/** A LiveChat room of three threads in which nearly all is notes: the second thread holds nothing else but its end. */
export interface NotedRoom extends LiveChatGateway {
  readonly chatId: string
  /** Its global id. */
  readonly id: string
  readonly visitor: { readonly 'x-visitor-token': string }
  note(): string
  say(text: string): string
  /** The room with a page of its messages. */
  page(headers: Headers, bounds: object): ReturnType<typeof readPage>
}

export async function openNotedRoom(): Promise<NotedRoom> {
  const licence = await openLiveChatGateway()
  const { chats } = licence.liveChat
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
  const visitor = asVisitorOf(licence, chats.get(chatId))
  const page = (headers: Headers, bounds: object) => readPage(licence, id, headers, bounds)
  return { ...licence, chatId, id, visitor, note, say, page }
}

async function readPage({ url }: LiveChatGateway, id: string, headers: Headers, bounds: object) {
  const { room } = await fetchData(url, Page, { id, ...bounds }, headers)
  if (!room) throw new Error('the room is not shown')
  return room
}

/** All of the room's messages with their cursors, as an operator reads them: oldest first. */
export async function everything({ page }: NotedRoom) {
  const edges: Awaited<ReturnType<typeof readPage>>['messages']['edges'][number][] = []
  for (let after: string | null = null; ; ) {
    const { messages } = await page(asOperator, { first: 100, after })
    edges.push(...messages.edges)
    if (!messages.pageInfo.hasNextPage) return edges
    after = messages.pageInfo.endCursor ?? null
  }
}
