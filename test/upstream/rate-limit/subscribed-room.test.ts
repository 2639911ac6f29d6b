import { expect, it } from 'vitest'
import {
  CHAT_LIST_ROUTE,
  HISTORY_ROUTE,
  liveChatFixture,
  openBothProviders,
  type ProviderFixture,
  rocketChatFixture,
  subscribeToRoom,
  summarize,
  waitForSource,
} from '../../live/both-providers.ts'

const ROUNDS = 40
const SECOND =
  'Error, too many requests. Please slow down. You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]'

const rateLimitResponses: readonly { place: ProviderFixture; times: number; route: string; body: unknown }[] =
  [
    { place: rocketChatFixture, times: 2, route: HISTORY_ROUTE, body: { success: false, error: SECOND } },
    {
      place: liveChatFixture,
      times: 1,
      route: CHAT_LIST_ROUTE,
      body: { error: { type: 'too_many_requests', message: 'Too many requests' } },
    },
  ]

it.each(rateLimitResponses)(
  'events of a room of $place.name are delivered as before after $times stray rate-limit responses without headers',
  async ({ place, times, route, body }) => {
    const bothProviders = await openBothProviders()
    const sandbox = bothProviders[place.name === 'rocketchat' ? 'rocketChat' : 'liveChat']
    const roomId = place.openRoom(bothProviders)
    const events = await subscribeToRoom(bothProviders, place, roomId)
    await waitForSource(bothProviders, place, roomId, 'DIGEST')
    sandbox.injectFault({ kind: 'answer', status: 429, body, route, times })
    // A limit estimated from so few requests would send one poll in ten seconds, and the test would not end.
    for (let round = 0; round < ROUNDS; round += 1) {
      place.sendAsVisitor(bothProviders, roomId, `round ${round}`)
      expect(summarize(await events.take(1))).toEqual([`added round ${round}`])
    }
    expect(sandbox.calls.filter(({ status }) => status === 429)).toHaveLength(times)
  },
)
