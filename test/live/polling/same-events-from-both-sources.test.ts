import { describe, expect, it } from 'vitest'
import {
  openBothProviders,
  providerFixtures,
  rocketChatFixture,
  subscribeToRoom,
  summarize,
  waitForSource,
} from '../both-providers.ts'

const sources = ['DIGEST', 'POLL'] as const
const callers = ['an operator', 'the visitor'] as const
const cases = providerFixtures.flatMap((place) =>
  sources.flatMap((source) => callers.map((caller) => ({ place, name: place.name, source, caller }))),
)

describe.each(cases)('$name, served by $source, to $caller', ({ place, source, caller }) => {
  it('tells what is said, in order and once, and that the room is closed', async () => {
    const house = await openBothProviders()
    if (source === 'POLL') place.forbidActivity(house)
    const roomId = place.openRoom(house)
    const quiet = place.openRoom(house)
    const as: { token?: string } =
      caller === 'the visitor' ? { token: place.visitorTokenOf(house, roomId) } : {}
    const events = await subscribeToRoom(house, place, roomId, as)
    await subscribeToRoom(house, place, quiet)
    await waitForSource(house, place, roomId, source, as.token)
    place.sendAsVisitor(house, roomId, 'one')
    expect(summarize(await events.take(1))).toEqual(['added one'])
    const burst = Array.from({ length: 60 }, (_, index) => `burst ${index}`)
    for (const text of burst) place.sendAsVisitor(house, roomId, text)
    expect(summarize(await events.take(60))).toEqual(burst.map((text) => `added ${text}`))
    place.closeRoom(house, roomId)
    const [closing, updated] = summarize(await events.take(2))
    expect(closing).toMatch(/^added /)
    expect(updated).toBe('room updated')
  })
})

const modes = [
  { mode: 'gone', settings: {} },
  { mode: 'marked', settings: { Message_ShowDeletedStatus: true } },
  { mode: 'hidden', settings: { Message_KeepHistory: true } },
] as const

describe.each(sources)('Rocket.Chat, served by %s', (source) => {
  it.each(modes)('tells edits and deletions of new and of older messages, $mode', async ({ settings }) => {
    const house = await openBothProviders({ rocketChat: { settings } })
    const { workspace } = house.rocketChat
    if (source === 'POLL') rocketChatFixture.forbidActivity(house)
    const rid = rocketChatFixture.openRoom(house)
    const events = await subscribeToRoom(house, rocketChatFixture, rid)
    await waitForSource(house, rocketChatFixture, rid, source)
    for (const _id of ['m1', 'm2', 'm3']) workspace.visitorSends(rid, _id, { _id })
    await events.take(3)
    workspace.edit('m3', 'm3, edited')
    expect(summarize(await events.take(1))).toEqual(['updated m3, edited'])
    workspace.edit('m1', 'm1, edited')
    expect(summarize(await events.take(1))).toEqual(['updated m1, edited'])
    workspace.remove('m1')
    expect(summarize(await events.take(1))).toEqual(['deleted m1'])
    workspace.remove('m3')
    expect(summarize(await events.take(1))).toEqual(['deleted m3'])
    workspace.visitorSends(rid, 'm4', { _id: 'm4' })
    expect(summarize(await events.take(1))).toEqual(['added m4'])
  })
})
