import { expect, it } from 'vitest'
import { globalId, openBothProviders, rocketChatFixture } from '../../live/both-providers.ts'
import { openSocketClient, sendOperation, waitUntil } from '../../support/graphql-client.ts'
import { asOperator, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Added, Send } from './documents.ts'

const INFO = 'GET /api/v1/rooms.info'

it('operators that subscribe to forty rooms at once, at ten requests a minute, leave the reserve to mutations', async () => {
  const config = { pollIdleIntervalMs: 60_000, maxSubscriptionsPerSocket: 40 }
  const bothProviders = await openBothProviders({ config })
  const { rocketChat, url } = bothProviders
  const rooms = Array.from({ length: 40 }, () =>
    globalId(rocketChatFixture, rocketChatFixture.openRoom(bothProviders)),
  )
  rocketChat.settings.API_Enable_Rate_Limiter = true
  rocketChat.clearCalls()
  const client = openSocketClient(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const errors: unknown[] = []
  for (const room of rooms) {
    client.subscribe(
      { query: Added.toString(), variables: { room } },
      { next: () => {}, error: (error) => errors.push(error), complete: () => errors.push('complete') },
    )
  }
  const waiting = async () => {
    const text = await (await fetch(url.replace('/graphql', '/metrics'))).text()
    return Number(/switchboard_upstream_waiting\{provider="rocketchat"\} (\d+)/.exec(text)?.[1] ?? 0)
  }
  await waitUntil(async () => (await waiting()) > 20)
  for (const text of ['one', 'two', 'three']) {
    const { data } = await sendOperation(url, Send, { room: rooms[0] ?? '', text }, asOperator)
    expect(data?.sendMessage.__typename).toBe('SendMessagePayload')
  }
  expect(rocketChat.counts()[INFO]).toBeLessThanOrEqual(10)
  expect(rocketChat.calls.filter(({ status }) => status === 429)).toEqual([])
  expect(errors).toEqual([])
})
