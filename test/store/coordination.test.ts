import { beforeEach, describe, expect, it } from 'vitest'
import type { IdempotencyKeyClaim } from '../../src/coordination/idempotency-key-store.ts'
import type { Store } from '../../src/store/create-store.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { databases, openWholeStore } from './databases.ts'

const LEASE_MS = 60_000
const GONE_MS = -1

describe.each(databases)('processes that share $name', ({ name, empty }) => {
  let settings: StoreSettings
  let store: Store
  beforeEach(async () => {
    settings = await empty()
    store = await openWholeStore(settings)
  })
  const request = (more: Partial<IdempotencyKeyClaim> = {}): IdempotencyKeyClaim => ({
    id: 'key',
    fingerprint: 'input',
    worker: 'one',
    mayCompleteWithinMs: 20_000,
    ...more,
  })

  describe('a key', () => {
    beforeEach(() => store.leases.renew('one', LEASE_MS))

    it('is claimed by one process, however many claim it at once', async () => {
      const others = await Promise.all([1, 2, 3].map(() => openWholeStore(settings)))
      const states = await Promise.all(
        [store, ...others].map(({ idempotencyKeys: claims }) => claims.claim(request())),
      )
      expect(states.map(({ state }) => state).sort()).toEqual(['claimed', 'pending', 'pending', 'pending'])
    })

    it('is a conflict with another input, whatever its state', async () => {
      await store.idempotencyKeys.claim(request())
      const other = request({ fingerprint: 'another' })
      expect(await store.idempotencyKeys.claim(other)).toEqual({ state: 'conflict' })
      await store.idempotencyKeys.complete({ id: 'key', attempt: 1 }, 'record')
      expect(await store.idempotencyKeys.claim(other)).toEqual({ state: 'conflict' })
    })

    it('returns the record of the executed write', async () => {
      await store.idempotencyKeys.claim(request())
      await store.idempotencyKeys.complete({ id: 'key', attempt: 1 }, 'record')
      expect(await store.idempotencyKeys.claim(request())).toEqual({ state: 'done', record: 'record' })
      // A completed attempt stays completed.
      await store.idempotencyKeys.release({ id: 'key', attempt: 1 })
      await store.idempotencyKeys.markUnknown({ id: 'key', attempt: 1 }, 0)
      expect(await store.idempotencyKeys.claim(request())).toEqual({ state: 'done', record: 'record' })
    })

    it('can be claimed again after it was released', async () => {
      await store.idempotencyKeys.claim(request())
      await store.idempotencyKeys.release({ id: 'key', attempt: 1 })
      expect(await store.idempotencyKeys.claim(request({ fingerprint: 'another' }))).toEqual({
        state: 'claimed',
        attempt: 1,
      })
    })

    it('has an unknown outcome after its process died, with the saved record', async () => {
      await store.idempotencyKeys.claim(request())
      await store.idempotencyKeys.saveRecord({ id: 'key', attempt: 1 }, 'noted')
      expect(await store.idempotencyKeys.claim(request({ worker: 'two' }))).toEqual({ state: 'pending' })
      await store.leases.renew('one', GONE_MS)
      const unknown = { state: 'unknown', attempt: 1, record: 'noted', mayCompleteWithinMs: 20_000 }
      expect(await store.idempotencyKeys.claim(request({ worker: 'two' }))).toEqual(unknown)
      const later = await store.idempotencyKeys.claim(request({ worker: 'two' }))
      expect(later).toMatchObject({ state: 'unknown', mayCompleteWithinMs: expect.any(Number) })
      // The process was only suspended: its outcome is the truth.
      await store.idempotencyKeys.complete({ id: 'key', attempt: 1 }, 'record')
      expect(await store.idempotencyKeys.claim(request({ worker: 'two' }))).toEqual({
        state: 'done',
        record: 'record',
      })
    })

    it('is taken over by one process, and the previous one has no effect any more', async () => {
      await store.idempotencyKeys.claim(request())
      await store.idempotencyKeys.markUnknown({ id: 'key', attempt: 1 }, 0)
      expect(await store.idempotencyKeys.claim(request())).toMatchObject({
        state: 'unknown',
        mayCompleteWithinMs: 0,
      })
      const before = { id: 'key', attempt: 1 }
      await store.leases.renew('two', LEASE_MS)
      const taken = await Promise.all(
        ['one', 'two'].map((worker) => store.idempotencyKeys.takeOver(before, worker)),
      )
      expect(taken.filter((each) => each !== null)).toEqual([{ id: 'key', attempt: 2 }])
      await store.idempotencyKeys.complete(before, 'of the former')
      await store.idempotencyKeys.release(before)
      expect(await store.idempotencyKeys.claim(request())).toEqual({ state: 'pending' })
      await store.idempotencyKeys.complete({ id: 'key', attempt: 2 }, 'of the latter')
      expect(await store.idempotencyKeys.claim(request())).toEqual({ state: 'done', record: 'of the latter' })
    })

    it('is deleted after the retention time', async () => {
      await store.idempotencyKeys.claim(request())
      await store.idempotencyKeys.complete({ id: 'key', attempt: 1 }, 'record')
      await store.offline.prune({ completed: new Date(0), keys: new Date(Date.now() - 60_000) })
      expect(await store.idempotencyKeys.claim(request())).toMatchObject({ state: 'done' })
      await store.offline.prune({ completed: new Date(0), keys: new Date(Date.now() + 60_000) })
      expect(await store.idempotencyKeys.claim(request())).toMatchObject({ state: 'claimed' })
    })
  })

  it('share each secret', async () => {
    const other = await openWholeStore(settings)
    const [one, same] = await Promise.all([store.secret('name'), other.secret('name')])
    expect(one).toHaveLength(32)
    expect(same).toEqual(one)
    expect(await other.secret('another')).not.toEqual(one)
  })

  describe('a lease', () => {
    it('ends by expiry or release, and can be acquired again', async () => {
      const claimed = async () => (await store.idempotencyKeys.claim(request())).state
      await store.leases.register('one', LEASE_MS)
      await claimed()
      expect(await claimed()).toBe('pending')
      await store.leases.release('one')
      expect(await claimed()).toBe('unknown')
    })

    it('ends all others if no other process uses the embedded database', async () => {
      await store.leases.register('dead', LEASE_MS)
      await store.idempotencyKeys.claim(request({ worker: 'dead' }))
      await store.close()
      const after = await openWholeStore(settings)
      const isAlone = name === 'SQLite'
      expect(await after.leases.register('next', LEASE_MS)).toBe(isAlone)
      expect(await after.idempotencyKeys.claim(request())).toMatchObject({
        state: isAlone ? 'unknown' : 'pending',
      })
    })

    it('does not end others while their process is alive', async () => {
      await store.leases.register('one', LEASE_MS)
      await store.idempotencyKeys.claim(request())
      const other = await openWholeStore(settings)
      expect(await other.leases.register('two', LEASE_MS)).toBe(false)
      expect(await other.idempotencyKeys.claim(request({ worker: 'two' }))).toEqual({ state: 'pending' })
    })
  })
})
