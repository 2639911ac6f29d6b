import { Client } from 'pg'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { LogAppend, LogLease } from '../../src/coordination/live-log-store.ts'
import type { Store } from '../../src/store/create-store.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { crashPostgres, hasPostgres, restartPostgres } from '../support/postgres.ts'
import { startPostgresProxy } from '../support/postgres-proxy.ts'
import { databases, openWholeStore, queryDatabase } from './databases.ts'

const LEASE_MS = 60_000
const GONE_MS = -1
const HOUR_MS = 3_600_000
const MANY = 1_000_000
/** The time limit of the store's statements, and what the test adds to measure it. */
const TIME_LIMIT_MS = 2_000 + 500

describe.each(databases)('the live log on $name', ({ empty }) => {
  let settings: StoreSettings
  let store: Store
  let other: Store
  beforeEach(async () => {
    settings = await empty()
    store = await openWholeStore(settings)
    other = await openWholeStore(settings)
    await store.leases.renew('one', LEASE_MS)
    await store.leases.renew('two', LEASE_MS)
  })
  const acquireOne = async (name: string, worker = 'one') =>
    leaseIn(await store.liveLog.acquire([name], worker))
  const load = (name: string) => store.liveLog.load(name)

  describe('a lease', () => {
    it('is acquired by one of several workers that try at once, and all know whose it is', async () => {
      const names = Array.from({ length: 50 }, (_, index) => `room ${index}`)
      const results = await Promise.all([
        store.liveLog.acquire(names, 'one'),
        other.liveLog.acquire(names.toReversed(), 'two'),
        store.liveLog.acquire(names, 'one'),
        other.liveLog.acquire(names, 'two'),
      ])
      const sorted = results.map((leases) => leases.toSorted((a, b) => a.name.localeCompare(b.name)))
      expect(sorted[0]).toHaveLength(50)
      for (const each of sorted) expect(each).toEqual(sorted[0])
      expect(new Set(sorted[0]?.map(({ epoch }) => epoch)).size).toBe(50)
    })

    it('is the same for its holder each time, and for names that are repeated', async () => {
      const lease = await acquireOne('room')
      expect(await store.liveLog.acquire(['room', 'room'], 'one')).toEqual([lease])
      // It stays the holder's, even if its own lease has expired, until another worker acquires it.
      await store.leases.renew('one', GONE_MS)
      expect(await store.liveLog.acquire(['room'], 'one')).toEqual([lease])
    })

    it('of a dead worker is acquired by another, and the dead one cannot append any more', async () => {
      const lease = await acquireOne('room')
      await store.liveLog.append([append(lease, [1])])
      expect(await acquireOne('room', 'two')).toEqual(lease)
      await store.leases.renew('one', GONE_MS)
      const next = await acquireOne('room', 'two')
      expect(next).toMatchObject({ name: 'room', worker: 'two' })
      expect(next.epoch).not.toBe(lease.epoch)
      expect(await store.liveLog.append([append(lease, [2])])).toEqual(['room'])
      expect(await store.liveLog.append([append(next, [2])])).toEqual([])
      expect((await load('room')).entries).toEqual([
        { epoch: lease.epoch, sequence: 1, content: '1' },
        { epoch: next.epoch, sequence: 2, content: '2' },
      ])
      // A release of the former lease does not end the current one.
      await store.liveLog.release([lease])
      expect(await acquireOne('room', 'one')).toEqual(next)
    })

    it('that was released is acquired by another worker, or by the same with another epoch', async () => {
      const [first, second] = await Promise.all([acquireOne('first'), acquireOne('second')])
      await store.liveLog.release([first, second])
      expect(await store.liveLog.append([append(first, [1])])).toEqual(['first'])
      expect(await acquireOne('first', 'two')).toMatchObject({ worker: 'two' })
      const again = await acquireOne('second')
      expect(again.worker).toBe('one')
      expect(again.epoch).not.toBe(second.epoch)
    })

    it('is acquired for thousands of logs at once', async () => {
      const names = Array.from({ length: 2_500 }, (_, index) => `room ${index}`)
      const leases = await store.liveLog.acquire(names, 'one')
      expect(leases).toHaveLength(2_500)
      expect(await store.liveLog.append(leases.map((lease) => append(lease, [1])))).toEqual([])
      const positions = names.map((name) => ({ name, sequence: 0 }))
      expect(await store.liveLog.readAfter(positions)).toHaveLength(2_500)
      await store.liveLog.release(leases)
      const next = await other.liveLog.acquire(names, 'two')
      expect(new Set(next.map(({ worker }) => worker))).toEqual(new Set(['two']))
    })
  })

  describe('entries', () => {
    it('are read in their order by every process, after a position per log', async () => {
      const leases = await store.liveLog.acquire(['b', 'a', 'ü 😀'], 'one')
      const appends = leases.map((lease) => append(lease, [1, 2, 3]))
      expect(await store.liveLog.append(appends)).toEqual([])
      expect(await store.liveLog.append(leases.map((lease) => append(lease, [4])))).toEqual([])
      const read = await other.liveLog.readAfter([
        { name: 'b', sequence: 2 },
        { name: 'a', sequence: 4 },
        { name: 'ü 😀', sequence: 3 },
        { name: 'unknown', sequence: 0 },
      ])
      expect(read.map(({ name, sequence, content }) => [name, sequence, content])).toEqual([
        ['b', 3, '3'],
        ['b', 4, '4'],
        ['ü 😀', 4, '4'],
      ])
      expect(await other.liveLog.readAfter([])).toEqual([])
      expect(await other.liveLog.load('unknown')).toEqual({ snapshot: null, entries: [], changedMsAgo: null })
    })

    it('of logs whose lease is current are stored, whatever else is in the batch', async () => {
      const [mine, lost] = await Promise.all([acquireOne('mine'), acquireOne('lost')])
      const refused = await store.liveLog.append([
        append({ ...lost, epoch: 'another' }, [1], 'snapshot'),
        append(mine, [1]),
        append({ ...lost, name: 'never acquired' }, [1]),
      ])
      expect(refused.toSorted()).toEqual(['lost', 'never acquired'])
      expect((await load('mine')).entries).toHaveLength(1)
      expect(await load('lost')).toEqual({ snapshot: null, entries: [], changedMsAgo: null })
      expect(await store.liveLog.append([])).toEqual([])
    })

    it('that are appended again are stored once', async () => {
      const lease = await acquireOne('room')
      await store.liveLog.append([append(lease, [1, 2])])
      expect(await store.liveLog.append([append(lease, [1, 2, 3])])).toEqual([])
      expect((await load('room')).entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    })

    it('where the log holds those of another epoch are refused, and the log stays as it is', async () => {
      const former = await acquireOne('room')
      await store.liveLog.append([append(former, [1, 2, 3])])
      await store.liveLog.release([former])
      const lease = await acquireOne('room', 'two')
      expect(await store.liveLog.append([append(lease, [3, 4], 'snapshot')])).toEqual(['room'])
      expect(await load('room')).toMatchObject({ snapshot: null, entries: [{}, {}, { epoch: former.epoch }] })
      expect(await store.liveLog.append([append(lease, [4])])).toEqual([])
    })

    it('keep every character of their JSON', async () => {
      const lease = await acquireOne('room')
      const content = JSON.stringify({ text: 'NUL \0, half \ud800, 😀, <b>"\'\\' })
      await store.liveLog.append([{ ...append(lease, []), entries: [{ sequence: 1, content }] }])
      expect((await load('room')).entries).toEqual([{ epoch: lease.epoch, sequence: 1, content }])
    })
  })

  it('a snapshot replaces the one before, and null leaves it', async () => {
    const lease = await acquireOne('room')
    await store.liveLog.append([append(lease, [1], 'first')])
    await store.liveLog.append([append(lease, [2, 3], 'second')])
    await store.liveLog.append([append(lease, [4])])
    const { snapshot, entries } = await other.liveLog.load('room')
    expect(snapshot).toEqual({ epoch: lease.epoch, sequence: 3, content: 'second' })
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
  })

  it('reports the workers that are alive', async () => {
    await store.leases.renew('two', GONE_MS)
    expect(await other.liveLog.liveWorkers()).toEqual(['one'])
  })

  describe('pruning', () => {
    const sequences = async (name: string) => (await load(name)).entries.map(({ sequence }) => sequence)

    it('deletes entries by age, and keeps a log that somebody holds', async () => {
      const lease = await acquireOne('room')
      await store.liveLog.append([append(lease, [1, 2], 'snapshot')])
      await queryDatabase(
        settings,
        `update live_log_entry set appended_at = appended_at - ${HOUR_MS} where sequence = 1 returning name`,
      )
      await store.liveLog.prune(HOUR_MS / 2, MANY)
      expect(await sequences('room')).toEqual([2])
      await store.liveLog.prune(0, MANY)
      expect(await load('room')).toMatchObject({ entries: [], snapshot: { content: 'snapshot' } })
      expect(await acquireOne('room', 'two')).toEqual(lease)
    })

    it('deletes many more entries than fit into one statement', async () => {
      const lease = await acquireOne('room')
      await store.liveLog.append([
        append(
          lease,
          Array.from({ length: 2_500 }, (_, index) => index + 1),
        ),
      ])
      await store.liveLog.prune(0, MANY)
      expect(await sequences('room')).toEqual([])
    })

    it('keeps the newest entries of each log by count, of released ones too', async () => {
      const [long, short, released] = await Promise.all(
        ['long', 'short', 'released'].map((name) => acquireOne(name)),
      )
      if (!long || !short || !released) throw new Error('not acquired')
      await store.liveLog.append([
        append(long, [1, 2, 3, 4, 5]),
        append(short, [7, 8, 9]),
        append(released, [1, 2, 3, 4]),
      ])
      await store.liveLog.release([released])
      await store.liveLog.prune(HOUR_MS, 3)
      expect(await sequences('long')).toEqual([3, 4, 5])
      expect(await sequences('short')).toEqual([7, 8, 9])
      expect(await sequences('released')).toEqual([2, 3, 4])
    })

    it('deletes logs without entries that were released, or whose holder died', async () => {
      const [released, dead, filled] = await Promise.all(
        ['released', 'dead', 'filled'].map((name) => acquireOne(name)),
      )
      if (!released || !dead || !filled) throw new Error('not acquired')
      await store.liveLog.append([append(released, [1], 'a'), append(dead, [1], 'b')])
      await store.liveLog.release([released])
      await store.leases.renew('one', GONE_MS)
      await store.liveLog.prune(0, MANY)
      await store.liveLog.append([append(filled, [1], 'c')])
      const rows = (table: string) => queryDatabase(settings, `select name from ${table}`)
      expect(await rows('live_log')).toEqual([])
      expect(await rows('live_log_lease')).toEqual([])
    })

    it('by several processes at once deletes what one of them would delete', async () => {
      const lease = await acquireOne('room')
      await store.liveLog.append([append(lease, [1, 2, 3])])
      await Promise.all([store, other, store, other].map(({ liveLog }) => liveLog.prune(0, MANY)))
      expect(await sequences('room')).toEqual([])
    })
  })
})

describe.runIf(hasPostgres)('the live log on a PostgreSQL', () => {
  let settings: StoreSettings
  let store: Store
  let lease: LogLease
  beforeEach(async () => {
    settings = (await databases.at(-1)?.empty()) ?? { dataDir: '' }
    store = await openWholeStore(settings)
    await store.leases.renew('one', LEASE_MS)
    lease = leaseIn(await store.liveLog.acquire(['room'], 'one'))
  })

  it('that blocks rejects within the time limit, and works again afterwards', async () => {
    const client = new Client({ connectionString: settings.databaseUrl })
    await client.connect()
    onTestFinished(() => client.end())
    await client.query(
      'begin; lock table live_log_lease, live_log_entry, worker_lease in access exclusive mode',
    )
    const startedAt = performance.now()
    const attempts = [
      store.liveLog.append([append(lease, [1])]),
      store.liveLog.acquire(['another'], 'one'),
      store.liveLog.readAfter([{ name: 'room', sequence: 0 }]),
      store.liveLog.prune(0, MANY),
      // More than there are connections: these wait for one.
      store.liveLog.load('room'),
      store.liveLog.release([lease]),
      store.leases.renew('one', LEASE_MS),
    ]
    const results = await Promise.allSettled(attempts)
    expect(results.map(({ status }) => status)).toEqual(attempts.map(() => 'rejected'))
    expect(performance.now() - startedAt).toBeLessThan(TIME_LIMIT_MS)
    await client.query('rollback')
    expect(await store.liveLog.append([append(lease, [1])])).toEqual([])
  })

  it('that does not respond rejects within the time limit, and works again afterwards', async () => {
    const line = await startPostgresProxy(settings.databaseUrl ?? '')
    const distant = await openWholeStore({ dataDir: '', databaseUrl: line.url })
    await distant.liveLog.load('room')
    line.stall()
    const startedAt = performance.now()
    const results = await Promise.allSettled([
      distant.liveLog.append([append(lease, [1])]),
      distant.liveLog.load('room'),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(performance.now() - startedAt).toBeLessThan(TIME_LIMIT_MS)
    await line.restore()
    expect(await distant.liveLog.append([append(lease, [1])])).toEqual([])
  })

  it('does not wait for the other connections of the store', async () => {
    const client = new Client({ connectionString: settings.databaseUrl })
    await client.connect()
    onTestFinished(() => client.end())
    await client.query('begin; lock table offline_message in access exclusive mode')
    const counts = Array.from({ length: 20 }, () => store.offline.countByState())
    expect(await store.liveLog.append([append(lease, [1])])).toEqual([])
    await store.leases.renew('one', LEASE_MS)
    await client.query('rollback')
    await Promise.all(counts)
  })

  it('that was restarted has everything', async () => {
    await store.liveLog.append([append(lease, [1])])
    await restartPostgres(0)
    await expect.poll(() => store.liveLog.append([append(lease, [2])]).catch(() => 'away')).toEqual([])
    expect((await store.liveLog.load('room')).entries).toHaveLength(2)
  })

  it('that has crashed is empty, and its leases are acquired anew', async () => {
    await store.liveLog.append([append(lease, [1, 2])])
    await crashPostgres()
    await expect.poll(() => store.liveLog.append([append(lease, [3])]).catch(() => 'away')).toEqual(['room'])
    expect(await store.liveLog.load('room')).toEqual({ snapshot: null, entries: [], changedMsAgo: null })
    const next = leaseIn(await store.liveLog.acquire(['room'], 'one'))
    expect(next.epoch).not.toBe(lease.epoch)
    expect(await store.liveLog.append([append(next, [1])])).toEqual([])
  })

  it('writes nothing that a crash must keep', async () => {
    const unlogged = await queryDatabase(
      settings,
      `select relname from pg_class where relname like 'live_log%' and relkind = 'r' and relpersistence = 'u' order by 1`,
    )
    expect(unlogged).toEqual([
      { relname: 'live_log' },
      { relname: 'live_log_entry' },
      { relname: 'live_log_lease' },
    ])
  })
})

function append(lease: LogLease, sequences: readonly number[], snapshot: string | null = null): LogAppend {
  return {
    lease,
    entries: sequences.map((sequence) => ({ sequence, content: String(sequence) })),
    snapshot:
      snapshot === null ? null : { epoch: lease.epoch, sequence: sequences.at(-1) ?? 0, content: snapshot },
  }
}

function leaseIn(leases: readonly LogLease[]): LogLease {
  const [lease] = leases
  if (!lease || leases.length > 1) throw new Error('not one lease')
  return lease
}
