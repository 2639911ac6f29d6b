import { describe, expect, it } from 'vitest'
import { DEFAULT_PUSH_TIMES } from '../../../src/live/push/push-times.ts'
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
const cases = providerFixtures.flatMap((fixture) =>
  sources.flatMap((source) => callers.map((caller) => ({ fixture, name: fixture.name, source, caller }))),
)

describe.each(cases)('$name, served by $source, for $caller', ({ fixture, source, caller }) => {
  it('delivers messages in order and once, and the closing of the room', async () => {
    const setup = await openBothProviders()
    if (source === 'POLL') fixture.forbidActivity(setup)
    const roomId = fixture.openRoom(setup)
    const quiet = fixture.openRoom(setup)
    const as: { token?: string } =
      caller === 'the visitor' ? { token: fixture.visitorTokenOf(setup, roomId) } : {}
    const events = await subscribeToRoom(setup, fixture, roomId, as)
    await subscribeToRoom(setup, fixture, quiet)
    await waitForSource(setup, fixture, roomId, source, as.token)
    fixture.sendAsVisitor(setup, roomId, 'one')
    expect(summarize(await events.take(1))).toEqual(['added one'])
    const burst = Array.from({ length: 60 }, (_, index) => `burst ${index}`)
    for (const text of burst) fixture.sendAsVisitor(setup, roomId, text)
    expect(summarize(await events.take(60))).toEqual(burst.map((text) => `added ${text}`))
    fixture.closeRoom(setup, roomId)
    const [closing, updated] = summarize(await events.take(2))
    expect(closing).toMatch(/^added /)
    expect(updated).toBe('room updated')
  })
})

/** A read that lacks the last message of a room's row counts soon: the sandbox has no replica that is behind. */
const PUSH_TIMES = { ...DEFAULT_PUSH_TIMES, maxReadLagMs: 200 }

const modes = [
  { mode: 'gone', settings: {} },
  { mode: 'marked', settings: { Message_ShowDeletedStatus: true } },
  { mode: 'hidden', settings: { Message_KeepHistory: true } },
] as const

describe.each(sources)('Rocket.Chat, served by %s', (source) => {
  it.each(modes)('delivers edits and deletions of new and older messages, $mode', async ({ settings }) => {
    const setup = await openBothProviders({ rocketChat: { settings }, gateway: { pushTimes: PUSH_TIMES } })
    const { workspace } = setup.rocketChat
    if (source === 'POLL') rocketChatFixture.forbidActivity(setup)
    const rid = rocketChatFixture.openRoom(setup)
    const events = await subscribeToRoom(setup, rocketChatFixture, rid)
    await waitForSource(setup, rocketChatFixture, rid, source)
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
