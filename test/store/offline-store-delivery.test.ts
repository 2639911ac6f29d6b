import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { databases, wideLimits } from './databases.ts'
import { ALL_MESSAGES, acceptance, at, claimAt, draft, useOfflineStore } from './store-setup.ts'

describe.each(databases)('the store on $name', ({ empty }) => {
  const offlineStore = useOfflineStore(empty)

  describe('accepting', () => {
    it('stores the exact draft, due at once', async () => {
      const odd = { ...draft, text: 'NUL \0, half \ud800, 😀, <b>"\'\\', department: 'a\0b', host: '\\u0000' }
      const message = await offlineStore.accept({ draft: odd, acceptedAt: at(7) })
      expect(message).toMatchObject({ draft: odd, state: 'QUEUED', attempts: 0, lastError: null })
      expect(await offlineStore.found(message.id)).toEqual(message)
      expect([message.acceptedAt, message.nextAttemptAt]).toEqual([at(7), at(7)])
    })

    it('is visible to another process, and after a restart', async () => {
      const { id } = await offlineStore.accept()
      const other = await offlineStore.another()
      expect(await other.find([id, 'unknown', id])).toMatchObject([{ id }, null, { id }])
    })

    it('returns the known message for a known key with the same draft, whatever its state', async () => {
      const first = await offlineStore.accept({ idempotencyKey: 'key' })
      await offlineStore.claimed()
      const again = await offlineStore.store.accept(
        { ...first, id: randomUUID(), idempotencyKey: 'key', senderHash: null, acceptedAt: at(9) },
        wideLimits,
      )
      expect(again).toMatchObject({ outcome: 'duplicate', message: { id: first.id, state: 'SENDING' } })
      expect(await offlineStore.store.count(ALL_MESSAGES)).toBe(1)
    })

    it.each(['name', 'email', 'text', 'department', 'host'] as const)(
      'is a conflict for a known key with another %s',
      async (field) => {
        await offlineStore.accept({ idempotencyKey: 'key' })
        const other = { ...draft, [field]: 'other' }
        const acceptance = {
          id: randomUUID(),
          provider: 'rc',
          draft: other,
          idempotencyKey: 'key',
          senderHash: null,
          acceptedAt: at(0),
        }
        expect(await offlineStore.store.accept(acceptance, wideLimits)).toEqual({ outcome: 'conflict' })
        expect(await offlineStore.store.count(ALL_MESSAGES)).toBe(1)
      },
    )

    it('distinguishes keys by provider and by every character', async () => {
      for (const idempotencyKey of ['key', 'Key', 'key ', 'key\0', '\ud800', '\ud801', null, null]) {
        await offlineStore.accept({ idempotencyKey })
      }
      await offlineStore.accept({ idempotencyKey: 'key', provider: 'other' })
      expect(await offlineStore.store.count({ ...ALL_MESSAGES, providers: ['rc', 'other'] })).toBe(9)
    })

    it('creates one message for one key that many processes bring at once', async () => {
      const others = await Promise.all([1, 2, 3].map(() => offlineStore.another()))
      const answers = await Promise.all(
        [offlineStore.store, ...others, offlineStore.store, ...others].map((each) =>
          each.accept(acceptance({ idempotencyKey: 'key' }), wideLimits),
        ),
      )
      expect(answers.map(({ outcome }) => outcome).sort()).toEqual([...Array(7).fill('duplicate'), 'stored'])
      expect(new Set(answers.map((each) => 'message' in each && each.message.id)).size).toBe(1)
    })
  })

  describe('claiming', () => {
    it('claims the messages of one sender in order of acceptance, and counts the attempt', async () => {
      const first = await offlineStore.accept({ acceptedAt: at(1) })
      const later = await offlineStore.accept({ acceptedAt: at(2) })
      expect(await offlineStore.store.claim(claimAt(5))).toMatchObject({
        message: { id: first.id, attempts: 1 },
        attemptsSinceRequeue: 1,
      })
      expect(await offlineStore.claimed(5)).toMatchObject({
        id: later.id,
        state: 'SENDING',
        nextAttemptAt: null,
      })
      expect(await offlineStore.store.claim(claimAt(5))).toEqual({ message: null, dueAt: null })
    })

    it('returns when the next message is due', async () => {
      await offlineStore.accept({ acceptedAt: at(100) })
      expect(await offlineStore.store.claim(claimAt(99))).toEqual({ message: null, dueAt: at(100) })
      expect(await offlineStore.store.claim(claimAt(99, { provider: 'other' }))).toEqual({
        message: null,
        dueAt: null,
      })
    })

    it('keeps a provider’s spacing, also against another process, and no other provider’s', async () => {
      for (const provider of ['rc', 'rc', 'rc', 'other']) await offlineStore.accept({ provider })
      const other = await offlineStore.another()
      await offlineStore.claimed(0, { spacingMs: 5_000 })
      const waits = { message: null, dueAt: at(5_000) }
      expect(await other.claim(claimAt(4_999, { spacingMs: 5_000 }))).toEqual(waits)
      expect(await other.claim(claimAt(0, { provider: 'other' }))).toMatchObject({ attemptsSinceRequeue: 1 })
      expect(await other.claim(claimAt(5_000, { spacingMs: 5_000 }))).toMatchObject({
        attemptsSinceRequeue: 1,
      })
      expect(await offlineStore.store.claim(claimAt(5_000))).toEqual({ message: null, dueAt: at(10_000) })
    })

    it('respects a pause, of several the longest, and shows it', async () => {
      const { id } = await offlineStore.accept()
      await offlineStore.store.pauseProvider('rc', at(9_000))
      await offlineStore.store.pauseProvider('rc', at(3_000))
      expect(await offlineStore.store.claim(claimAt(8_999))).toEqual({ message: null, dueAt: at(9_000) })
      expect((await offlineStore.found(id))?.nextAttemptAt).toEqual(at(9_000))
      expect(await offlineStore.claimed(9_000)).toMatchObject({ id })
    })

    it('returns a message to one of many simultaneous claims', async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, async () => (await offlineStore.accept()).id))
      const others = await Promise.all([1, 2, 3].map(() => offlineStore.another()))
      const taken: string[] = []
      await Promise.all(
        [offlineStore.store, ...others].map(async (each) => {
          for (;;) {
            const { message } = await each.claim(claimAt(1))
            if (message) taken.push(message.id)
            // A claim skips rows that another one locks at the moment, so an empty claim does not mean an empty queue.
            else if ((await each.count({ ...ALL_MESSAGES, states: ['QUEUED'] })) === 0) return
          }
        }),
      )
      expect(taken.sort()).toEqual(ids.sort())
    })

    it('gives one slot to one of many simultaneous claims', async () => {
      for (let message = 0; message < 4; message += 1) await offlineStore.accept()
      const others = await Promise.all([1, 2, 3].map(() => offlineStore.another()))
      const claims = await Promise.all(
        [offlineStore.store, ...others].map((each) => each.claim(claimAt(1, { spacingMs: 5_000 }))),
      )
      expect(claims.filter(({ message }) => message !== null)).toHaveLength(1)
    })
  })

  describe('recording an outcome', () => {
    it('ends the attempt with its outcome', async () => {
      const { id } = await offlineStore.accept()
      await offlineStore.claimed()
      const again = { state: 'QUEUED', error: 'Away.', nextAttemptAt: at(60), unsent: false } as const
      expect(await offlineStore.store.recordOutcome(id, 1, again, at(1))).toBe(true)
      expect(await offlineStore.found(id)).toMatchObject({
        state: 'QUEUED',
        lastError: 'Away.',
        nextAttemptAt: at(60),
      })
      expect(await offlineStore.store.claim(claimAt(60))).toMatchObject({
        message: { id, attempts: 2 },
        attemptsSinceRequeue: 2,
      })
      expect(await offlineStore.store.recordOutcome(id, 1, { state: 'SENT', nativeId: null }, at(61))).toBe(
        false,
      )
      expect(await offlineStore.store.recordOutcome(id, 2, { state: 'SENT', nativeId: null }, at(61))).toBe(
        true,
      )
      expect(await offlineStore.found(id)).toMatchObject({
        state: 'SENT',
        lastError: null,
        nextAttemptAt: null,
      })
      expect(await offlineStore.store.recordOutcome(id, 2, { state: 'FAILED', error: 'No.' }, at(62))).toBe(
        false,
      )
    })

    it('does not count an attempt without a request, and still distinguishes it from the next', async () => {
      const { id } = await offlineStore.accept()
      await offlineStore.claimed()
      const held = { state: 'QUEUED', error: 'Too often.', nextAttemptAt: at(60), unsent: true } as const
      expect(await offlineStore.store.recordOutcome(id, 1, held, at(1))).toBe(true)
      expect(await offlineStore.found(id)).toMatchObject({
        state: 'QUEUED',
        attempts: 0,
        lastError: 'Too often.',
      })
      const claimed = await offlineStore.store.claim(claimAt(60))
      expect(claimed).toMatchObject({ message: { id, attempts: 1 }, attemptsSinceRequeue: 1, claim: 2 })
      // Recorded once more, as if the response was lost.
      expect(await offlineStore.store.recordOutcome(id, 1, held, at(61))).toBe(false)
      expect(await offlineStore.found(id)).toMatchObject({ state: 'SENDING', attempts: 1 })
    })

    it('stores the provider’s id, and finds a message by it', async () => {
      const [named, nameless, other] = [
        await offlineStore.accept(),
        await offlineStore.accept(),
        await offlineStore.accept({ provider: 'lc' }),
      ]
      for (const [provider, nativeId] of [
        ['rc', 'T1'],
        ['rc', null],
        ['lc', 'T1'],
      ] as const) {
        const { id } = await offlineStore.claimed(0, { provider })
        await offlineStore.store.recordOutcome(id, 1, { state: 'SENT', nativeId }, at(1))
      }
      expect(await offlineStore.found(nameless.id)).toMatchObject({ state: 'SENT', nativeId: null })
      const find = async (provider: string, nativeId: string) =>
        (await offlineStore.store.list({ ...ALL_MESSAGES, providers: [provider], nativeId }, null, 9)).map(
          ({ id }) => id,
        )
      expect(await find('rc', 'T1')).toEqual([named.id])
      expect(await find('lc', 'T1')).toEqual([other.id])
      expect(await find('rc', 'T2')).toEqual([])
    })

    it('makes the message of a dead process UNCONFIRMED, and never claims it', async () => {
      const [dead, living] = [await offlineStore.accept(), await offlineStore.accept()]
      await offlineStore.claimed(0, { worker: 'dead', leaseMs: -1 })
      await offlineStore.claimed(0)
      expect(await offlineStore.store.expireAbandoned(at(0))).toBe(1)
      expect(await offlineStore.found(dead.id)).toMatchObject({
        state: 'UNCONFIRMED',
        attempts: 1,
        lastError: expect.any(String),
      })
      expect(await offlineStore.stateOf(living.id)).toBe('SENDING')
      expect(await offlineStore.store.claim(claimAt(9_999_999))).toEqual({ message: null, dueAt: null })
    })

    it('accepts a late outcome, unless the message was claimed again', async () => {
      const [late, retried] = [await offlineStore.accept(), await offlineStore.accept()]
      await offlineStore.claimed(0, { worker: 'paused', leaseMs: -1 })
      await offlineStore.claimed(0, { worker: 'paused', leaseMs: -1 })
      expect(await offlineStore.store.expireAbandoned(at(2_000))).toBe(2)
      await offlineStore.store.retry(retried.id, at(2_000))
      expect(
        await offlineStore.store.recordOutcome(late.id, 1, { state: 'SENT', nativeId: null }, at(2_001)),
      ).toBe(true)
      expect(
        await offlineStore.store.recordOutcome(retried.id, 1, { state: 'SENT', nativeId: null }, at(2_001)),
      ).toBe(false)
      expect([await offlineStore.stateOf(late.id), await offlineStore.stateOf(retried.id)]).toEqual([
        'SENT',
        'QUEUED',
      ])
    })

    it('makes retries due at once, without counting that attempt', async () => {
      const { id } = await offlineStore.accept()
      await offlineStore.claimed()
      const again = { state: 'QUEUED', error: 'Away.', nextAttemptAt: at(90_000), unsent: false } as const
      await offlineStore.store.recordOutcome(id, 1, again, at(0))
      await offlineStore.store.makeRetriesDue(at(10))
      expect(await offlineStore.store.claim(claimAt(10))).toMatchObject({
        message: { id, attempts: 2 },
        attemptsSinceRequeue: 1,
      })
    })
  })
})
