import { expect, it } from 'vitest'
import { fetchData } from '../support/graphql-client.ts'
import { asOperator } from '../support/test-gateway.ts'
import { End } from './account-documents.ts'
import {
  HOURLY_POLLS,
  liveChatFixture,
  openBothProviders,
  subscribeToRoom,
  summarize,
} from './both-providers.ts'

const MINUTE_MS = 60_000

it('an operator who comes from another replica receives the deletion that the first poll after joining finds', async () => {
  let now = () => Date.now() - 2 * MINUTE_MS
  const house = await openBothProviders({ liveChat: { now: () => now() }, config: HOURLY_POLLS })
  const { chats } = house.liveChat
  const chatId = liveChatFixture.openRoom(house)
  const taken = liveChatFixture.sendAsVisitor(house, chatId, 'taken back later')
  now = () => Date.now() - MINUTE_MS
  liveChatFixture.sendAsVisitor(house, chatId, 'stays')
  now = Date.now
  const replica = await house.openReplica(HOURLY_POLLS)
  const first = await subscribeToRoom(replica, liveChatFixture, chatId)
  const { roomByNativeId } = await fetchData(
    house.url,
    End,
    { provider: 'livechat', nativeId: chatId },
    asOperator,
  )
  const after = roomByNativeId?.messages.pageInfo.endCursor ?? null
  chats.customerDeletes(chatId, taken)
  const second = await subscribeToRoom(replica, liveChatFixture, chatId, { after })
  const third = await subscribeToRoom(replica, liveChatFixture, chatId)
  await liveChatFixture.enableWebhooks(replica)
  liveChatFixture.sendAsVisitor(replica, chatId, 'new')
  for (const events of [first, second, third]) {
    expect(summarize(await events.take(1))).toEqual([`deleted ${taken}`])
    expect(summarize(await events.take(1))).toEqual(['added new'])
  }
})
