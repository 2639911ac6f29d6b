import { describe, expect, it } from 'vitest'
import { fetchData, openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { asOperator, createTestGateway, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Activity, Sources } from '../account-documents.ts'
import {
  type BothProviders,
  CHAT_LIST_ROUTE,
  liveChatFixture,
  openBothProviders,
  providerFixtures,
  ROOM_LIST_ROUTE,
  rocketChatFixture,
} from '../both-providers.ts'

const operator = { authorization: `Bearer ${OPERATOR_KEY}` }

/** Subscribes, and waits until each provider was first looked at: what happens from then on is told. */
async function follow(house: BothProviders, providers: readonly string[] | null = null) {
  const stream = subscribe(openSocketClient(house.url, operator), Activity, {
    providers: providers && [...providers],
  })
  const names = providers ?? ['rocketchat', 'livechat']
  await waitUntil(async () => {
    const { providers: all } = await fetchData(
      house.url,
      Sources,
      { provider: 'rocketchat', nativeId: 'x' },
      asOperator,
    )
    return names.every((name) => all.find((one) => one.name === name)?.live.source === 'DIGEST')
  })
  return {
    /** The next so many rooms, as `livechat R1AAAAAAAA OPEN`. */
    async take(count: number): Promise<string[]> {
      const answers = await stream.take(count)
      return answers.map(({ data }) => {
        const room = data?.roomActivity
        return `${room?.provider.name} ${room?.nativeId} ${room?.status}`
      })
    },
  }
}

describe('roomActivity', () => {
  it('tells of rooms of all providers in which something happens from now on, new ones too', async () => {
    const house = await openBothProviders()
    const [asked, chat] = [rocketChatFixture.openRoom(house), liveChatFixture.openRoom(house)]
    const rooms = await follow(house)
    rocketChatFixture.sendAsVisitor(house, asked, 'hello')
    expect(await rooms.take(1)).toEqual([`rocketchat ${asked} OPEN`])
    liveChatFixture.sendAsVisitor(house, chat, 'hello')
    expect(await rooms.take(1)).toEqual([`livechat ${chat} OPEN`])
    const opened = rocketChatFixture.openRoom(house)
    expect(await rooms.take(1)).toEqual([`rocketchat ${opened} OPEN`])
  })

  it.each(providerFixtures)(
    'tells of a room of $name that is closed, and of one that is open no longer than a look takes',
    async (place) => {
      const house = await openBothProviders()
      const roomId = place.openRoom(house)
      const rooms = await follow(house, [place.name])
      place.closeRoom(house, roomId)
      expect(await rooms.take(1)).toEqual([`${place.name} ${roomId} CLOSED`])
      const brief = place.openRoom(house)
      place.closeRoom(house, brief)
      expect(await rooms.take(1)).toEqual([`${place.name} ${brief} CLOSED`])
    },
  )

  it('tells of what a look found once, with what the look itself carried', async () => {
    const house = await openBothProviders()
    const roomId = liveChatFixture.openRoom(house)
    const rooms = await follow(house, ['livechat'])
    house.liveChat.clearCalls()
    liveChatFixture.sendAsVisitor(house, roomId, 'hello')
    expect(await rooms.take(1)).toEqual([`livechat ${roomId} OPEN`])
    expect(Object.keys(house.liveChat.counts())).toEqual([`POST ${CHAT_LIST_ROUTE}`])
  })

  it('looks once for all who are subscribed, and not at all for nobody', async () => {
    const house = await openBothProviders()
    const roomId = rocketChatFixture.openRoom(house)
    const [one, two] = [await follow(house, ['rocketchat']), await follow(house, ['rocketchat'])]
    house.rocketChat.injectFault({ kind: 'slow', ms: 50, route: ROOM_LIST_ROUTE })
    const looks = () =>
      house.rocketChat.calls.filter(({ route, status }) => route === ROOM_LIST_ROUTE && status === null)
    rocketChatFixture.sendAsVisitor(house, roomId, 'hello')
    expect(await one.take(1)).toEqual(await two.take(1))
    expect(looks().length).toBeLessThanOrEqual(1)
  })

  it('goes on for the others when one provider fails', async () => {
    const house = await openBothProviders()
    const roomId = rocketChatFixture.openRoom(house)
    const rooms = await follow(house)
    liveChatFixture.forbidActivity(house)
    rocketChatFixture.sendAsVisitor(house, roomId, 'hello')
    expect(await rooms.take(1)).toEqual([`rocketchat ${roomId} OPEN`])
  })

  it('is refused with the reason where no provider can tell, and to all but operators', async () => {
    const world = await createTestGateway()
    const none = subscribe(openSocketClient(world.url, operator), Activity, { providers: ['rocketchat'] })
    const [refused] = await none.take(1)
    expect(refused?.errors?.[0]?.extensions?.['code']).toBe('UNSUPPORTED')
    expect(refused?.errors?.[0]?.message).toContain('ROCKETCHAT_USER_ID')
    const visitor = subscribe(openSocketClient(world.url, { visitorToken: 'somebody' }), Activity, {
      providers: null,
    })
    const [forbidden] = await visitor.take(1)
    expect(forbidden?.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
  })
})
