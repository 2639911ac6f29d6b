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

it('adds up the subscriptions that other processes have reported', () => {
  const shared = new SharedSubscriptions()
  expect(shared.countElsewhere('anne')).toBe(0)
  shared.update([replica('one', { anne: 2, bob: 1 }), replica('two', { anne: 3 })])
  expect(['anne', 'bob', 'carol'].map((caller) => shared.countElsewhere(caller))).toEqual([5, 1, 0])
  shared.update([replica('one', { bob: 1 }), { worker: 'old version', report: null }])
  expect(shared.countElsewhere('anne')).toBe(0)
})

it('forgets reports that are old, because callers may have come from there', () => {
  const shared = new SharedSubscriptions()
  shared.update([replica('one', { anne: 2 })])
  vi.advanceTimersByTime(9_000)
  expect(shared.countElsewhere('anne')).toBe(2)
  vi.advanceTimersByTime(2_000)
  expect(shared.countElsewhere('anne')).toBe(0)
})

it('reports nothing of a process that stops', () => {
  const shared = new SharedSubscriptions()
  expect(shared.reported()).toEqual({})
  shared.reportFrom(() => ({ anne: 2 }))
  expect(shared.reported()).toEqual({ anne: 2 })
  shared.leave()
  expect(shared.reported()).toEqual({})
})
