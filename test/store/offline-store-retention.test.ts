import { describe, expect, it } from 'vitest'
import type { StoredMessage, StoredMessageQuery } from '../../src/offline/offline-store.ts'
import { databases, wideLimits } from './databases.ts'
import { ALL_MESSAGES, acceptance, at, claimAt, draft, START, useOfflineStore } from './store-setup.ts'

describe.each(databases)('the store on $name', ({ empty }) => {
  const offlineStore = useOfflineStore(empty)

  const textsOf = (list: readonly StoredMessage[]) => list.map((message) => message.draft.text)

  describe('operators', () => {
    async function inState(state: StoredMessage['state']): Promise<string> {
      const { id } = await offlineStore.accept()
      if (state === 'QUEUED') return id
      if (state === 'DISCARDED') await offlineStore.store.discard(id, at(0))
      else await offlineStore.claimed()
      if (state === 'SENT') await offlineStore.store.recordOutcome(id, 1, { state, nativeId: null }, at(0))
      if (state === 'UNCONFIRMED' || state === 'FAILED')
        await offlineStore.store.recordOutcome(id, 1, { state, error: 'x' }, at(0))
      return id
    }

    it.each([
      ['QUEUED', false, true],
      ['SENDING', false, false],
      ['SENT', false, false],
      ['UNCONFIRMED', true, true],
      ['FAILED', true, true],
      ['DISCARDED', false, false],
    ] as const)('%s: requeued %s, discarded %s', async (state, retries, discards) => {
      const [one, other] = [await inState(state), await inState(state)]
      expect((await offlineStore.store.retry(one, at(5))) !== null).toBe(retries)
      expect(await offlineStore.stateOf(one)).toBe(retries ? 'QUEUED' : state)
      expect((await offlineStore.store.discard(other, at(5))) !== null).toBe(discards)
      expect(await offlineStore.stateOf(other)).toBe(discards ? 'DISCARDED' : state)
    })

    it('requeue a message, which is due at once and whose attempts count from zero', async () => {
      const id = await inState('FAILED')
      expect(await offlineStore.store.retry(id, at(50))).toMatchObject({ attempts: 1, nextAttemptAt: at(50) })
      expect(await offlineStore.store.claim(claimAt(50))).toMatchObject({
        message: { attempts: 2 },
        attemptsSinceRequeue: 1,
      })
    })

    it('change nothing with an unknown id', async () => {
      expect([
        await offlineStore.store.retry('unknown', at(0)),
        await offlineStore.store.discard('no\0body', at(0)),
      ]).toEqual([null, null])
    })

    it('erase the messages of an address, ignoring case, while its keys stay in use', async () => {
      await offlineStore.accept({ idempotencyKey: 'key' })
      await offlineStore.accept({ draft: { ...draft, email: 'ADA@mail.TEST' } })
      await offlineStore.accept({ draft: { ...draft, email: 'bob@mail.test' } })
      expect(await offlineStore.store.erase(' ada@mail.test', null)).toBe(2)
      expect((await offlineStore.store.list(ALL_MESSAGES, null, 9)).map((each) => each.draft.email)).toEqual([
        'bob@mail.test',
      ])
      const again = acceptance({ idempotencyKey: 'key', acceptedAt: at(1) })
      expect(await offlineStore.store.accept(again, wideLimits)).toEqual({ outcome: 'conflict' })
    })

    it('erase a message with an attempt in flight, whose outcome leaves no trace', async () => {
      const { id } = await offlineStore.accept()
      await offlineStore.claimed()
      await offlineStore.store.erase(draft.email, null)
      expect(await offlineStore.store.recordOutcome(id, 1, { state: 'SENT', nativeId: null }, at(1))).toBe(
        false,
      )
      expect(await offlineStore.store.countByState()).toEqual([])
    })
  })

  describe('retention', () => {
    it('deletes what was sent or discarded long ago, and never what an operator must decide', async () => {
      const ids = [
        await offlineStore.accept(),
        await offlineStore.accept(),
        await offlineStore.accept(),
        await offlineStore.accept(),
      ].map(({ id }) => id)
      const outcomes = [
        { state: 'SENT', nativeId: null },
        { state: 'FAILED', error: 'x' },
        { state: 'UNCONFIRMED', error: 'x' },
      ] as const
      for (const outcome of outcomes) {
        const { id } = await offlineStore.claimed()
        await offlineStore.store.recordOutcome(id, 1, outcome, at(0))
      }
      const [queued] = await offlineStore.store.list({ ...ALL_MESSAGES, states: ['QUEUED'] }, null, 9)
      await offlineStore.store.prune({ completed: at(0), keys: at(0) })
      expect(await offlineStore.store.count(ALL_MESSAGES)).toBe(ids.length)
      await offlineStore.store.discard(queued?.id ?? '', at(0))
      await offlineStore.store.prune({ completed: at(1), keys: at(0) })
      const left = await offlineStore.store.list(ALL_MESSAGES, null, 9)
      expect(left.map(({ state }) => state).sort()).toEqual(['FAILED', 'UNCONFIRMED'])
    })

    it('deletes old keys', async () => {
      await offlineStore.accept({ idempotencyKey: 'key', acceptedAt: at(0) })
      await offlineStore.store.prune({ completed: at(0), keys: at(0) })
      const again = acceptance({ idempotencyKey: 'key', acceptedAt: at(1) })
      expect(await offlineStore.store.accept(again, wideLimits)).toMatchObject({ outcome: 'duplicate' })
      await offlineStore.store.prune({ completed: at(0), keys: at(1) })
      expect(await offlineStore.store.accept(again, wideLimits)).toMatchObject({ outcome: 'stored' })
    })

    it('counts by provider and state', async () => {
      for (const provider of ['rc', 'rc', 'other']) await offlineStore.accept({ provider })
      await offlineStore.claimed()
      expect(
        (await offlineStore.store.countByState()).map((each) => Object.values(each).join(' ')).sort(),
      ).toEqual(['other QUEUED 1', 'rc QUEUED 1', 'rc SENDING 1'])
    })
  })

  describe('the list', () => {
    it('is newest first and pages without loss while new ones arrive, equal times included', async () => {
      for (const ms of [1, 3, 3, 3, 2]) await offlineStore.accept({ acceptedAt: at(ms) })
      const whole = await offlineStore.store.list(ALL_MESSAGES, null, 9)
      expect(whole.map(({ acceptedAt }) => acceptedAt.getTime() - START)).toEqual([3, 3, 3, 2, 1])
      const paged: StoredMessage[] = []
      for (;;) {
        const last = paged.at(-1)
        const page = await offlineStore.store.list(
          ALL_MESSAGES,
          last ? { at: last.acceptedAt, id: last.id } : null,
          2,
        )
        if (page.length === 0) break
        paged.push(...page)
        await offlineStore.accept({ acceptedAt: at(4 + paged.length) })
      }
      expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
    })

    const texts = [
      'Ärger mit Öl',
      '100% sure',
      'a_b',
      'A\\b',
      'İstanbul',
      'ΣΊΣΥΦΟΣ',
      '日本語',
      'x\0y',
      "O'Hara; --",
    ]
    it.each([
      ['ÄRGER', 'Ärger mit Öl'],
      ['0% s', '100% sure'],
      ['_', 'a_b'],
      ['\\B', 'A\\b'],
      ['σίσυφοσ', null],
      ['ΣΊΣΥ', 'ΣΊΣΥΦΟΣ'],
      ['本', '日本語'],
      ["o'hara; -", "O'Hara; --"],
      ['%', '100% sure'],
      ['x'.repeat(60_000), null],
    ])('finds %.20s in the texts, ignoring case', async (text, expected) => {
      for (const each of texts) await offlineStore.accept({ draft: { ...draft, text: each } })
      const query = { ...ALL_MESSAGES, text }
      expect(textsOf(await offlineStore.store.list(query, null, 9))).toEqual(
        expected === null ? [] : [expected],
      )
      expect(await offlineStore.store.count(query)).toBe(expected === null ? 0 : 1)
    })

    it('filters by provider, time, department, state, name and address', async () => {
      await offlineStore.accept({ acceptedAt: at(1), draft: { ...draft, department: 'sales' } })
      await offlineStore.accept({
        acceptedAt: at(2),
        provider: 'other',
        draft: { ...draft, name: 'Bob', email: 'bob@mail.test' },
      })
      await offlineStore.accept({ acceptedAt: at(3) })
      await offlineStore.claimed(1)
      const times = async (more: Partial<StoredMessageQuery>) => {
        const query = { ...ALL_MESSAGES, providers: ['rc', 'other'], ...more }
        const list = await offlineStore.store.list(query, null, 9)
        expect(await offlineStore.store.count(query)).toBe(list.length)
        return list.map(({ acceptedAt }) => acceptedAt.getTime() - START)
      }
      expect(await times({})).toEqual([3, 2, 1])
      expect(await times({ providers: ['other'] })).toEqual([2])
      expect(await times({ providers: [] })).toEqual([])
      expect(await times({ from: at(2) })).toEqual([3, 2])
      expect(await times({ to: at(2) })).toEqual([1])
      expect(await times({ department: 'sales' })).toEqual([1])
      expect(await times({ states: ['SENDING'] })).toEqual([1])
      expect(await times({ states: [] })).toEqual([])
      expect(await times({ text: 'lovelace' })).toEqual([3, 1])
      expect(await times({ text: 'BOB@' })).toEqual([2])
    })
  })
})
