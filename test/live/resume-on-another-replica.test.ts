import { expect, it } from 'vitest'
import { fetchData } from '../support/graphql-client.ts'
import { asOperator } from '../support/test-gateway.ts'
import { End, Send } from './account-documents.ts'
import {
  globalId,
  HOURLY_POLLS,
  liveChatFixture,
  openBothProviders,
  subscribeToRoom,
  summarize,
} from './both-providers.ts'

const MINUTE_MS = 60_000

it('an operator from another replica receives the deletion that the first poll after joining detects', async () => {
  let now = () => Date.now() - 2 * MINUTE_MS
  const setup = await openBothProviders({ liveChat: { now: () => now() }, config: HOURLY_POLLS })
  const { chats } = setup.liveChat
  const chatId = liveChatFixture.openRoom(setup)
  const taken = liveChatFixture.sendAsVisitor(setup, chatId, 'taken back later')
  now = () => Date.now() - MINUTE_MS
  liveChatFixture.sendAsVisitor(setup, chatId, 'stays')
  now = Date.now
  const replica = await setup.startReplica(HOURLY_POLLS)
  const first = await subscribeToRoom(replica, liveChatFixture, chatId)
  const { roomByNativeId } = await fetchData(
    setup.url,
    End,
    { provider: 'livechat', nativeId: chatId },
    asOperator,
  )
  const after = roomByNativeId?.messages.pageInfo.endCursor ?? null
  chats.customerDeletes(chatId, taken)
  const second = await subscribeToRoom(replica, liveChatFixture, chatId, { after })
  const third = await subscribeToRoom(replica, liveChatFixture, chatId)
  // A mutation makes the replica poll.
  const room = globalId(liveChatFixture, chatId)
  await fetchData(replica.url, Send, { room, text: 'new' }, asOperator)
  for (const events of [first, second, third]) {
    expect(summarize(await events.take(1))).toEqual([`deleted ${taken}`])
    expect(summarize(await events.take(1))).toEqual(['added new'])
  }
})
