import { describe, expect, it } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import {
  type BothProviders,
  countActivityPolls,
  liveStatesOf,
  openBothProviders,
  type ProviderFixture,
  providerFixtures,
  subscribeToRoom,
  summarize,
  waitForSource,
} from '../both-providers.ts'

describe.each(providerFixtures)('$name', (place) => {
  it('falls back to looks at each room where the account may not list rooms, and returns, losing nothing', async () => {
    const house = await openBothProviders()
    const allow = place.forbidActivity(house)
    const roomId = place.openRoom(house)
    const events = await subscribeToRoom(house, place, roomId)
    await waitForSource(house, place, roomId, 'POLL')
    place.sendAsVisitor(house, roomId, 'polled')
    allow()
    place.sendAsVisitor(house, roomId, 'in between')
    expect(summarize(await events.take(2))).toEqual(['added polled', 'added in between'])
    await waitForSource(house, place, roomId, 'DIGEST')
    place.sendAsVisitor(house, roomId, 'digested')
    expect(summarize(await events.take(1))).toEqual(['added digested'])
  })

  it('falls back while the digest fails, and returns, losing nothing', async () => {
    const house = await openBothProviders()
    const roomId = place.openRoom(house)
    const events = await subscribeToRoom(house, place, roomId)
    await waitForSource(house, place, roomId, 'DIGEST')
    const mend = place.failActivity(house)
    place.sendAsVisitor(house, roomId, 'while it breaks')
    expect(summarize(await events.take(1))).toEqual(['added while it breaks'])
    await waitForSource(house, place, roomId, 'POLL')
    place.sendAsVisitor(house, roomId, 'while it is broken')
    mend()
    place.sendAsVisitor(house, roomId, 'while it mends')
    expect(summarize(await events.take(2))).toEqual(['added while it is broken', 'added while it mends'])
    await waitForSource(house, place, roomId, 'DIGEST')
    place.sendAsVisitor(house, roomId, 'mended')
    expect(summarize(await events.take(1))).toEqual(['added mended'])
  })

  it('counts an answer that cannot be read as one failed look: the digest goes on', async () => {
    const house = await openBothProviders()
    const roomId = place.openRoom(house)
    const events = await subscribeToRoom(house, place, roomId)
    await waitForSource(house, place, roomId, 'DIGEST')
    const before = countActivityPolls(house, place)
    garbleDigest(house, place, 1)
    await waitUntil(() => countActivityPolls(house, place) > before + 2)
    expect((await liveStatesOf(house, place, roomId)).room?.source).toBe('DIGEST')
    place.sendAsVisitor(house, roomId, 'after it')
    expect(summarize(await events.take(1))).toEqual(['added after it'])
  })

  it('says what serves a room and how late that may be, and nothing while nobody is subscribed', async () => {
    const house = await openBothProviders()
    const roomId = place.openRoom(house)
    const none = { source: 'NONE', latencyMs: null, lagMs: null }
    expect(await liveStatesOf(house, place, roomId)).toEqual({ provider: none, room: none })
    const events = await subscribeToRoom(house, place, roomId)
    await waitForSource(house, place, roomId, 'DIGEST')
    const { provider, room } = await liveStatesOf(house, place, roomId)
    expect(provider).toEqual({ source: 'DIGEST', latencyMs: expect.any(Number), lagMs: expect.any(Number) })
    expect(room).toEqual({ source: 'DIGEST', latencyMs: expect.any(Number), lagMs: expect.any(Number) })
    await events.stop()
    await waitForSource(house, place, roomId, 'NONE')
    expect((await liveStatesOf(house, place, roomId)).provider).toEqual(none)
  })
})

function garbleDigest(
  house: BothProviders,
  { name, activityRoute: digest }: ProviderFixture,
  times: number,
): void {
  const sandbox = name === 'rocketchat' ? house.rocketChat : house.liveChat
  const [, route = ''] = digest.split(' ')
  sandbox.injectFault({ kind: 'answer', status: 200, body: '<html>Maintenance</html>', route, times })
}
