import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { databases, wideLimits } from './databases.ts'
import { acceptance, at, claimAt, draft, everything, useOfflineStore } from './store-setup.ts'

describe.each(databases)('the store on $name', ({ empty }) => {
  const desk = useOfflineStore(empty)

  describe('accepting', () => {
    it('keeps the draft to the letter, due at once', async () => {
      const odd = { ...draft, text: 'NUL \0, half \ud800, 😀, <b>"\'\\', department: 'a\0b', host: '\\u0000' }
      const message = await desk.accept({ draft: odd, acceptedAt: at(7) })
      expect(message).toMatchObject({ draft: odd, state: 'QUEUED', attempts: 0, lastError: null })
      expect(await desk.found(message.id)).toEqual(message)
      expect([message.acceptedAt, message.nextAttemptAt]).toEqual([at(7), at(7)])
    })

    it('is there for another process, and after a new start', async () => {
      const { id } = await desk.accept()
      const other = await desk.another()
      expect(await other.find([id, 'nobody', id])).toMatchObject([{ id }, null, { id }])
    })

    it('gives the known message for a known key with the same draft, however far it has come', async () => {
      const first = await desk.accept({ idempotencyKey: 'key' })
      await desk.claimed()
      const again = await desk.store.accept(
        { ...first, id: randomUUID(), idempotencyKey: 'key', senderHash: null, acceptedAt: at(9) },
        wideLimits,
      )
      expect(again).toMatchObject({ outcome: 'duplicate', message: { id: first.id, state: 'SENDING' } })
      expect(await desk.store.count(everything)).toBe(1)
    })

    it.each(['name', 'email', 'text', 'department', 'host'] as const)(
      'is a conflict under a known key with another %s',
      async (field) => {
        await desk.accept({ idempotencyKey: 'key' })
        const other = { ...draft, [field]: 'other' }
        const acceptance = {
          id: randomUUID(),
          provider: 'rc',
          draft: other,
          idempotencyKey: 'key',
          senderHash: null,
          acceptedAt: at(0),
        }
        expect(await desk.store.accept(acceptance, wideLimits)).toEqual({ outcome: 'conflict' })
        expect(await desk.store.count(everything)).toBe(1)
      },
    )

    it('tells keys apart by their provider and by every character', async () => {
      for (const idempotencyKey of ['key', 'Key', 'key ', 'key\0', '\ud800', '\ud801', null, null]) {
        await desk.accept({ idempotencyKey })
      }
      await desk.accept({ idempotencyKey: 'key', provider: 'other' })
      expect(await desk.store.count({ ...everything, providers: ['rc', 'other'] })).toBe(9)
    })

    it('makes one message of one key that many processes bring at once', async () => {
      const others = await Promise.all([1, 2, 3].map(() => desk.another()))
      const answers = await Promise.all(
        [desk.store, ...others, desk.store, ...others].map((each) =>
          each.accept(acceptance({ idempotencyKey: 'key' }), wideLimits),
        ),
      )
      expect(answers.map(({ outcome }) => outcome).sort()).toEqual([...Array(7).fill('duplicate'), 'stored'])
      expect(new Set(answers.map((each) => 'message' in each && each.message.id)).size).toBe(1)
    })
  })

  describe('claiming', () => {
    it('takes the messages of one sender in the order in which they came, and counts the attempt', async () => {
      const first = await desk.accept({ acceptedAt: at(1) })
      const later = await desk.accept({ acceptedAt: at(2) })
      expect(await desk.store.claim(claimAt(5))).toMatchObject({
        message: { id: first.id, attempts: 1 },
        attemptsSinceRequeue: 1,
      })
      expect(await desk.claimed(5)).toMatchObject({ id: later.id, state: 'SENDING', nextAttemptAt: null })
      expect(await desk.store.claim(claimAt(5))).toEqual({ message: null, dueAt: null })
    })

    it('tells when it makes sense to ask again', async () => {
      await desk.accept({ acceptedAt: at(100) })
      expect(await desk.store.claim(claimAt(99))).toEqual({ message: null, dueAt: at(100) })
      expect(await desk.store.claim(claimAt(99, { provider: 'other' }))).toEqual({
        message: null,
        dueAt: null,
      })
    })

    it('keeps a provider’s spacing, also against another process, and no other provider’s', async () => {
      for (const provider of ['rc', 'rc', 'rc', 'other']) await desk.accept({ provider })
      const other = await desk.another()
      await desk.claimed(0, { spacingMs: 5_000 })
      const waits = { message: null, dueAt: at(5_000) }
      expect(await other.claim(claimAt(4_999, { spacingMs: 5_000 }))).toEqual(waits)
      expect(await other.claim(claimAt(0, { provider: 'other' }))).toMatchObject({ attemptsSinceRequeue: 1 })
      expect(await other.claim(claimAt(5_000, { spacingMs: 5_000 }))).toMatchObject({
        attemptsSinceRequeue: 1,
      })
      expect(await desk.store.claim(claimAt(5_000))).toEqual({ message: null, dueAt: at(10_000) })
    })

    it('waits for a pause, of which only the longest counts, and shows it', async () => {
      const { id } = await desk.accept()
      await desk.store.pauseProvider('rc', at(9_000))
      await desk.store.pauseProvider('rc', at(3_000))
      expect(await desk.store.claim(claimAt(8_999))).toEqual({ message: null, dueAt: at(9_000) })
      expect((await desk.found(id))?.nextAttemptAt).toEqual(at(9_000))
      expect(await desk.claimed(9_000)).toMatchObject({ id })
    })

    it('gives a message to one of many who ask at once', async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, async () => (await desk.accept()).id))
      const others = await Promise.all([1, 2, 3].map(() => desk.another()))
      const taken: string[] = []
      await Promise.all(
        [desk.store, ...others].map(async (each) => {
          for (;;) {
            const { message } = await each.claim(claimAt(1))
            if (message) taken.push(message.id)
            // A claim steps over what another holds at this moment, so nothing claimed is not nothing left.
            else if ((await each.count({ ...everything, states: ['QUEUED'] })) === 0) return
          }
        }),
      )
      expect(taken.sort()).toEqual(ids.sort())
    })

    it('gives one turn to one of many who ask at once', async () => {
      for (let message = 0; message < 4; message += 1) await desk.accept()
      const others = await Promise.all([1, 2, 3].map(() => desk.another()))
      const claims = await Promise.all(
        [desk.store, ...others].map((each) => each.claim(claimAt(1, { spacingMs: 5_000 }))),
      )
      expect(claims.filter(({ message }) => message !== null)).toHaveLength(1)
    })
  })

  describe('settling', () => {
    it('ends the attempt as it went', async () => {
      const { id } = await desk.accept()
      await desk.claimed()
      const again = { state: 'QUEUED', error: 'Away.', nextAttemptAt: at(60), unsent: false } as const
      expect(await desk.store.recordOutcome(id, 1, again, at(1))).toBe(true)
      expect(await desk.found(id)).toMatchObject({
        state: 'QUEUED',
        lastError: 'Away.',
        nextAttemptAt: at(60),
      })
      expect(await desk.store.claim(claimAt(60))).toMatchObject({
        message: { id, attempts: 2 },
        attemptsSinceRequeue: 2,
      })
      expect(await desk.store.recordOutcome(id, 1, { state: 'SENT', nativeId: null }, at(61))).toBe(false)
      expect(await desk.store.recordOutcome(id, 2, { state: 'SENT', nativeId: null }, at(61))).toBe(true)
      expect(await desk.found(id)).toMatchObject({ state: 'SENT', lastError: null, nextAttemptAt: null })
      expect(await desk.store.recordOutcome(id, 2, { state: 'FAILED', error: 'No.' }, at(62))).toBe(false)
    })

    it('does not count an attempt of which nothing went out, and tells it from the next all the same', async () => {
      const { id } = await desk.accept()
      await desk.claimed()
      const held = { state: 'QUEUED', error: 'Too often.', nextAttemptAt: at(60), unsent: true } as const
      expect(await desk.store.recordOutcome(id, 1, held, at(1))).toBe(true)
      expect(await desk.found(id)).toMatchObject({ state: 'QUEUED', attempts: 0, lastError: 'Too often.' })
      const claimed = await desk.store.claim(claimAt(60))
      expect(claimed).toMatchObject({ message: { id, attempts: 1 }, attemptsSinceRequeue: 1, claim: 2 })
      // Written down once more, as its answer was lost.
      expect(await desk.store.recordOutcome(id, 1, held, at(61))).toBe(false)
      expect(await desk.found(id)).toMatchObject({ state: 'SENDING', attempts: 1 })
    })

    it('keeps the provider’s own id, and finds a provider’s message by it', async () => {
      const [named, nameless, other] = [
        await desk.accept(),
        await desk.accept(),
        await desk.accept({ provider: 'lc' }),
      ]
      for (const [provider, nativeId] of [
        ['rc', 'T1'],
        ['rc', null],
        ['lc', 'T1'],
      ] as const) {
        const { id } = await desk.claimed(0, { provider })
        await desk.store.recordOutcome(id, 1, { state: 'SENT', nativeId }, at(1))
      }
      expect(await desk.found(nameless.id)).toMatchObject({ state: 'SENT', nativeId: null })
      const find = async (provider: string, nativeId: string) =>
        (await desk.store.list({ ...everything, providers: [provider], nativeId }, null, 9)).map(
          ({ id }) => id,
        )
      expect(await find('rc', 'T1')).toEqual([named.id])
      expect(await find('lc', 'T1')).toEqual([other.id])
      expect(await find('rc', 'T2')).toEqual([])
    })

    it('makes a message UNCONFIRMED whose process has died, and never claims it', async () => {
      const [dead, living] = [await desk.accept(), await desk.accept()]
      await desk.claimed(0, { worker: 'dead', leaseMs: -1 })
      await desk.claimed(0)
      expect(await desk.store.expireAbandoned(at(0))).toBe(1)
      expect(await desk.found(dead.id)).toMatchObject({
        state: 'UNCONFIRMED',
        attempts: 1,
        lastError: expect.any(String),
      })
      expect(await desk.stateOf(living.id)).toBe('SENDING')
      expect(await desk.store.claim(claimAt(9_999_999))).toEqual({ message: null, dueAt: null })
    })

    it('takes a late outcome for the truth, unless the message has gone on', async () => {
      const [late, retried] = [await desk.accept(), await desk.accept()]
      await desk.claimed(0, { worker: 'paused', leaseMs: -1 })
      await desk.claimed(0, { worker: 'paused', leaseMs: -1 })
      expect(await desk.store.expireAbandoned(at(2_000))).toBe(2)
      await desk.store.retry(retried.id, at(2_000))
      expect(await desk.store.recordOutcome(late.id, 1, { state: 'SENT', nativeId: null }, at(2_001))).toBe(
        true,
      )
      expect(
        await desk.store.recordOutcome(retried.id, 1, { state: 'SENT', nativeId: null }, at(2_001)),
      ).toBe(false)
      expect([await desk.stateOf(late.id), await desk.stateOf(retried.id)]).toEqual(['SENT', 'QUEUED'])
    })

    it('brings forward what waits for another attempt, and counts that attempt as none', async () => {
      const { id } = await desk.accept()
      await desk.claimed()
      const again = { state: 'QUEUED', error: 'Away.', nextAttemptAt: at(90_000), unsent: false } as const
      await desk.store.recordOutcome(id, 1, again, at(0))
      await desk.store.makeRetriesDue(at(10))
      expect(await desk.store.claim(claimAt(10))).toMatchObject({
        message: { id, attempts: 2 },
        attemptsSinceRequeue: 1,
      })
    })
  })
})
