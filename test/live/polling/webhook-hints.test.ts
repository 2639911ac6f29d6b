import { describe, expect, it } from 'vitest'
import { fetchData, openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { asOperator, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Activity, Send } from '../account-documents.ts'
import {
  type BothProviders,
  countActivityPolls,
  globalId,
  HOURLY_POLLS,
  openBothProviders,
  type ProviderFixture,
  providerFixtures,
  subscribeToRoom,
  summarize,
  waitForSource,
} from '../both-providers.ts'

/** Subscribes to a provider's activity; resolves after the first poll. */
async function subscribeToActivity(setup: BothProviders, fixture: ProviderFixture) {
  const socket = openSocketClient(setup.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const rooms = subscribe(socket, Activity, { providers: [fixture.name] })
  const first = rooms.take(1)
  await waitUntil(() => countActivityPolls(setup, fixture) > 0)
  return first.then((results) => results.map(({ data }) => data?.roomActivity.nativeId))
}

describe.each(providerFixtures)('a hint about a room of $name, with polls an hour apart', (fixture) => {
  it('reaches an activity feed immediately, without subscribers of the room', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = fixture.openRoom(setup)
    await fixture.enableWebhooks(setup)
    const received = subscribeToActivity(setup, fixture)
    await waitForAccountPoller(setup, fixture)
    fixture.sendAsVisitor(setup, roomId, 'hello')
    expect(await received).toEqual([roomId])
  })

  it('reaches subscribers of a room that the account poller serves, by webhook and by mutation', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = fixture.openRoom(setup)
    const events = await subscribeToRoom(setup, fixture, roomId)
    await waitForAccountPoller(setup, fixture)
    const send = (text: string) =>
      fetchData(setup.url, Send, { room: globalId(fixture, roomId), text }, asOperator)
    await send('one')
    expect(summarize(await events.take(1))).toEqual(['added one'])
    await waitForSource(setup, fixture, roomId, 'DIGEST')
    await send('two')
    expect(summarize(await events.take(1))).toEqual(['added two'])
    await fixture.enableWebhooks(setup)
    fixture.sendAsVisitor(setup, roomId, 'by the visitor')
    expect(summarize(await events.take(1))).toEqual(['added by the visitor'])
  })

  it('costs at most one poll per second together with many others', async () => {
    const setup = await openBothProviders({ config: HOURLY_POLLS })
    const rooms = Array.from({ length: 100 }, () => fixture.openRoom(setup))
    await fixture.enableWebhooks(setup)
    const received = subscribeToActivity(setup, fixture)
    await waitForAccountPoller(setup, fixture)
    const began = performance.now()
    for (const roomId of rooms) fixture.sendAsVisitor(setup, roomId, 'hello')
    expect(rooms).toContain((await received)[0])
    const seconds = (performance.now() - began) / 1_000
    // A poll may read several pages.
    expect(countActivityPolls(setup, fixture)).toBeLessThanOrEqual(4 * (2 + seconds))
  })
})

async function waitForAccountPoller(setup: BothProviders, fixture: ProviderFixture): Promise<void> {
  const metric = `switchboard_live_lag_seconds{provider="${fixture.name}"}`
  await waitUntil(async () => {
    const text = await (await fetch(setup.url.replace('/graphql', '/metrics'))).text()
    return text.includes(metric)
  })
}
