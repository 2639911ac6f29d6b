import { expect, it } from 'vitest'
import {
  type UnverifiedSubscription,
  UnverifiedSubscriptions,
} from '../../../src/live/polling/unverified-subscriptions.ts'

const { signal } = new AbortController()

const fixture = (token: string, roomId: string, origin = 'somewhere'): UnverifiedSubscription => ({
  provider: 'provider',
  roomId,
  caller: { role: 'VISITOR', token },
  clientAddress: origin,
})

/** Waits like a subscriber that is never authorized, until its signal aborts. */
const wait = (waiting: AbortSignal) =>
  new Promise<never>((_, reject) =>
    waiting.addEventListener('abort', () => reject(new Error('left')), { once: true }),
  )

const outcome = (work: Promise<unknown>) => work.catch((error: unknown) => error)

it('a token can wait for at most five rooms of a provider, with any number of subscribers per room', async () => {
  const joins = new UnverifiedSubscriptions()
  const leaving = new AbortController()
  const run = (roomId: string) => outcome(joins.run(fixture('token', roomId), leaving.signal, wait))
  const waiting = ['a', 'b', 'c', 'd', 'e', 'a', 'a'].map(run)
  expect(await run('f')).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1_000, provider: 'provider' })
  const other = outcome(joins.run(fixture('other token', 'f'), signal, async () => 'let in'))
  expect(await other).toBe('let in')
  leaving.abort()
  expect(await Promise.all(waiting)).toMatchObject(Array(7).fill({ message: 'left' }))
  expect(await outcome(joins.run(fixture('token', 'f'), signal, async () => 'let in'))).toBe('let in')
})

it('above 2,000 joins the oldest of the client address with the most joins is dropped', async () => {
  const joins = new UnverifiedSubscriptions()
  const leaving = new AbortController()
  const run = (token: string, origin?: string) =>
    outcome(joins.run(fixture(token, 'room', origin), leaving.signal, wait))
  const honest = run('honest', 'elsewhere')
  const flood = Array.from({ length: 2_001 }, (_, index) => run(`invented-${index}`))
  expect(await Promise.all(flood.slice(0, 2))).toMatchObject(Array(2).fill({ code: 'RATE_LIMITED' }))
  leaving.abort()
  expect(await Promise.all([honest, ...flood.slice(2)])).toMatchObject(Array(2_000).fill({ message: 'left' }))
})

it('a subscription that has started goes on if another one for the same room is dropped', async () => {
  const joins = new UnverifiedSubscriptions()
  const leaving = new AbortController()
  const run = (token: string) => outcome(joins.run(fixture(token, 'room'), leaving.signal, wait))
  const dropped = run('first')
  const started = await joins.run(fixture('first', 'room'), leaving.signal, async (stream) => stream)
  const flood = Array.from({ length: 2_000 }, (_, index) => run(`invented-${index}`))
  expect(await dropped).toMatchObject({ code: 'RATE_LIMITED' })
  expect(started.aborted).toBe(false)
  leaving.abort()
  expect(started.aborted).toBe(true)
  await Promise.all(flood)
})
