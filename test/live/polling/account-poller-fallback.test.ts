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

describe.each(providerFixtures)('$name', (fixture) => {
  it('falls back to polling each room where the account must not list rooms, and recovers without losing events', async () => {
    const setup = await openBothProviders()
    const allow = fixture.forbidActivity(setup)
    const roomId = fixture.openRoom(setup)
    const events = await subscribeToRoom(setup, fixture, roomId)
    await waitForSource(setup, fixture, roomId, 'POLL')
    fixture.sendAsVisitor(setup, roomId, 'polled')
    allow()
    fixture.sendAsVisitor(setup, roomId, 'in between')
    expect(summarize(await events.take(2))).toEqual(['added polled', 'added in between'])
    await waitForSource(setup, fixture, roomId, 'DIGEST')
    fixture.sendAsVisitor(setup, roomId, 'by the account poller')
    expect(summarize(await events.take(1))).toEqual(['added by the account poller'])
  })

  it('falls back while the account poller fails, and recovers without losing events', async () => {
    const setup = await openBothProviders()
    const roomId = fixture.openRoom(setup)
    const events = await subscribeToRoom(setup, fixture, roomId)
    await waitForSource(setup, fixture, roomId, 'DIGEST')
    const restore = fixture.failActivity(setup)
    fixture.sendAsVisitor(setup, roomId, 'while it breaks')
    expect(summarize(await events.take(1))).toEqual(['added while it breaks'])
    await waitForSource(setup, fixture, roomId, 'POLL')
    fixture.sendAsVisitor(setup, roomId, 'while it is broken')
    restore()
    fixture.sendAsVisitor(setup, roomId, 'while it mends')
    expect(summarize(await events.take(2))).toEqual(['added while it is broken', 'added while it mends'])
    await waitForSource(setup, fixture, roomId, 'DIGEST')
    fixture.sendAsVisitor(setup, roomId, 'mended')
    expect(summarize(await events.take(1))).toEqual(['added mended'])
  })

  it('counts an unreadable response as one failed poll and continues', async () => {
    const setup = await openBothProviders()
    const roomId = fixture.openRoom(setup)
    const events = await subscribeToRoom(setup, fixture, roomId)
    await waitForSource(setup, fixture, roomId, 'DIGEST')
    const before = countActivityPolls(setup, fixture)
    garbleActivity(setup, fixture, 1)
    await waitUntil(() => countActivityPolls(setup, fixture) > before + 2)
    expect((await liveStatesOf(setup, fixture, roomId)).room?.source).toBe('DIGEST')
    fixture.sendAsVisitor(setup, roomId, 'after it')
    expect(summarize(await events.take(1))).toEqual(['added after it'])
  })

  it('reports the source of a room and its delay, and none without subscribers', async () => {
    const setup = await openBothProviders()
    const roomId = fixture.openRoom(setup)
    const none = { source: 'NONE', latencyMs: null, lagMs: null }
    expect(await liveStatesOf(setup, fixture, roomId)).toEqual({ provider: none, room: none })
    const events = await subscribeToRoom(setup, fixture, roomId)
    await waitForSource(setup, fixture, roomId, 'DIGEST')
    const { provider, room } = await liveStatesOf(setup, fixture, roomId)
    expect(provider).toEqual({ source: 'DIGEST', latencyMs: expect.any(Number), lagMs: expect.any(Number) })
    expect(room).toEqual({ source: 'DIGEST', latencyMs: expect.any(Number), lagMs: expect.any(Number) })
    await events.stop()
    await waitForSource(setup, fixture, roomId, 'NONE')
    expect((await liveStatesOf(setup, fixture, roomId)).provider).toEqual(none)
  })
})

function garbleActivity(setup: BothProviders, { name, activityRoute }: ProviderFixture, times: number): void {
  const sandbox = name === 'rocketchat' ? setup.rocketChat : setup.liveChat
  const [, route = ''] = activityRoute.split(' ')
  sandbox.injectFault({ kind: 'answer', status: 200, body: '<html>Maintenance</html>', route, times })
}
