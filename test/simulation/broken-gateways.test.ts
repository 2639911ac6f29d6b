import { afterEach, describe, expect, it, vi } from 'vitest'
import { EventLog } from '../../src/live/changes/event-log.ts'
import { RoomSnapshot } from '../../src/live/changes/room-snapshot.ts'
import { ActivityFeeds } from '../../src/live/delivery/activity-feeds.ts'
import { BoundedQueue } from '../../src/live/delivery/bounded-queue.ts'
import { Subscriber } from '../../src/live/delivery/subscriber.ts'
import { RoomStateReader } from '../../src/live/polling/room-state-reader.ts'
import { RoomViewState } from '../../src/live/polling/room-view-state.ts'
import { StoreFeed } from '../../src/offline/store-feed.ts'
import { VisitorTokenVerification } from '../../src/providers/shared/visitor-token-verification.ts'
import { SharedStream } from '../../src/server/shared-subscriptions/shared-stream.ts'
import { RateLimiter } from '../../src/upstream/rate-limit/rate-limiter.ts'
import { RouteRateLimit } from '../../src/upstream/rate-limit/route-rate-limit.ts'
import { exampleScenario, exampleSubscriber } from './commands/example-scenario.ts'
import { runScenario } from './driver/run-scenario.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** One who listens throughout and one who is cut and comes back, while things of each kind happen. */
const script = exampleScenario({
  subscribers: [exampleSubscriber(), exampleSubscriber({ role: 'VISITOR', over: 'SSE', cutEvery: 1 })],
  commands: [
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
  expect((await runScenario(script)).violations).toEqual([])
})

it('finds out a log that drops an event', async () => {
  const append = EventLog.prototype.append
  vi.spyOn(EventLog.prototype, 'append').mockImplementation(function (this: EventLog, ...args) {
    return append.apply(this, args).filter(({ detected: found }) => found.change.type !== 'MessageUpdated')
  })
  expect((await runScenario(script)).violations.join()).toMatch(/never told that \S+ was edited/)
})

it('finds out a window that misses new messages', async () => {
  const compare = RoomSnapshot.prototype.diff
  vi.spyOn(RoomSnapshot.prototype, 'diff').mockImplementation(function (this: RoomSnapshot, read) {
    const found = compare.call(this, read)
    return found.length < 2 ? found : found.slice(1)
  })
  expect((await runScenario(script)).violations.join()).toMatch(/never told that \S+ was added|was not known/)
})

it('finds out a watcher that is told twice', async () => {
  const offer = Subscriber.prototype.enqueue
  vi.spyOn(Subscriber.prototype, 'enqueue').mockImplementation(function (this: Subscriber, events) {
    offer.call(this, [...events, ...events.slice(0, 1)])
  })
  expect((await runScenario(script)).violations.join()).toMatch(/was (known|told in this version) before/)
})

it('finds out a watcher that is told out of order', async () => {
  const offer = Subscriber.prototype.enqueue
  vi.spyOn(Subscriber.prototype, 'enqueue').mockImplementation(function (this: Subscriber, events) {
    offer.call(this, [...events].reverse())
  })
  expect((await runScenario(script)).violations.join()).toMatch(/comes behind/)
})

it('finds out a log that forgets where it stood', async () => {
  vi.spyOn(EventLog.prototype, 'eventsAfter').mockImplementation(() => [])
  expect((await runScenario(script)).violations).not.toEqual([])
})

/** How long to wait for what a broken gateway never does. */
const PATIENCE_MS = 500

describe('of the state of a room', () => {
  const closed = exampleScenario({
    subscribers: [exampleSubscriber(), exampleSubscriber({ role: 'VISITOR' })],
    commands: [
      { do: 'hear' },
      { do: 'change quietly', room: 0 },
      { do: 'look', times: 3 },
      { do: 'leave', who: 1, how: 'cut' },
      { do: 'close', room: 0 },
      { do: 'come', who: 1, gateway: 1 },
    ],
  })

  it('finds nothing wrong with the gateway as it is', async () => {
    const { violations, counts } = await runScenario(closed)
    expect(violations).toEqual([])
    // Several changes in a row may come as one.
    expect(counts['told room updated']).toBeGreaterThan(1)
  })

  it('finds out one that keeps it to itself', async () => {
    vi.spyOn(RoomStateReader.prototype, 'deliver').mockImplementation(() => {})
    expect((await runScenario(closed, PATIENCE_MS)).violations.join()).toMatch(
      /concludes "QUEUED, 0 agents", but the room is "CLOSED/,
    )
  })

  it('finds out one that shows visitors what agents see', async () => {
    const answered = RoomViewState.prototype.onReadSucceeded
    vi.spyOn(RoomViewState.prototype, 'onReadSucceeded').mockImplementation(function (
      this: RoomViewState,
      read,
      room,
    ) {
      answered.call(this, read, { ...room, tags: ['for agents'] })
    })
    expect((await runScenario(closed, PATIENCE_MS)).violations.join()).toMatch(
      /was given the state .*for agents/,
    )
  })
})

it('finds out a stream of server-sent events that does not know where its client was', async () => {
  const cut = exampleScenario({
    subscribers: [exampleSubscriber({ over: 'SSE', resumesBy: 'Last-Event-ID', cutEvery: 1 })],
    commands: [{ do: 'hear' }, { do: 'say', room: 0, by: 'agent', through: 'provider' }, { do: 'hear' }],
  })
  expect((await runScenario(cut)).violations).toEqual([])
  const begin = SharedStream.prototype.start
  vi.spyOn(SharedStream.prototype, 'start').mockImplementation(function (this: SharedStream, start) {
    return begin.call(this, { ...start, resumeAfter: null })
  })
  expect((await runScenario(cut, PATIENCE_MS)).violations.join()).toMatch(/was known before/)
})

it('finds out a source that goes on when its watchers have left', async () => {
  vi.spyOn(BoundedQueue.prototype, 'close').mockImplementation(() => {})
  const left = exampleScenario({
    commands: [{ do: 'hear' }, { do: 'leave', who: 0, how: 'cut' }, { do: 'count' }],
  })
  expect((await runScenario(left, PATIENCE_MS)).violations.join()).toMatch(
    /1 rooms are watched instead of at the most 0/,
  )
})

it('finds out a stream that goes on when its token is revoked', async () => {
  const revoked = exampleScenario({
    subscribers: [exampleSubscriber({ role: 'VISITOR' }), exampleSubscriber({ room: 1, role: 'VISITOR' })],
    commands: [{ do: 'hear' }, { do: 'revoke', room: 0 }],
  })
  const { violations, counts } = await runScenario(revoked)
  expect(violations).toEqual([])
  expect(counts['streams of a revoked token ended']).toBe(1)
  const end = BoundedQueue.prototype.end
  vi.spyOn(BoundedQueue.prototype, 'end').mockImplementation(function (this: BoundedQueue<object>, error) {
    if (error === undefined) end.call(this)
  })
  // Such a gateway polls on with the token. Refused again without a call, it would do so without a pause.
  vi.spyOn(VisitorTokenVerification.prototype, 'rejectionFor').mockReturnValue(null)
  expect((await runScenario(revoked, PATIENCE_MS)).violations).toContain(
    's0: its stream goes on with a token that is revoked',
  )
})

describe('before a provider that limits calls', () => {
  const limited = exampleScenario({
    limit: { calls: 6, windowMs: 300 },
    subscribers: [0, 1].map((room) => exampleSubscriber({ room, role: 'VISITOR', page: null })),
    commands: [
      { do: 'hear' },
      { do: 'hear' },
      { do: 'say', room: 0, by: 'visitor', through: 'gateway' },
      { do: 'say', room: 1, by: 'visitor', through: 'gateway' },
    ],
  })

  it('finds nothing wrong with the gateway as it is', async () => {
    expect((await runScenario(limited)).violations).toEqual([])
  })

  it('finds out one that does not wait', async () => {
    vi.spyOn(RouteRateLimit.prototype, 'waitMs').mockReturnValue(0)
    expect((await runScenario(limited, PATIENCE_MS)).violations.join()).toMatch(/refused as one too many/)
  })

  it('finds out one whose messages wait among its looks', async () => {
    const enter = RateLimiter.prototype.acquire
    let looks = 0
    vi.spyOn(RateLimiter.prototype, 'acquire').mockImplementation(async function (this: RateLimiter, call) {
      const before = looks
      if (/livechat\/message$/.test(call.rateLimitKey)) await vi.waitUntil(() => looks > before + 8, 10_000)
      const pass = await enter.call(this, call)
      if (call.priority === 'background') looks += 1
      return pass
    })
    expect((await runScenario(limited, PATIENCE_MS)).violations.join()).toMatch(
      /looks came before the message/,
    )
  })
})

describe('before onlookers', () => {
  const followed = exampleScenario({
    accountSubscribers: [
      { stream: 'roomActivity', over: 'WebSocket', early: true },
      { stream: 'offlineMessageAdded', over: 'SSE', early: true },
    ],
    commands: [
      { do: 'hear' },
      { do: 'say', room: 1, by: 'visitor', through: 'provider' },
      { do: 'leave offline', through: 'gateway', gateway: 1 },
      { do: 'unwatch', who: 0, how: 'cut' },
      { do: 'watch', who: 0, gateway: 1 },
      { do: 'look', times: 3 },
    ],
  })

  it('finds nothing wrong with the gateway as it is', async () => {
    const { violations, counts } = await runScenario(followed)
    expect(violations).toEqual([])
    expect(counts['told by roomActivity']).toBeGreaterThan(2)
    expect(counts['told by offlineMessageAdded']).toBeGreaterThan(1)
  })

  it('finds out a digest that leaves out a room', async () => {
    const tell = ActivityFeeds.prototype.publish
    vi.spyOn(ActivityFeeds.prototype, 'publish').mockImplementation(function (this: ActivityFeeds, ...told) {
      const [provider, activity] = told
      tell.call(this, provider, { ...activity, rooms: activity.rooms.slice(0, 1) })
    })
    expect((await runScenario(followed, PATIENCE_MS)).violations.join()).toMatch(
      /was not told of \S+ after the last thing/,
    )
  })

  it('finds out a digest that tells of a room in which nothing happened', async () => {
    const tell = ActivityFeeds.prototype.publish
    vi.spyOn(ActivityFeeds.prototype, 'publish').mockImplementation(function (this: ActivityFeeds, ...told) {
      const [provider, activity] = told
      const others = activity.rooms.flatMap(({ room }) =>
        room ? { roomId: 'other', room: { ...room, nativeId: 'other' } } : [],
      )
      tell.call(this, provider, { ...activity, rooms: [...activity.rooms, ...others] })
    })
    expect((await runScenario(followed, PATIENCE_MS)).violations.join()).toMatch(
      /was told of \S+ once more after 0 times, with 0 things/,
    )
  })

  it('finds out a store that is told from twice, and one that is not told from', async () => {
    const learn = vi.spyOn(StoreFeed.prototype, 'markSeen').mockReturnValue(true)
    expect((await runScenario(followed, PATIENCE_MS)).violations.join()).toMatch(/was told twice of "offline/)
    learn.mockReturnValue(false)
    expect((await runScenario(followed, PATIENCE_MS)).violations.join()).toMatch(/heard nothing/)
  })
})
