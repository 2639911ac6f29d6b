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

/** Subscribes to a provider's rooms; resolves when it was first asked. */
async function follow(house: BothProviders, place: ProviderFixture) {
  const socket = openSocketClient(house.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const rooms = subscribe(socket, Activity, { providers: [place.name] })
  const first = rooms.take(1)
  await waitUntil(() => countActivityPolls(house, place) > 0)
  return first.then((answers) => answers.map(({ data }) => data?.roomActivity.nativeId))
}

describe.each(providerFixtures)('a hint about a room of $name, with looks an hour apart', (place) => {
  it('is told to who follows the account at once, though nobody watches the room', async () => {
    const house = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = place.openRoom(house)
    await place.enableWebhooks(house)
    const told = follow(house, place)
    await servedByDigest(house, place)
    place.sendAsVisitor(house, roomId, 'hello')
    expect(await told).toEqual([roomId])
  })

  it('reaches who watches the room that the digest serves, by webhook and by our own mutation', async () => {
    const house = await openBothProviders({ config: HOURLY_POLLS })
    const roomId = place.openRoom(house)
    const events = await subscribeToRoom(house, place, roomId)
    await servedByDigest(house, place)
    const send = (text: string) =>
      fetchData(house.url, Send, { room: globalId(place, roomId), text }, asOperator)
    await send('one')
    expect(summarize(await events.take(1))).toEqual(['added one'])
    await waitForSource(house, place, roomId, 'DIGEST')
    await send('two')
    expect(summarize(await events.take(1))).toEqual(['added two'])
    await place.enableWebhooks(house)
    place.sendAsVisitor(house, roomId, 'by the visitor')
    expect(summarize(await events.take(1))).toEqual(['added by the visitor'])
  })

  it('is one of many that cost a look a second', async () => {
    const house = await openBothProviders({ config: HOURLY_POLLS })
    const rooms = Array.from({ length: 100 }, () => place.openRoom(house))
    await place.enableWebhooks(house)
    const told = follow(house, place)
    await servedByDigest(house, place)
    const began = performance.now()
    for (const roomId of rooms) place.sendAsVisitor(house, roomId, 'hello')
    expect(rooms).toContain((await told)[0])
    const seconds = (performance.now() - began) / 1_000
    // A look may take several pages.
    expect(countActivityPolls(house, place)).toBeLessThanOrEqual(4 * (2 + seconds))
  })
})

async function servedByDigest(house: BothProviders, place: ProviderFixture): Promise<void> {
  const metric = `switchboard_live_lag_seconds{provider="${place.name}"}`
  await waitUntil(async () => {
    const text = await (await fetch(house.url.replace('/graphql', '/metrics'))).text()
    return text.includes(metric)
  })
}
