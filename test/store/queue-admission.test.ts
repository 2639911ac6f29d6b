import { describe, expect, it } from 'vitest'
import type { AcceptRequest, QueueLimits } from '../../src/offline/offline-store.ts'
import { databases, wideLimits } from './databases.ts'
import { ALL_MESSAGES, acceptance, at, claimAt, draft, useOfflineStore } from './store-setup.ts'

const DAY_MS = 86_400_000

describe.each(databases)('the queue on $name', ({ empty }) => {
  const offlineStore = useOfflineStore(empty)

  /** Stores a message of this sender with this e-mail address. */
  const from = (
    sender: string | null,
    email: string,
    more: Partial<AcceptRequest> = {},
  ): Partial<AcceptRequest> => ({
    senderHash: sender,
    draft: { ...draft, email },
    ...more,
  })
  const delivered = async (): Promise<string> => (await offlineStore.claimed()).draft.email
  const outcomeOf = async (limits: Partial<QueueLimits>, more: Partial<AcceptRequest> = {}) => {
    const accepted = await offlineStore.store.accept(acceptance(more), { ...wideLimits, ...limits })
    return 'exceededLimit' in accepted ? accepted.exceededLimit : accepted.outcome
  }

  describe('is fair', () => {
    it('to one message after a thousand of one client address, whatever their e-mail addresses', async () => {
      for (let index = 0; index < 30; index += 1)
        await offlineStore.accept(from('flood', `${index}@mail.test`))
      for (let sent = 0; sent < 5; sent += 1) await delivered()
      await offlineStore.accept(from('honest', 'ada@mail.test'))
      const next = [await delivered(), await delivered()]
      expect(next).toContain('ada@mail.test')
    })

    it('to one message after many of one e-mail address, whatever their client addresses', async () => {
      for (let index = 0; index < 30; index += 1)
        await offlineStore.accept(from(`address ${index}`, 'eve@mail.test'))
      await delivered()
      await offlineStore.accept(from('honest', 'ada@mail.test'))
      expect([await delivered(), await delivered()]).toContain('ada@mail.test')
    })

    it('to senders in turn, each in its own order', async () => {
      for (const name of ['a', 'a', 'a', 'b', 'b', 'c'])
        await offlineStore.accept(from(name, `${name}@mail.test`))
      const order: string[] = []
      for (let index = 0; index < 6; index += 1) order.push((await delivered()).slice(0, 1))
      expect(order.slice(0, 3).sort()).toEqual(['a', 'b', 'c'])
      expect(order.slice(3, 5).sort()).toEqual(['a', 'b'])
      expect(order[5]).toBe('a')
    })

    it('also to messages that come while those of another sender are retried again and again', async () => {
      for (let index = 0; index < 5; index += 1) await offlineStore.accept(from('flood', 'eve@mail.test'))
      for (let index = 0; index < 5; index += 1) {
        const claim = await offlineStore.store.claim(claimAt(0))
        if (!claim.message) throw new Error('nothing was claimed')
        const again = { state: 'QUEUED', error: 'Away.', nextAttemptAt: at(0), unsent: false } as const
        await offlineStore.store.recordOutcome(claim.message.id, claim.claim, again, at(0))
      }
      await offlineStore.accept(from('honest', 'ada@mail.test'))
      expect([await delivered(), await delivered()]).toContain('ada@mail.test')
    })

    it('sends what an operator requeues first', async () => {
      const { id } = await offlineStore.accept(from('one', 'bob@mail.test'))
      await offlineStore.claimed()
      await offlineStore.store.recordOutcome(id, 1, { state: 'FAILED', error: 'No.' }, at(0))
      for (let index = 0; index < 3; index += 1) await offlineStore.accept(from('two', 'ada@mail.test'))
      await offlineStore.store.retry(id, at(0))
      expect(await delivered()).toBe('bob@mail.test')
    })
  })

  describe('is bounded', () => {
    const bytes = Buffer.byteLength(JSON.stringify(draft))
    const wide = wideLimits.provider

    it('for a provider by its queued messages, and by no other provider’s', async () => {
      const limits = { provider: { ...wide, messages: 2 } }
      expect(await outcomeOf(limits)).toBe('stored')
      expect(await outcomeOf(limits)).toBe('stored')
      expect(await outcomeOf(limits)).toBe('provider')
      expect(await outcomeOf(limits, { provider: 'other' })).toBe('stored')
      const { id } = await offlineStore.claimed()
      expect(await outcomeOf(limits)).toBe('provider')
      await offlineStore.store.recordOutcome(id, 1, { state: 'SENT', nativeId: null }, at(0))
      expect(await outcomeOf(limits)).toBe('stored')
    })

    it('for a provider by the bytes of what is neither sent nor discarded', async () => {
      const limits = { provider: { ...wide, bytes: 2 * bytes } }
      expect([await outcomeOf(limits), await outcomeOf(limits), await outcomeOf(limits)]).toEqual([
        'stored',
        'stored',
        'provider',
      ])
      const { id } = await offlineStore.claimed()
      await offlineStore.store.recordOutcome(id, 1, { state: 'FAILED', error: 'No.' }, at(0))
      expect(await outcomeOf(limits)).toBe('provider')
      await offlineStore.store.discard(id, at(0))
      expect(await outcomeOf(limits)).toBe('stored')
    })

    it.each([
      ['sender', from('flood', 'a@mail.test'), from('flood', 'b@mail.test'), from('other', 'a@mail.test')],
      ['email', from('one', 'A@mail.test'), from('two', 'a@mail.test'), from('one', 'b@mail.test')],
    ] as const)('for one %s by messages and by bytes, for a day', async (name, one, same, other) => {
      for (const limit of [
        { ...wide, messages: 1 },
        { ...wide, bytes: 1.5 * bytes },
      ]) {
        const provider = JSON.stringify(limit)
        const limits = { [name]: limit }
        expect(await outcomeOf(limits, { ...one, provider })).toBe('stored')
        expect(await outcomeOf(limits, { ...same, provider })).toBe(name)
        expect(await outcomeOf(limits, { ...other, provider })).toBe('stored')
        expect(await outcomeOf(limits, { ...same, provider, acceptedAt: at(DAY_MS + 1) })).toBe('stored')
      }
    })

    it('and still returns the message of a key that was accepted before', async () => {
      const limits = { provider: { ...wide, messages: 1 } }
      expect(await outcomeOf(limits, { idempotencyKey: 'key' })).toBe('stored')
      expect(await outcomeOf(limits, { idempotencyKey: 'key' })).toBe('duplicate')
      expect(await outcomeOf(limits, { idempotencyKey: 'another' })).toBe('provider')
      // A key whose message was rejected can be used again.
      await offlineStore.store.discard(
        (await offlineStore.store.list(ALL_MESSAGES, null, 1))[0]?.id ?? '',
        at(0),
      )
      expect(await outcomeOf(limits, { idempotencyKey: 'another' })).toBe('stored')
    })

    it('exactly, however many processes accept at once', async () => {
      const others = await Promise.all([1, 2, 3].map(() => offlineStore.another()))
      const limits = { ...wideLimits, provider: { ...wide, messages: 3 } }
      const answers = await Promise.all(
        [offlineStore.store, ...others, ...others].map((store) => store.accept(acceptance(), limits)),
      )
      expect(answers.filter(({ outcome }) => outcome === 'stored')).toHaveLength(3)
    })
  })

  it('deletes the sender of a message when it is sent or discarded', async () => {
    const sent = await offlineStore.accept({ senderHash: 'hash' })
    const { id } = await offlineStore.claimed()
    expect(id).toBe(sent.id)
    const discarded = await offlineStore.accept({ senderHash: 'hash' })
    const senders = () => offlineStore.query('select id, sender from offline_message')
    expect(await senders()).toContainEqual({ id, sender: 'hash' })
    expect(await senders()).toContainEqual({ id: discarded.id, sender: 'hash' })
    await offlineStore.store.recordOutcome(id, 1, { state: 'SENT', nativeId: null }, at(0))
    expect(await senders()).toContainEqual({ id, sender: null })
    await offlineStore.store.discard(discarded.id, at(0))
    expect(await senders()).toContainEqual({ id: discarded.id, sender: null })
  })
})
