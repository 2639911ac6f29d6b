import { parse } from 'graphql'
import { expect, it } from 'vitest'
import { quotaKey, SubscriptionQuota } from '../../../src/server/limits/subscription-quota.ts'

const footprint = { document: parse('{ a }'), variableBytes: 0 }
const callerOf = (name: string) => quotaKey({ role: 'VISITOR', token: name }, '192.0.2.1')

it('reports callers with at least a fiftieth of the maximum, until they have less', () => {
  const quota = new SubscriptionQuota(200)
  const [anne, bob] = [callerOf('anne'), callerOf('bob')]
  for (let subscription = 0; subscription < 4; subscription += 1) quota.acquire(anne, footprint)
  for (let subscription = 0; subscription < 3; subscription += 1) quota.acquire(bob, footprint)
  expect(quota.largestCounts()).toEqual({ [anne.caller]: 4 })
  quota.release(anne, footprint)
  expect(quota.largestCounts()).toEqual({})
})

it('reports the thousand callers with the most subscriptions', () => {
  const quota = new SubscriptionQuota(10)
  for (let caller = 0; caller < 1_100; caller += 1) quota.acquire(callerOf(`visitor ${caller}`), footprint)
  const most = callerOf('visitor 1099')
  quota.acquire(most, footprint)
  const counts = quota.largestCounts()
  expect(Object.keys(counts)).toHaveLength(1_000)
  expect(counts[most.caller]).toBe(2)
})

it('counts what a caller has at other processes', () => {
  const anne = callerOf('anne')
  const quota = new SubscriptionQuota(10, { countElsewhere: (caller) => (caller === anne.caller ? 8 : 0) })
  const results = [1, 2, 3].map(() => quota.acquire(anne, footprint))
  expect(results).toEqual([null, null, 'At most 10 subscriptions at a time for one caller.'])
  expect(quota.acquire(callerOf('bob'), footprint)).toBeNull()
})

it('has keys without credentials and addresses', () => {
  const key = callerOf('a-secret-token')
  expect(key.caller).not.toContain('a-secret-token')
  const anonymous = quotaKey({ role: 'ANONYMOUS' }, '192.0.2.1')
  expect(anonymous.caller).not.toContain('192.0.2.1')
  expect(quotaKey({ role: 'ANONYMOUS' }, '192.0.2.2').caller).not.toBe(anonymous.caller)
})
