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
  rocketChatFixture,
} from '../both-providers.ts'

const operator = { authorization: `Bearer ${OPERATOR_KEY}` }

/** Subscribes, and waits for the first poll of each provider: activity from then on is delivered. */
async function subscribeToActivity(setup: BothProviders, providers: readonly string[] | null = null) {
  const stream = subscribe(openSocketClient(setup.url, operator), Activity, {
    providers: providers && [...providers],
  })
  const names = providers ?? ['rocketchat', 'livechat']
  await waitUntil(async () => {
    const { providers: all } = await fetchData(
      setup.url,
      Sources,
      { provider: 'rocketchat', nativeId: 'x' },
      asOperator,
    )
    return names.every((name) => all.find((one) => one.name === name)?.live.source === 'DIGEST')
  })
  return {
    /** Takes rooms, as `livechat R1AAAAAAAA OPEN`. */
    async take(count: number): Promise<string[]> {
      const results = await stream.take(count)
      return results.map(({ data }) => {
        const room = data?.roomActivity
        return `${room?.provider.name} ${room?.nativeId} ${room?.status}`
      })
    },
  }
}

describe('roomActivity', () => {
  it('delivers rooms of all providers with activity from now on, new ones included', async () => {
    const setup = await openBothProviders()
    const [roomId, chat] = [rocketChatFixture.openRoom(setup), liveChatFixture.openRoom(setup)]
    const rooms = await subscribeToActivity(setup)
    rocketChatFixture.sendAsVisitor(setup, roomId, 'hello')
    expect(await rooms.take(1)).toEqual([`rocketchat ${roomId} OPEN`])
    liveChatFixture.sendAsVisitor(setup, chat, 'hello')
    expect(await rooms.take(1)).toEqual([`livechat ${chat} OPEN`])
    const opened = rocketChatFixture.openRoom(setup)
    expect(await rooms.take(1)).toEqual([`rocketchat ${opened} OPEN`])
  })

  it.each(providerFixtures)(
    'delivers a room of $name that is closed, and one that is opened and closed between two polls',
    async (fixture) => {
      const setup = await openBothProviders()
      const roomId = fixture.openRoom(setup)
      const rooms = await subscribeToActivity(setup, [fixture.name])
      fixture.closeRoom(setup, roomId)
      expect(await rooms.take(1)).toEqual([`${fixture.name} ${roomId} CLOSED`])
      const shortLived = fixture.openRoom(setup)
      fixture.closeRoom(setup, shortLived)
      expect(await rooms.take(1)).toEqual([`${fixture.name} ${shortLived} CLOSED`])
    },
  )

  it('delivers a room once, with the data of the poll itself', async () => {
    const setup = await openBothProviders()
    const roomId = liveChatFixture.openRoom(setup)
    const rooms = await subscribeToActivity(setup, ['livechat'])
    setup.liveChat.clearCalls()
    liveChatFixture.sendAsVisitor(setup, roomId, 'hello')
    expect(await rooms.take(1)).toEqual([`livechat ${roomId} OPEN`])
    expect(Object.keys(setup.liveChat.counts())).toEqual([`POST ${CHAT_LIST_ROUTE}`])
  })

  it('continues for the other providers when one fails', async () => {
    const setup = await openBothProviders()
    const roomId = rocketChatFixture.openRoom(setup)
    const rooms = await subscribeToActivity(setup)
    liveChatFixture.forbidActivity(setup)
    rocketChatFixture.sendAsVisitor(setup, roomId, 'hello')
    expect(await rooms.take(1)).toEqual([`rocketchat ${roomId} OPEN`])
  })

  it('fails with the reason where no provider supports it, and for everyone but operators', async () => {
    const testGateway = await createTestGateway()
    const none = subscribe(openSocketClient(testGateway.url, operator), Activity, {
      providers: ['rocketchat'],
    })
    const [refused] = await none.take(1)
    expect(refused?.errors?.[0]?.extensions?.['code']).toBe('UNSUPPORTED')
    expect(refused?.errors?.[0]?.message).toContain('ROCKETCHAT_USER_ID')
    const visitor = subscribe(openSocketClient(testGateway.url, { visitorToken: 'somebody' }), Activity, {
      providers: null,
    })
    const [forbidden] = await visitor.take(1)
    expect(forbidden?.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
  })
})
