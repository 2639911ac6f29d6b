import { describe, expect, it } from 'vitest'
import type { StoredMessage, StoredMessageQuery } from '../../src/offline/offline-store.ts'
import { databases, wideLimits } from './databases.ts'
import { acceptance, at, claimAt, draft, everything, START, useOfflineStore } from './store-setup.ts'

describe.each(databases)('the store on $name', ({ empty }) => {
  const desk = useOfflineStore(empty)

  const textsOf = (list: readonly StoredMessage[]) => list.map((message) => message.draft.text)

  describe('people', () => {
    async function inState(state: StoredMessage['state']): Promise<string> {
      const { id } = await desk.accept()
      if (state === 'QUEUED') return id
      if (state === 'DISCARDED') await desk.store.discard(id, at(0))
      else await desk.claimed()
      if (state === 'SENT') await desk.store.recordOutcome(id, 1, { state, nativeId: null }, at(0))
      if (state === 'UNCONFIRMED' || state === 'FAILED')
        await desk.store.recordOutcome(id, 1, { state, error: 'x' }, at(0))
      return id
    }

    it.each([
      ['QUEUED', false, true],
      ['SENDING', false, false],
      ['SENT', false, false],
      ['UNCONFIRMED', true, true],
      ['FAILED', true, true],
      ['DISCARDED', false, false],
    ] as const)('%s: put back %s, given up %s', async (state, retries, discards) => {
      const [one, other] = [await inState(state), await inState(state)]
      expect((await desk.store.retry(one, at(5))) !== null).toBe(retries)
      expect(await desk.stateOf(one)).toBe(retries ? 'QUEUED' : state)
      expect((await desk.store.discard(other, at(5))) !== null).toBe(discards)
      expect(await desk.stateOf(other)).toBe(discards ? 'DISCARDED' : state)
    })

    it('what was put back is due at once and its tries count anew', async () => {
      const id = await inState('FAILED')
      expect(await desk.store.retry(id, at(50))).toMatchObject({ attempts: 1, nextAttemptAt: at(50) })
      expect(await desk.store.claim(claimAt(50))).toMatchObject({
        message: { attempts: 2 },
        attemptsSinceRequeue: 1,
      })
    })

    it('an id that is not there changes nothing', async () => {
      expect([await desk.store.retry('nobody', at(0)), await desk.store.discard('no\0body', at(0))]).toEqual([
        null,
        null,
      ])
    })

    it('erase what came from an address, whatever its case, and leave its keys taken', async () => {
      await desk.accept({ idempotencyKey: 'key' })
      await desk.accept({ draft: { ...draft, email: 'ADA@mail.TEST' } })
      await desk.accept({ draft: { ...draft, email: 'bob@mail.test' } })
      expect(await desk.store.erase(' ada@mail.test', null)).toBe(2)
      expect((await desk.store.list(everything, null, 9)).map((each) => each.draft.email)).toEqual([
        'bob@mail.test',
      ])
      const again = acceptance({ idempotencyKey: 'key', acceptedAt: at(1) })
      expect(await desk.store.accept(again, wideLimits)).toEqual({ outcome: 'conflict' })
    })

    it('an attempt under way when its message is erased ends without a trace', async () => {
      const { id } = await desk.accept()
      await desk.claimed()
      await desk.store.erase(draft.email, null)
      expect(await desk.store.recordOutcome(id, 1, { state: 'SENT', nativeId: null }, at(1))).toBe(false)
      expect(await desk.store.countByState()).toEqual([])
    })
  })

  describe('keeping', () => {
    it('forgets what was sent or discarded long ago, and what a person must look at never', async () => {
      const ids = [await desk.accept(), await desk.accept(), await desk.accept(), await desk.accept()].map(
        ({ id }) => id,
      )
      const outcomes = [
        { state: 'SENT', nativeId: null },
        { state: 'FAILED', error: 'x' },
        { state: 'UNCONFIRMED', error: 'x' },
      ] as const
      for (const outcome of outcomes) {
        const { id } = await desk.claimed()
        await desk.store.recordOutcome(id, 1, outcome, at(0))
      }
      const [queued] = await desk.store.list({ ...everything, states: ['QUEUED'] }, null, 9)
      await desk.store.prune({ settled: at(0), keys: at(0) })
      expect(await desk.store.count(everything)).toBe(ids.length)
      await desk.store.discard(queued?.id ?? '', at(0))
      await desk.store.prune({ settled: at(1), keys: at(0) })
      const left = await desk.store.list(everything, null, 9)
      expect(left.map(({ state }) => state).sort()).toEqual(['FAILED', 'UNCONFIRMED'])
    })

    it('forgets keys of long ago', async () => {
      await desk.accept({ idempotencyKey: 'key', acceptedAt: at(0) })
      await desk.store.prune({ settled: at(0), keys: at(0) })
      const again = acceptance({ idempotencyKey: 'key', acceptedAt: at(1) })
      expect(await desk.store.accept(again, wideLimits)).toMatchObject({ outcome: 'duplicate' })
      await desk.store.prune({ settled: at(0), keys: at(1) })
      expect(await desk.store.accept(again, wideLimits)).toMatchObject({ outcome: 'stored' })
    })

    it('tallies by provider and state', async () => {
      for (const provider of ['rc', 'rc', 'other']) await desk.accept({ provider })
      await desk.claimed()
      expect((await desk.store.countByState()).map((each) => Object.values(each).join(' ')).sort()).toEqual([
        'other QUEUED 1',
        'rc QUEUED 1',
        'rc SENDING 1',
      ])
    })
  })

  describe('the list', () => {
    it('is newest first and pages without loss while new ones arrive, equal times included', async () => {
      for (const ms of [1, 3, 3, 3, 2]) await desk.accept({ acceptedAt: at(ms) })
      const whole = await desk.store.list(everything, null, 9)
      expect(whole.map(({ acceptedAt }) => acceptedAt.getTime() - START)).toEqual([3, 3, 3, 2, 1])
      const paged: StoredMessage[] = []
      for (;;) {
        const last = paged.at(-1)
        const page = await desk.store.list(everything, last ? { at: last.acceptedAt, id: last.id } : null, 2)
        if (page.length === 0) break
        paged.push(...page)
        await desk.accept({ acceptedAt: at(4 + paged.length) })
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
    ])('finds %.20s in the texts, whatever the case', async (text, expected) => {
      for (const each of texts) await desk.accept({ draft: { ...draft, text: each } })
      const query = { ...everything, text }
      expect(textsOf(await desk.store.list(query, null, 9))).toEqual(expected === null ? [] : [expected])
      expect(await desk.store.count(query)).toBe(expected === null ? 0 : 1)
    })

    it('filters by provider, time, department, state, name and address', async () => {
      await desk.accept({ acceptedAt: at(1), draft: { ...draft, department: 'sales' } })
      await desk.accept({
        acceptedAt: at(2),
        provider: 'other',
        draft: { ...draft, name: 'Bob', email: 'bob@mail.test' },
      })
      await desk.accept({ acceptedAt: at(3) })
      await desk.claimed(1)
      const times = async (more: Partial<StoredMessageQuery>) => {
        const query = { ...everything, providers: ['rc', 'other'], ...more }
        const list = await desk.store.list(query, null, 9)
        expect(await desk.store.count(query)).toBe(list.length)
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
