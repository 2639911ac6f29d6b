import { expect, it } from 'vitest'
import { liveChatFixture, openBothProviders, subscribeToRoom } from './both-providers.ts'

it.each(['operator', 'visitor'] as const)(
  'an %s receives the reopening of a LiveChat conversation',
  async (role) => {
    const setup = await openBothProviders()
    const { chats } = setup.liveChat
    const chatId = liveChatFixture.openRoom(setup)
    liveChatFixture.sendAsVisitor(setup, chatId, 'Hello')
    const as = role === 'visitor' ? { token: liveChatFixture.visitorTokenOf(setup, chatId) } : {}
    const events = await subscribeToRoom(setup, liveChatFixture, chatId, as)
    liveChatFixture.closeRoom(setup, chatId)
    let received: readonly string[] = []
    const until = async (enough: (received: readonly string[]) => boolean) => {
      for (received = []; !enough(received); ) {
        const [event] = await events.take(1)
        received = [...received, event?.data?.roomEvents.__typename ?? 'nothing']
      }
    }
    await until((all) => all.includes('RoomUpdatedEvent'))
    chats.resume(chatId)
    liveChatFixture.sendAsVisitor(setup, chatId, 'Hello again')
    await until((all) => all.includes('MessageAddedEvent') && all.includes('RoomUpdatedEvent'))
    expect(received.filter((type) => type === 'RoomUpdatedEvent')).toHaveLength(1)
  },
)
