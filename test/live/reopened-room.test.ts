import { expect, it } from 'vitest'
import { liveChatPlace, openHouse, watch } from './both-providers.ts'

it.each(['operator', 'visitor'] as const)(
  'an %s is told that a LiveChat conversation was taken up again',
  async (who) => {
    const house = await openHouse()
    const { chats } = house.liveChat
    const chatId = liveChatPlace.open(house)
    liveChatPlace.say(house, chatId, 'Hello')
    const as = who === 'visitor' ? { token: liveChatPlace.tokenOf(house, chatId) } : {}
    const events = await watch(house, liveChatPlace, chatId, as)
    liveChatPlace.close(house, chatId)
    let told: readonly string[] = []
    const until = async (enough: (told: readonly string[]) => boolean) => {
      for (told = []; !enough(told); ) {
        const [event] = await events.take(1)
        told = [...told, event?.data?.roomEvents.__typename ?? 'nothing']
      }
    }
    await until((all) => all.includes('RoomUpdatedEvent'))
    chats.resume(chatId)
    liveChatPlace.say(house, chatId, 'Hello again')
    await until((all) => all.includes('MessageAddedEvent') && all.includes('RoomUpdatedEvent'))
    expect(told.filter((type) => type === 'RoomUpdatedEvent')).toHaveLength(1)
  },
)
