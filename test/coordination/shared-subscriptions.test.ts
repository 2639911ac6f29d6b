import { hash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LiveReplica } from '../../src/coordination/replica-report.ts'
import { SharedSubscriptions } from '../../src/coordination/shared-subscriptions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function replica(worker: string, subscriptions: Readonly<Record<string, number>>): LiveReplica {
  const use = { busyLimits: [], grownLimits: [], spare: {}, wanted: [], lent: [] }
  return { worker, report: { ...use, subscriptions } }
}

const SECRET = randomBytes(32)

/** What another process reports of callers. */
function reportOf(counts: Readonly<Record<string, number>>, secret = SECRET) {
  const other = new SharedSubscriptions(secret)
  other.reportFrom(() => counts)
  return other.reported()
}

it('adds up the subscriptions that other processes have reported', () => {
  const shared = new SharedSubscriptions(SECRET)
  expect(shared.countElsewhere('anne')).toBe(0)
  shared.update([replica('one', reportOf({ anne: 2, bob: 1 })), replica('two', reportOf({ anne: 3 }))])
  expect(['anne', 'bob', 'carol'].map((caller) => shared.countElsewhere(caller))).toEqual([5, 1, 0])
  shared.update([replica('one', reportOf({ bob: 1 })), { worker: 'old version', report: null }])
  expect(shared.countElsewhere('anne')).toBe(0)
})

it('forgets reports that are old, because callers may have come from there', () => {
  const shared = new SharedSubscriptions(SECRET)
  shared.update([replica('one', reportOf({ anne: 2 }))])
  vi.advanceTimersByTime(9_000)
  expect(shared.countElsewhere('anne')).toBe(2)
  vi.advanceTimersByTime(2_000)
  expect(shared.countElsewhere('anne')).toBe(0)
})

it('reports nothing of a process that stops', () => {
  const shared = new SharedSubscriptions(SECRET)
  expect(shared.reported()).toEqual({})
  shared.reportFrom(() => ({ anne: 2 }))
  expect(Object.values(shared.reported())).toEqual([2])
  shared.leave()
  expect(shared.reported()).toEqual({})
})

it('reports callers by hashes that mean nothing without the secret', () => {
  const [caller] = Object.keys(reportOf({ anne: 2 }))
  expect(Object.keys(reportOf({ anne: 3 }))).toEqual([caller])
  expect(Object.keys(reportOf({ anne: 2 }, randomBytes(32)))).not.toEqual([caller])
  for (const guess of ['anne', hash('sha256', 'anne', 'base64url')]) expect(caller).not.toContain(guess)
})

it('counts what versions before these hashes report during a deployment', () => {
  const shared = new SharedSubscriptions(SECRET)
  shared.update([replica('old version', { anne: 2 }), replica('new version', reportOf({ anne: 3 }))])
  expect(shared.countElsewhere('anne')).toBe(5)
})
