import { expect, it } from 'vitest'
import { liveChatFixture, openBothProviders, subscribeToRoom } from './both-providers.ts'

it.each(['operator', 'visitor'] as const)(
  'an %s is told that a LiveChat conversation was taken up again',
  async (who) => {
    const house = await openBothProviders()
    const { chats } = house.liveChat
    const chatId = liveChatFixture.openRoom(house)
    liveChatFixture.sendAsVisitor(house, chatId, 'Hello')
    const as = who === 'visitor' ? { token: liveChatFixture.visitorTokenOf(house, chatId) } : {}
    const events = await subscribeToRoom(house, liveChatFixture, chatId, as)
    liveChatFixture.closeRoom(house, chatId)
    let told: readonly string[] = []
    const until = async (enough: (told: readonly string[]) => boolean) => {
      for (told = []; !enough(told); ) {
        const [event] = await events.take(1)
        told = [...told, event?.data?.roomEvents.__typename ?? 'nothing']
      }
    }
    await until((all) => all.includes('RoomUpdatedEvent'))
    chats.resume(chatId)
    liveChatFixture.sendAsVisitor(house, chatId, 'Hello again')
    await until((all) => all.includes('MessageAddedEvent') && all.includes('RoomUpdatedEvent'))
    expect(told.filter((type) => type === 'RoomUpdatedEvent')).toHaveLength(1)
  },
)
