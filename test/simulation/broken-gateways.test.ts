import { afterEach, describe, expect, it, vi } from 'vitest'
import { EventLog } from '../../src/live/changes/event-log.ts'
import { RoomSnapshot } from '../../src/live/changes/room-snapshot.ts'
import { Timeline } from '../../src/live/changes/timeline.ts'
import { ActivityFeeds } from '../../src/live/delivery/activity-feeds.ts'
import { BoundedQueue } from '../../src/live/delivery/bounded-queue.ts'
import { Subscriber } from '../../src/live/delivery/subscriber.ts'
import { RoomStateReader } from '../../src/live/polling/room-state-reader.ts'
import { RoomViewState } from '../../src/live/polling/room-view-state.ts'
import { PushSchedule } from '../../src/live/push/push-schedule.ts'
import { StoreFeed } from '../../src/offline/store-feed.ts'
import { VisitorTokenVerification } from '../../src/providers/shared/visitor-token-verification.ts'
import { SharedStream } from '../../src/server/shared-subscriptions/shared-stream.ts'
import { RateLimiter } from '../../src/upstream/rate-limit/rate-limiter.ts'
import { RouteRateLimit } from '../../src/upstream/rate-limit/route-rate-limit.ts'
import { exampleScenario, exampleSubscriber } from './commands/example-scenario.ts'
import type { Command, Scenario, SimulatedPushFault } from './commands/scenario.ts'
import { runScenario } from './driver/run-scenario.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** One client that stays connected and one that reconnects after every event, while each kind of change happens. */
const scenario = exampleScenario({
  subscribers: [exampleSubscriber(), exampleSubscriber({ role: 'VISITOR', over: 'SSE', cutEvery: 1 })],
  commands: [
    { type: 'expect delivery' },
    { type: 'send', room: 0, by: 'visitor', through: 'provider' },
    { type: 'send', room: 0, by: 'agent', through: 'provider' },
    { type: 'send', room: 0, by: 'agent', through: 'provider' },
    { type: 'wait for polls', times: 5 },
    { type: 'edit', room: 0, pick: 0 },
    { type: 'wait for polls', times: 5 },
    { type: 'delete', room: 0, pick: 2, how: 'tombstone' },
    { type: 'wait for polls', times: 5 },
    { type: 'send burst', room: 0, count: 4, held: true },
    { type: 'wait for polls', times: 5 },
    { type: 'disconnect', client: 1, how: 'cut' },
    { type: 'wait for polls', times: 2 },
    { type: 'send', room: 0, by: 'visitor', through: 'provider' },
    { type: 'wait for polls', times: 2 },
    { type: 'connect', client: 1, gateway: 1 },
  ],
})

it('accepts the real gateway', async () => {
  expect((await runScenario(scenario)).violations).toEqual([])
})

it('detects an event log that drops an event', async () => {
  const append = EventLog.prototype.append
  vi.spyOn(EventLog.prototype, 'append').mockImplementation(function (this: EventLog, ...args) {
    return append.apply(this, args).filter(({ detected }) => detected.change.type !== 'MessageUpdated')
  })
  expect((await runScenario(scenario)).violations.join()).toMatch(/did not receive that \S+ was edited/)
})

it('detects a snapshot that misses new messages', async () => {
  const diff = RoomSnapshot.prototype.diff
  vi.spyOn(RoomSnapshot.prototype, 'diff').mockImplementation(function (this: RoomSnapshot, read) {
    const detected = diff.call(this, read)
    return detected.length < 2 ? detected : detected.slice(1)
  })
  expect((await runScenario(scenario)).violations.join()).toMatch(
    /did not receive that \S+ was added|was not known/,
  )
})

it('detects a subscriber that receives an event twice', async () => {
  const enqueue = Subscriber.prototype.enqueue
  vi.spyOn(Subscriber.prototype, 'enqueue').mockImplementation(function (this: Subscriber, events) {
    enqueue.call(this, [...events, ...events.slice(0, 1)])
  })
  expect((await runScenario(scenario)).violations.join()).toMatch(/was already known|repeats a known version/)
})

it('detects a subscriber that receives events out of order', async () => {
  const enqueue = Subscriber.prototype.enqueue
  vi.spyOn(Subscriber.prototype, 'enqueue').mockImplementation(function (this: Subscriber, events) {
    enqueue.call(this, [...events].reverse())
  })
  expect((await runScenario(scenario)).violations.join()).toMatch(/arrives after/)
})

it('detects an event log that forgets its position', async () => {
  vi.spyOn(EventLog.prototype, 'eventsAfter').mockImplementation(() => [])
  expect((await runScenario(scenario)).violations).not.toEqual([])
})

/** How long to wait for what a broken gateway never delivers. */
const TIMEOUT_MS = 500
/** How long to wait for what it delivers wrongly: no longer than that takes, also on a busy machine. */
const LATE_TIMEOUT_MS = 10_000

describe('with room states', () => {
  const closed = exampleScenario({
    subscribers: [exampleSubscriber(), exampleSubscriber({ role: 'VISITOR' })],
    commands: [
      { type: 'expect delivery' },
      { type: 'change silently', room: 0 },
      { type: 'wait for polls', times: 3 },
      { type: 'disconnect', client: 1, how: 'cut' },
      { type: 'close', room: 0 },
      { type: 'connect', client: 1, gateway: 1 },
    ],
  })

  it('accepts the real gateway', async () => {
    const { violations, counts } = await runScenario(closed)
    expect(violations).toEqual([])
    // Several changes in a row may arrive as one event.
    expect(counts['received room updated']).toBeGreaterThan(1)
  })

  it('detects a gateway that does not deliver them', async () => {
    vi.spyOn(RoomStateReader.prototype, 'deliver').mockImplementation(() => {})
    expect((await runScenario(closed, TIMEOUT_MS)).violations.join()).toMatch(
      /last received "QUEUED, 0 agents", but the room is "CLOSED/,
    )
  })

  it('detects a gateway that shows visitors what agents see', async () => {
    const onReadSucceeded = RoomViewState.prototype.onReadSucceeded
    vi.spyOn(RoomViewState.prototype, 'onReadSucceeded').mockImplementation(function (
      this: RoomViewState,
      read,
      room,
    ) {
      onReadSucceeded.call(this, read, { ...room, tags: ['for agents'] })
    })
    expect((await runScenario(closed, TIMEOUT_MS)).violations.join()).toMatch(
      /received the state .*for agents/,
    )
  })
})

it('detects server-sent events that ignore the position of the client', async () => {
  const cut = exampleScenario({
    subscribers: [exampleSubscriber({ over: 'SSE', resumesBy: 'Last-Event-ID', cutEvery: 1 })],
    commands: [
      { type: 'expect delivery' },
      { type: 'send', room: 0, by: 'agent', through: 'provider' },
      { type: 'expect delivery' },
    ],
  })
  expect((await runScenario(cut)).violations).toEqual([])
  const start = SharedStream.prototype.start
  vi.spyOn(SharedStream.prototype, 'start').mockImplementation(function (this: SharedStream, options) {
    return start.call(this, { ...options, resumeAfter: null })
  })
  expect((await runScenario(cut, TIMEOUT_MS)).violations.join()).toMatch(/was already known/)
})

it('detects a poller that continues without subscribers', async () => {
  vi.spyOn(BoundedQueue.prototype, 'close').mockImplementation(() => {})
  const left = exampleScenario({
    commands: [
      { type: 'expect delivery' },
      { type: 'disconnect', client: 0, how: 'cut' },
      { type: 'check pollers' },
    ],
  })
  expect((await runScenario(left, TIMEOUT_MS)).violations.join()).toMatch(
    /1 rooms are polled instead of at most 0/,
  )
})

it('detects a stream that continues with a revoked token', async () => {
  const revoked = exampleScenario({
    provider: 'livechat',
    subscribers: [exampleSubscriber({ role: 'VISITOR' }), exampleSubscriber({ room: 1, role: 'VISITOR' })],
    commands: [{ type: 'expect delivery' }, { type: 'revoke token', room: 0 }],
  })
  const { violations, counts } = await runScenario(revoked)
  expect(violations).toEqual([])
  expect(counts['streams of a revoked token ended']).toBe(1)
  const end = BoundedQueue.prototype.end
  vi.spyOn(BoundedQueue.prototype, 'end').mockImplementation(function (this: BoundedQueue<object>, error) {
    if (error === undefined) end.call(this)
  })
  // Such a gateway continues to poll with the token. A cached rejection would let it do so without a pause.
  vi.spyOn(VisitorTokenVerification.prototype, 'rejectionFor').mockReturnValue(null)
  expect((await runScenario(revoked, TIMEOUT_MS)).violations).toContain(
    's0: its stream continues with a revoked token',
  )
})

describe('with a rate limit', () => {
  const limited = exampleScenario({
    limit: { calls: 6, windowMs: 300 },
    subscribers: [0, 1].map((room) => exampleSubscriber({ room, role: 'VISITOR', page: null })),
    commands: [
      { type: 'expect delivery' },
      { type: 'expect delivery' },
      { type: 'send', room: 0, by: 'visitor', through: 'gateway' },
      { type: 'send', room: 1, by: 'visitor', through: 'gateway' },
    ],
  })

  it('accepts the real gateway', async () => {
    expect((await runScenario(limited)).violations).toEqual([])
  })

  it('detects a gateway that does not wait', async () => {
    vi.spyOn(RouteRateLimit.prototype, 'waitMs').mockReturnValue(0)
    // A window in which a busy machine polls that often, too.
    const slowly = { ...limited, limit: { calls: 6, windowMs: 5_000 } }
    expect((await runScenario(slowly, TIMEOUT_MS)).violations.join()).toMatch(
      /received a rate-limit response/,
    )
  })

  it('detects a gateway whose messages queue with its polls', async () => {
    const acquire = RateLimiter.prototype.acquire
    let polls = 0
    vi.spyOn(RateLimiter.prototype, 'acquire').mockImplementation(async function (this: RateLimiter, call) {
      const before = polls
      if (/livechat\/message$/.test(call.rateLimitKey)) await vi.waitUntil(() => polls > before + 8, 10_000)
      const permit = await acquire.call(this, call)
      if (call.priority === 'background') polls += 1
      return permit
    })
    expect((await runScenario(limited, TIMEOUT_MS)).violations.join()).toMatch(/polls preceded the message/)
  })
})

describe('with account subscribers', () => {
  const followed = exampleScenario({
    accountSubscribers: [
      { stream: 'roomActivity', over: 'WebSocket', early: true },
      { stream: 'offlineMessageAdded', over: 'SSE', early: true },
    ],
    commands: [
      { type: 'expect delivery' },
      { type: 'send', room: 1, by: 'visitor', through: 'provider' },
      { type: 'send offline', through: 'gateway', gateway: 1 },
      { type: 'disconnect account', client: 0, how: 'cut' },
      { type: 'connect account', client: 0, gateway: 1 },
      { type: 'wait for polls', times: 3 },
    ],
  })

  it('accepts the real gateway', async () => {
    const { violations, counts } = await runScenario(followed)
    expect(violations).toEqual([])
    expect(counts['received from roomActivity']).toBeGreaterThan(2)
    expect(counts['received from offlineMessageAdded']).toBeGreaterThan(1)
  })

  it('detects an account poller that leaves out a room', async () => {
    const publish = ActivityFeeds.prototype.publish
    let leftOut: string | undefined
    vi.spyOn(ActivityFeeds.prototype, 'publish').mockImplementation(function (this: ActivityFeeds, ...args) {
      const [provider, activity] = args
      leftOut ??= activity.rooms[0]?.roomId
      publish.call(this, provider, {
        ...activity,
        rooms: activity.rooms.filter(({ roomId }) => roomId !== leftOut),
      })
    })
    expect((await runScenario(followed, TIMEOUT_MS)).violations.join()).toMatch(
      /did not receive \S+ after its last message/,
    )
  })

  it('detects an account poller that reports an unchanged room', async () => {
    const publish = ActivityFeeds.prototype.publish
    vi.spyOn(ActivityFeeds.prototype, 'publish').mockImplementation(function (this: ActivityFeeds, ...args) {
      const [provider, activity] = args
      const others = activity.rooms.flatMap(({ room }) =>
        room ? { roomId: 'other', room: { ...room, nativeId: 'other' } } : [],
      )
      publish.call(this, provider, { ...activity, rooms: [...activity.rooms, ...others] })
    })
    expect((await runScenario(followed, TIMEOUT_MS)).violations.join()).toMatch(
      /received \S+ again after 0 times, with 0 changes/,
    )
  })

  it('detects a store feed that delivers twice, and one that delivers nothing', async () => {
    const markSeen = vi.spyOn(StoreFeed.prototype, 'markSeen').mockReturnValue(true)
    expect((await runScenario(followed, TIMEOUT_MS)).violations.join()).toMatch(/received "offline.*" twice/)
    markSeen.mockReturnValue(false)
    expect((await runScenario(followed, TIMEOUT_MS)).violations.join()).toMatch(/received nothing/)
  })
})

describe('with push', () => {
  const pushed = (provider: Scenario['provider'], ...commands: readonly Command[]): Scenario =>
    exampleScenario({
      provider,
      push: true,
      subscribers: [exampleSubscriber(), exampleSubscriber({ role: 'VISITOR' })],
      commands: [{ type: 'expect delivery' }, { type: 'wait for push' }, ...commands],
    })
  const send = { type: 'send', room: 0, by: 'visitor', through: 'provider' } as const
  const fault = (kind: SimulatedPushFault): Command => {
    return { type: 'inject push fault', fault: kind, pick: 0, ofHalf: false }
  }
  const repeated = [fault('duplicate'), send, { type: 'wait for polls', times: 2 }] as const
  /** A message that only an audit finds: the comparison after the connection was before. */
  const lost = [
    { type: 'wait for polls', times: 3 },
    fault('silent'),
    send,
    { type: 'yield', times: 20 },
    { type: 'clear push faults' },
  ] as const
  /** One message while nothing is pushed and no poll succeeds, and one when push is back. */
  const interrupted = [
    { type: 'inject fault', fault: 'stall', times: 100 },
    { type: 'cut push', ofHalf: false },
    send,
    { type: 'wait for polls', times: 3 },
    { type: 'wait for push' },
    send,
    { type: 'wait for polls', times: 3 },
  ] as const

  it.each(['rocketchat', 'livechat'] as const)('accepts the real gateway at %s', async (provider) => {
    const all = [...repeated, { type: 'clear push faults' }, ...lost, ...interrupted] as const
    expect((await runScenario(pushed(provider, ...all))).violations).toEqual([])
  })

  it('detects a gateway that delivers again what is pushed again', async () => {
    const applyPushed = Timeline.prototype.applyPushed
    let last: ReturnType<typeof applyPushed> = null
    vi.spyOn(Timeline.prototype, 'applyPushed').mockImplementation(function (this: Timeline, ...args) {
      last = applyPushed.apply(this, args) ?? last
      return last
    })
    const { violations } = await runScenario(pushed('rocketchat', ...repeated), LATE_TIMEOUT_MS)
    expect(violations.join()).toMatch(/was already known/)
  })

  it('detects a gateway that does not audit what is pushed', async () => {
    vi.spyOn(PushSchedule.prototype, 'waitMs', 'get').mockReturnValue(Number.POSITIVE_INFINITY)
    expect((await runScenario(pushed('livechat', ...lost), TIMEOUT_MS)).violations.join()).toMatch(
      /did not receive that \S+ was added/,
    )
  })

  it('detects a gateway that does not compare after a reconnection', async () => {
    vi.spyOn(PushSchedule.prototype, 'isComparisonDue', 'get').mockReturnValue(false)
    vi.spyOn(PushSchedule.prototype, 'holdMs', 'get').mockReturnValue(0)
    const { violations } = await runScenario(pushed('livechat', ...interrupted), LATE_TIMEOUT_MS)
    expect(violations.join()).toMatch(/arrives after/)
  })

  it('detects a gateway that delivers what is pushed before it has compared', async () => {
    vi.spyOn(PushSchedule.prototype, 'holdMs', 'get').mockReturnValue(0)
    expect((await runScenario(pushed('rocketchat', ...interrupted), TIMEOUT_MS)).violations.join()).toMatch(
      /arrives after|did not receive/,
    )
  })
})
