import { expect, it } from 'vitest'
import { fetchData } from '../support/graphql-client.ts'
import { asOperator } from '../support/test-gateway.ts'
import { End } from './account-documents.ts'
import { brief, HOUR, liveChatPlace, openHouse, watch } from './both-providers.ts'

const MINUTE_MS = 60_000

it('an operator who comes from another replica receives the deletion that the first poll after joining finds', async () => {
  let now = () => Date.now() - 2 * MINUTE_MS
  const house = await openHouse({ liveChat: { now: () => now() }, config: HOUR })
  const { chats } = house.liveChat
  const chatId = liveChatPlace.open(house)
  const taken = liveChatPlace.say(house, chatId, 'taken back later')
  now = () => Date.now() - MINUTE_MS
  liveChatPlace.say(house, chatId, 'stays')
  now = Date.now
  const replica = await house.openReplica(HOUR)
  const first = await watch(replica, liveChatPlace, chatId)
  const { roomByNativeId } = await fetchData(
    house.url,
    End,
    { provider: 'livechat', nativeId: chatId },
    asOperator,
  )
  const after = roomByNativeId?.messages.pageInfo.endCursor ?? null
  chats.customerDeletes(chatId, taken)
  const second = await watch(replica, liveChatPlace, chatId, { after })
  const third = await watch(replica, liveChatPlace, chatId)
  await liveChatPlace.switchOnHints(replica)
  liveChatPlace.say(replica, chatId, 'new')
  for (const events of [first, second, third]) {
    expect(brief(await events.take(1))).toEqual([`deleted ${taken}`])
    expect(brief(await events.take(1))).toEqual(['added new'])
  }
})
