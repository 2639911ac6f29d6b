import { describe, expect, it } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import {
  brief,
  digestLooks,
  type House,
  openHouse,
  type Place,
  places,
  servedBy,
  sourcesOf,
  watch,
} from '../both-providers.ts'

describe.each(places)('$name', (place) => {
  it('falls back to looks at each room where the account may not list rooms, and returns, losing nothing', async () => {
    const house = await openHouse()
    const allow = place.refuseDigest(house)
    const roomId = place.open(house)
    const events = await watch(house, place, roomId)
    await servedBy(house, place, roomId, 'POLL')
    place.say(house, roomId, 'polled')
    allow()
    place.say(house, roomId, 'in between')
    expect(brief(await events.take(2))).toEqual(['added polled', 'added in between'])
    await servedBy(house, place, roomId, 'DIGEST')
    place.say(house, roomId, 'digested')
    expect(brief(await events.take(1))).toEqual(['added digested'])
  })

  it('falls back while the digest fails, and returns, losing nothing', async () => {
    const house = await openHouse()
    const roomId = place.open(house)
    const events = await watch(house, place, roomId)
    await servedBy(house, place, roomId, 'DIGEST')
    const mend = place.breakDigest(house)
    place.say(house, roomId, 'while it breaks')
    expect(brief(await events.take(1))).toEqual(['added while it breaks'])
    await servedBy(house, place, roomId, 'POLL')
    place.say(house, roomId, 'while it is broken')
    mend()
    place.say(house, roomId, 'while it mends')
    expect(brief(await events.take(2))).toEqual(['added while it is broken', 'added while it mends'])
    await servedBy(house, place, roomId, 'DIGEST')
    place.say(house, roomId, 'mended')
    expect(brief(await events.take(1))).toEqual(['added mended'])
  })

  it('counts an answer that cannot be read as one failed look: the digest goes on', async () => {
    const house = await openHouse()
    const roomId = place.open(house)
    const events = await watch(house, place, roomId)
    await servedBy(house, place, roomId, 'DIGEST')
    const before = digestLooks(house, place)
    garbleDigest(house, place, 1)
    await waitUntil(() => digestLooks(house, place) > before + 2)
    expect((await sourcesOf(house, place, roomId)).room?.source).toBe('DIGEST')
    place.say(house, roomId, 'after it')
    expect(brief(await events.take(1))).toEqual(['added after it'])
  })

  it('says what serves a room and how late that may be, and nothing while nobody is subscribed', async () => {
    const house = await openHouse()
    const roomId = place.open(house)
    const none = { source: 'NONE', latencyMs: null, lagMs: null }
    expect(await sourcesOf(house, place, roomId)).toEqual({ provider: none, room: none })
    const events = await watch(house, place, roomId)
    await servedBy(house, place, roomId, 'DIGEST')
    const { provider, room } = await sourcesOf(house, place, roomId)
    expect(provider).toEqual({ source: 'DIGEST', latencyMs: expect.any(Number), lagMs: expect.any(Number) })
    expect(room).toEqual({ source: 'DIGEST', latencyMs: expect.any(Number), lagMs: expect.any(Number) })
    await events.stop()
    await servedBy(house, place, roomId, 'NONE')
    expect((await sourcesOf(house, place, roomId)).provider).toEqual(none)
  })
})

function garbleDigest(house: House, { name, digest }: Place, times: number): void {
  const sandbox = name === 'rocketchat' ? house.rocketChat : house.liveChat
  const [, route = ''] = digest.split(' ')
  sandbox.injectFault({ kind: 'answer', status: 200, body: '<html>Maintenance</html>', route, times })
}
