import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RateLimitedServer } from '../upstream/rate-limit/rate-limited-server.ts'
import { LimitedReplica, type ReplicaCluster } from './limited-replica.ts'

const MINUTE_MS = 60_000

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_123 })
})
afterEach(() => {
  vi.useRealTimers()
})

function openCluster(options: { readonly limit?: number; readonly windowMs?: number } = {}): ReplicaCluster {
  const server = new RateLimitedServer({ limit: 10, windowMs: MINUTE_MS, ...options })
  return { server, reports: new Map(), isDatabaseDown: false }
}

/** Replicas that know each other, and exchange their reports every second. */
async function openReplicas(cluster: ReplicaCluster, workers: readonly string[]) {
  const replicas = workers.map((worker) => new LimitedReplica(cluster, worker))
  for (const replica of [...replicas, ...replicas]) await replica.exchange()
  const running = replicas.map((replica) => setInterval(() => void replica.exchange(), 1_000))
  return {
    replicas,
    stop: () => running.forEach(clearInterval),
  }
}

/** The requests of the process in each window of the server. */
function sentPerWindow({ server }: ReplicaCluster, worker: string): readonly number[] {
  return server.windows.map((calls) => calls.filter(({ id }) => id.startsWith(`${worker} `)).length)
}

/** Keeps many polls queued, as watched rooms do. */
function watchRooms(replica: LimitedReplica, rooms = 500): void {
  for (let room = 0; room < rooms; room += 1) void replica.send('background')
}

describe('processes that a provider counts together', () => {
  it('exceed its limit never, when all of them poll and send whatever the limit leaves to each', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicas(cluster, ['a', 'b', 'c'])
    for (const replica of replicas) {
      watchRooms(replica)
      await vi.advanceTimersByTimeAsync(100)
    }
    const sending = setInterval(() => {
      for (const replica of replicas) void replica.send('interactive')
    }, 1_700)
    await vi.advanceTimersByTimeAsync(60 * MINUTE_MS)
    clearInterval(sending)
    stop()
    expect(cluster.server.rateLimitedCount).toBe(0)
    // All of the limit is used.
    expect(cluster.server.windows.slice(1, -1).every((calls) => calls.length === 10)).toBe(true)
    expect(sentPerWindow(cluster, 'a').slice(1, -1)).toEqual(Array(58).fill(4))
  })

  it('leave half of their part to one that is busy', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicas(cluster, ['a', 'b', 'c'])
    const [, busy] = replicas
    if (busy) watchRooms(busy)
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
    stop()
    // Of seven requests of the part, three are the interactive reserve.
    expect(sentPerWindow(cluster, 'b').slice(0, 6)).toEqual(Array(6).fill(4))
    expect(cluster.server.rateLimitedCount).toBe(0)
  })

  it('get the equal part back when they become busy themselves', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicas(cluster, ['a', 'b', 'c'])
    const [, ...busy] = replicas
    if (busy[0]) watchRooms(busy[0])
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    if (busy[1]) watchRooms(busy[1])
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    stop()
    expect(sentPerWindow(cluster, 'b').slice(-3)).toEqual([2, 2, 2])
    expect(sentPerWindow(cluster, 'c').slice(-3)).toEqual([2, 2, 2])
    expect(cluster.server.rateLimitedCount).toBe(0)
  })

  it('keep a part for one that begins, and use that of one that has ended after a window', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicas(cluster, ['a', 'b'])
    for (const replica of replicas) watchRooms(replica)
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS)
    const third = await openReplicas(cluster, ['c'])
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    for (const replica of third.replicas) watchRooms(replica)
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    third.stop()
    for (const replica of third.replicas) {
      replica.limiter.close()
      replica.end()
    }
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    stop()
    const windows = cluster.server.windows.length
    expect(sentPerWindow(cluster, 'a').slice(1, 3)).toEqual([3, 3])
    expect(sentPerWindow(cluster, 'a').slice(windows - 8, windows - 6)).toEqual([2, 2])
    expect(sentPerWindow(cluster, 'a').slice(-3, -1)).toEqual([3, 3])
    expect(cluster.server.rateLimitedCount).toBe(0)
  })

  it('keep their parts while the database is away, and share equally after a window', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicas(cluster, ['a', 'b', 'c'])
    if (replicas[1]) watchRooms(replicas[1])
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    cluster.isDatabaseDown = true
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS)
    for (const replica of replicas) watchRooms(replica)
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
    stop()
    expect(cluster.server.rateLimitedCount).toBe(0)
    expect(cluster.server.windows.at(-2)).toHaveLength(6)
  })

  it.each([300, 1_100, 1_400, 2_000, 3_500, 4_500, 6_000, 7_500, 9_000])(
    'do not exceed it if all send as much as they can %i ms after one became busy',
    async (ms) => {
      const cluster = openCluster({ limit: 60 })
      const { replicas, stop } = await openReplicasOutOfStep(cluster, ['a', 'b', 'c'])
      await learnLimit(replicas)
      send(replicas[0], 6)
      await vi.advanceTimersByTimeAsync(ms)
      for (const replica of replicas) send(replica, 60)
      await vi.advanceTimersByTimeAsync(20_000)
      for (const replica of replicas) send(replica, 60)
      await vi.advanceTimersByTimeAsync(1_000)
      stop()
      expect(cluster.server.rateLimitedCount).toBe(0)
    },
  )

  it.each([300, 1_100, 2_000, 3_500, 6_000, 20_000])(
    'do not exceed it if one has used what the others left, and these become busy and send all that they can %i ms later',
    async (ms) => {
      const cluster = openCluster({ limit: 60 })
      const { replicas, stop } = await openReplicasOutOfStep(cluster, ['a', 'b', 'c'])
      await learnLimit(replicas)
      send(replicas[0], 6)
      await vi.advanceTimersByTimeAsync(10_000)
      send(replicas[0], 60)
      await vi.advanceTimersByTimeAsync(100)
      // Of these 40 are its part.
      expect(cluster.server.served.filter(({ id }) => id.startsWith('a '))).toHaveLength(40)
      for (const replica of replicas.slice(1)) send(replica, 6)
      await vi.advanceTimersByTimeAsync(ms)
      for (const replica of replicas) send(replica, 60)
      await vi.advanceTimersByTimeAsync(1_000)
      stop()
      expect(cluster.server.rateLimitedCount).toBe(0)
    },
  )

  it.each([300, 1_500, 2_500, 4_000, 6_500, 8_000])(
    'do not exceed it if one that cannot reach the database sends as much as it can %i ms after another one became busy',
    async (ms) => {
      const cluster = openCluster({ limit: 60 })
      const { replicas, stop } = await openReplicasOutOfStep(cluster, ['a', 'b', 'c'])
      await learnLimit(replicas)
      // Right after its exchange, so that it relies on it for the longest time.
      await vi.advanceTimersByTimeAsync(170)
      for (const cutOff of replicas.slice(1, 2)) cutOff.isCutOff = true
      send(replicas[0], 6)
      await vi.advanceTimersByTimeAsync(ms)
      for (const replica of replicas) send(replica, 60)
      await vi.advanceTimersByTimeAsync(1_000)
      stop()
      expect(cluster.server.rateLimitedCount).toBe(0)
    },
  )

  it('respect what clients outside of them have used', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicas(cluster, ['a', 'b', 'c'])
    const results: (boolean | undefined)[] = []
    const sendOne = (at: number) => void replicas[at]?.send('interactive').then((sent) => results.push(sent))
    sendOne(0)
    await vi.advanceTimersByTimeAsync(100)
    for (let call = 0; call < 8; call += 1) cluster.server.respond('theirs', 'interactive')
    for (const _attempt of [1, 2]) {
      sendOne(1)
      await vi.advanceTimersByTimeAsync(100)
    }
    stop()
    expect(results).toEqual([true, true, false])
    expect(cluster.server.rateLimitedCount).toBe(0)
  })
})

describe('processes that need more than their parts', () => {
  it('use what the others do not need, and no more than that', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicasOutOfStep(cluster, ['a', 'b', 'c'])
    await learnLimit(replicas)
    const results: (boolean | undefined)[] = []
    for (let call = 0; call < 9; call += 1) {
      void replicas[2]?.send('interactive').then((sent) => results.push(sent))
      await vi.advanceTimersByTimeAsync(4_000)
    }
    stop()
    // One of each went before.
    expect(results).toEqual([...Array(7).fill(true), false, false])
    expect(cluster.server.windows.map((calls) => calls.length)).toEqual([10])
    expect(cluster.server.rateLimitedCount).toBe(0)
  })

  it('borrow themselves after they have lent', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicasOutOfStep(cluster, ['a', 'b', 'c'])
    await learnLimit(replicas)
    // All know what each uses and can spare.
    await vi.advanceTimersByTimeAsync(10_000)
    send(replicas[2], 4)
    await vi.advanceTimersByTimeAsync(5_000)
    send(replicas[0], 3)
    await vi.advanceTimersByTimeAsync(5_000)
    stop()
    expect(cluster.server.windows.map((calls) => calls.length)).toEqual([10])
    expect(cluster.server.rateLimitedCount).toBe(0)
  })

  it('leave people nearly all that polls do not use, wherever they come', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicasOutOfStep(cluster, ['a', 'b', 'c'])
    for (const replica of replicas) watchRooms(replica)
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
    const before = cluster.server.windows.length
    let sent = 0
    let at = 0
    for (let minute = 0; minute < 20; minute += 1)
      for (let call = 0; call < 4; call += 1) {
        // Uneven: the first replica has most of them.
        at += 1
        void replicas[at % 5 === 0 ? 1 : at % 7 === 0 ? 2 : 0]?.send('interactive').then((wasSent) => {
          if (wasSent) sent += 1
        })
        await vi.advanceTimersByTimeAsync(MINUTE_MS / 4)
      }
    stop()
    expect(sent).toBeGreaterThanOrEqual(76)
    expect(cluster.server.windows.slice(before, -1).every((calls) => calls.length >= 9)).toBe(true)
    expect(cluster.server.rateLimitedCount).toBe(0)
  })

  it('ask nobody who cannot be reached, and exceed nothing when a lender is cut off', async () => {
    const cluster = openCluster()
    const { replicas, stop } = await openReplicasOutOfStep(cluster, ['a', 'b', 'c'])
    await learnLimit(replicas)
    for (const lender of replicas.slice(0, 2)) lender.isCutOff = true
    for (const replica of replicas) send(replica, 10)
    await vi.advanceTimersByTimeAsync(20_000)
    for (const lender of replicas) lender.isCutOff = false
    for (const replica of replicas) send(replica, 10)
    await vi.advanceTimersByTimeAsync(20_000)
    stop()
    expect(cluster.server.rateLimitedCount).toBe(0)
  })
})

describe('for any sequence of demand', () => {
  const step = fc.record({
    do: fc.constantFrom('interactive' as const, 'interactive' as const, 'watch' as const, 'unwatch' as const),
    replica: fc.nat(3),
    times: fc.integer({ min: 1, max: 40 }),
    thenMs: fc.oneof(fc.nat(500), fc.nat(5_000), fc.nat(90_000)),
  })
  const given = fc.record({
    limit: fc.integer({ min: 4, max: 40 }),
    windowMs: fc.integer({ min: 5_000, max: 60_000 }),
    count: fc.integer({ min: 2, max: 4 }),
    latencyMs: fc.nat(400),
    steps: fc.array(step, { minLength: 5, maxLength: 60 }),
  })

  it('no window exceeds its limit once all processes know it', async () => {
    const property = fc.asyncProperty(given, async ({ limit, windowMs, count, latencyMs, steps }) => {
      const cluster = openCluster({ limit, windowMs })
      const workers = Array.from({ length: count }, (_, at) => `${at}`)
      const { replicas, stop } = await openReplicasOutOfStep(cluster, workers, latencyMs)
      await learnLimit(replicas)
      const watching = new Map<LimitedReplica, NodeJS.Timeout>()
      for (const { do: action, replica: at, times, thenMs } of steps) {
        const replica = replicas[at % count]
        if (!replica) throw new Error('no replica')
        if (action === 'interactive') send(replica, times)
        if (action === 'watch' && !watching.has(replica))
          watching.set(
            replica,
            setInterval(() => void replica.send('background'), 300),
          )
        if (action === 'unwatch') {
          clearInterval(watching.get(replica))
          watching.delete(replica)
        }
        await vi.advanceTimersByTimeAsync(thenMs)
      }
      stop()
      for (const timer of watching.values()) clearInterval(timer)
      for (const replica of replicas) replica.limiter.close()
      await vi.advanceTimersByTimeAsync(1_000)
      expect(cluster.server.rateLimitedCount).toBe(0)
    })
    await fc.assert(property, { numRuns: 60 })
  })
})

/** Replicas that know each other; each exchanges its reports at another moment of the second. */
async function openReplicasOutOfStep(cluster: ReplicaCluster, workers: readonly string[], latencyMs = 0) {
  const replicas = workers.map((worker) => new LimitedReplica(cluster, worker))
  for (const replica of [...replicas, ...replicas]) await replica.exchange()
  const running: NodeJS.Timeout[] = []
  for (const replica of replicas) {
    running.push(setInterval(() => void replica.exchange(latencyMs), 1_000))
    await vi.advanceTimersByTimeAsync(270)
  }
  return { replicas, stop: () => running.forEach(clearInterval) }
}

/** Each sends one request, so that it knows the limit. */
async function learnLimit(replicas: readonly LimitedReplica[]): Promise<void> {
  for (const replica of replicas) {
    send(replica, 1)
    await vi.advanceTimersByTimeAsync(100)
  }
}

function send(replica: LimitedReplica | undefined, times: number): void {
  for (let time = 0; time < times; time += 1) void replica?.send('interactive')
}
