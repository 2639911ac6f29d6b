import { afterEach, describe, expect, it, vi } from 'vitest'
import { ActivityFeeds } from '../../src/live/activity-feeds.ts'
import { BoundedQueue } from '../../src/live/bounded-queue.ts'
import { EventLog } from '../../src/live/event-log.ts'
import { KnownWindow } from '../../src/live/known-window.ts'
import { RoomStateReader } from '../../src/live/room-state-reader.ts'
import { ViewState } from '../../src/live/view-state.ts'
import { Watcher } from '../../src/live/watcher.ts'
import { OwnNews } from '../../src/offline/own-news.ts'
import { VisitorTokens } from '../../src/providers/visitor-tokens.ts'
import { SharedStream } from '../../src/server/sharing/shared-stream.ts'
import { Budget } from '../../src/upstream/budget.ts'
import { RouteLimit } from '../../src/upstream/route-limit.ts'
import { example, listener } from './example.ts'
import { play } from './play.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** One who listens throughout and one who is cut and comes back, while things of each kind happen. */
const script = example({
  subscribers: [listener(), listener({ role: 'VISITOR', over: 'SSE', cutEvery: 1 })],
  steps: [
    { do: 'hear' },
    { do: 'say', room: 0, by: 'visitor', through: 'provider' },
    { do: 'say', room: 0, by: 'agent', through: 'provider' },
    { do: 'say', room: 0, by: 'agent', through: 'provider' },
    { do: 'look', times: 5 },
    { do: 'edit', room: 0, pick: 0 },
    { do: 'look', times: 5 },
    { do: 'delete', room: 0, pick: 2, how: 'marked' },
    { do: 'look', times: 5 },
    { do: 'burst', room: 0, count: 4, held: true },
    { do: 'look', times: 5 },
    { do: 'leave', who: 1, how: 'cut' },
    { do: 'look', times: 2 },
    { do: 'say', room: 0, by: 'visitor', through: 'provider' },
    { do: 'look', times: 2 },
    { do: 'come', who: 1, gateway: 1 },
  ],
})

it('finds nothing wrong with the gateway as it is', async () => {
  expect((await play(script)).violations).toEqual([])
})

it('finds out a log that drops an event', async () => {
  const append = EventLog.prototype.append
  vi.spyOn(EventLog.prototype, 'append').mockImplementation(function (this: EventLog, ...args) {
    return append.apply(this, args).filter(({ found }) => found.change.type !== 'MessageUpdated')
  })
  expect((await play(script)).violations.join()).toMatch(/never told that \S+ was edited/)
})

it('finds out a window that misses new messages', async () => {
  const compare = KnownWindow.prototype.compare
  vi.spyOn(KnownWindow.prototype, 'compare').mockImplementation(function (this: KnownWindow, read) {
    const found = compare.call(this, read)
    return found.length < 2 ? found : found.slice(1)
  })
  expect((await play(script)).violations.join()).toMatch(/never told that \S+ was added|was not known/)
})

it('finds out a watcher that is told twice', async () => {
  const offer = Watcher.prototype.offer
  vi.spyOn(Watcher.prototype, 'offer').mockImplementation(function (this: Watcher, events) {
    offer.call(this, [...events, ...events.slice(0, 1)])
  })
  expect((await play(script)).violations.join()).toMatch(/was (known|told in this version) before/)
})

it('finds out a watcher that is told out of order', async () => {
  const offer = Watcher.prototype.offer
  vi.spyOn(Watcher.prototype, 'offer').mockImplementation(function (this: Watcher, events) {
    offer.call(this, [...events].reverse())
  })
  expect((await play(script)).violations.join()).toMatch(/comes behind/)
})

it('finds out a log that forgets where it stood', async () => {
  vi.spyOn(EventLog.prototype, 'after').mockImplementation(() => [])
  expect((await play(script)).violations).not.toEqual([])
})

/** How long to wait for what a broken gateway never does. */
const PATIENCE_MS = 500

describe('of the state of a room', () => {
  const closed = example({
    subscribers: [listener(), listener({ role: 'VISITOR' })],
    steps: [
      { do: 'hear' },
      { do: 'change quietly', room: 0 },
      { do: 'look', times: 3 },
      { do: 'leave', who: 1, how: 'cut' },
      { do: 'close', room: 0 },
      { do: 'come', who: 1, gateway: 1 },
    ],
  })

  it('finds nothing wrong with the gateway as it is', async () => {
    const { violations, counts } = await play(closed)
    expect(violations).toEqual([])
    // Several changes in a row may come as one.
    expect(counts['told room updated']).toBeGreaterThan(1)
  })

  it('finds out one that keeps it to itself', async () => {
    vi.spyOn(RoomStateReader.prototype, 'deliver').mockImplementation(() => {})
    expect((await play(closed, PATIENCE_MS)).violations.join()).toMatch(
      /concludes "QUEUED, 0 agents", but the room is "CLOSED/,
    )
  })

  it('finds out one that shows visitors what agents see', async () => {
    const answered = ViewState.prototype.answered
    vi.spyOn(ViewState.prototype, 'answered').mockImplementation(function (this: ViewState, read, room) {
      answered.call(this, read, { ...room, tags: ['for agents'] })
    })
    expect((await play(closed, PATIENCE_MS)).violations.join()).toMatch(/was given the state .*for agents/)
  })
})

it('finds out a stream of server-sent events that does not know where its client was', async () => {
  const cut = example({
    subscribers: [listener({ over: 'SSE', resumesBy: 'Last-Event-ID', cutEvery: 1 })],
    steps: [{ do: 'hear' }, { do: 'say', room: 0, by: 'agent', through: 'provider' }, { do: 'hear' }],
  })
  expect((await play(cut)).violations).toEqual([])
  const begin = SharedStream.prototype.begin
  vi.spyOn(SharedStream.prototype, 'begin').mockImplementation(function (this: SharedStream, start) {
    return begin.call(this, { ...start, resumeAfter: null })
  })
  expect((await play(cut, PATIENCE_MS)).violations.join()).toMatch(/was known before/)
})

it('finds out a source that goes on when its watchers have left', async () => {
  vi.spyOn(BoundedQueue.prototype, 'leave').mockImplementation(() => {})
  const left = example({ steps: [{ do: 'hear' }, { do: 'leave', who: 0, how: 'cut' }, { do: 'count' }] })
  expect((await play(left, PATIENCE_MS)).violations.join()).toMatch(
    /1 rooms are watched instead of at the most 0/,
  )
})

it('finds out a stream that goes on when its token is revoked', async () => {
  const revoked = example({
    subscribers: [listener({ role: 'VISITOR' }), listener({ room: 1, role: 'VISITOR' })],
    steps: [{ do: 'hear' }, { do: 'revoke', room: 0 }],
  })
  const { violations, counts } = await play(revoked)
  expect(violations).toEqual([])
  expect(counts['streams of a revoked token ended']).toBe(1)
  const end = BoundedQueue.prototype.end
  vi.spyOn(BoundedQueue.prototype, 'end').mockImplementation(function (this: BoundedQueue<object>, error) {
    if (error === undefined) end.call(this)
  })
  // Such a gateway polls on with the token. Refused again without a call, it would do so without a pause.
  vi.spyOn(VisitorTokens.prototype, 'refusalOf').mockReturnValue(null)
  expect((await play(revoked, PATIENCE_MS)).violations).toContain(
    's0: its stream goes on with a token that is revoked',
  )
})

describe('before a provider that limits calls', () => {
  const limited = example({
    limit: { calls: 6, windowMs: 300 },
    subscribers: [0, 1].map((room) => listener({ room, role: 'VISITOR', page: null })),
    steps: [
      { do: 'hear' },
      { do: 'hear' },
      { do: 'say', room: 0, by: 'visitor', through: 'gateway' },
      { do: 'say', room: 1, by: 'visitor', through: 'gateway' },
    ],
  })

  it('finds nothing wrong with the gateway as it is', async () => {
    expect((await play(limited)).violations).toEqual([])
  })

  it('finds out one that does not wait', async () => {
    vi.spyOn(RouteLimit.prototype, 'wait').mockReturnValue(0)
    expect((await play(limited, PATIENCE_MS)).violations.join()).toMatch(/refused as one too many/)
  })

  it('finds out one whose messages wait among its looks', async () => {
    const enter = Budget.prototype.enter
    let looks = 0
    vi.spyOn(Budget.prototype, 'enter').mockImplementation(async function (this: Budget, call) {
      const before = looks
      if (/livechat\/message$/.test(call.limit)) await vi.waitUntil(() => looks > before + 8, 10_000)
      const pass = await enter.call(this, call)
      if (call.kind === 'background') looks += 1
      return pass
    })
    expect((await play(limited, PATIENCE_MS)).violations.join()).toMatch(/looks came before the message/)
  })
})

describe('before onlookers', () => {
  const followed = example({
    onlookers: [
      { stream: 'roomActivity', over: 'WebSocket', early: true },
      { stream: 'offlineMessageAdded', over: 'SSE', early: true },
    ],
    steps: [
      { do: 'hear' },
      { do: 'say', room: 1, by: 'visitor', through: 'provider' },
      { do: 'leave offline', through: 'gateway', gateway: 1 },
      { do: 'unwatch', who: 0, how: 'cut' },
      { do: 'watch', who: 0, gateway: 1 },
      { do: 'look', times: 3 },
    ],
  })

  it('finds nothing wrong with the gateway as it is', async () => {
    const { violations, counts } = await play(followed)
    expect(violations).toEqual([])
    expect(counts['told by roomActivity']).toBeGreaterThan(2)
    expect(counts['told by offlineMessageAdded']).toBeGreaterThan(1)
  })

  it('finds out a digest that leaves out a room', async () => {
    const tell = ActivityFeeds.prototype.tell
    vi.spyOn(ActivityFeeds.prototype, 'tell').mockImplementation(function (this: ActivityFeeds, ...told) {
      const [provider, activity] = told
      tell.call(this, provider, { ...activity, rooms: activity.rooms.slice(0, 1) })
    })
    expect((await play(followed, PATIENCE_MS)).violations.join()).toMatch(
      /was not told of \S+ after the last thing/,
    )
  })

  it('finds out a digest that tells of a room in which nothing happened', async () => {
    const tell = ActivityFeeds.prototype.tell
    vi.spyOn(ActivityFeeds.prototype, 'tell').mockImplementation(function (this: ActivityFeeds, ...told) {
      const [provider, activity] = told
      const others = activity.rooms.flatMap(({ room }) =>
        room ? { roomId: 'other', room: { ...room, nativeId: 'other' } } : [],
      )
      tell.call(this, provider, { ...activity, rooms: [...activity.rooms, ...others] })
    })
    expect((await play(followed, PATIENCE_MS)).violations.join()).toMatch(
      /was told of \S+ once more after 0 times, with 0 things/,
    )
  })

  it('finds out a store that is told from twice, and one that is not told from', async () => {
    const learn = vi.spyOn(OwnNews.prototype, 'learn').mockReturnValue(true)
    expect((await play(followed, PATIENCE_MS)).violations.join()).toMatch(/was told twice of "offline/)
    learn.mockReturnValue(false)
    expect((await play(followed, PATIENCE_MS)).violations.join()).toMatch(/heard nothing/)
  })
})
