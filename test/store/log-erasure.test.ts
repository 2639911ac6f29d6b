import { beforeEach, describe, expect, it } from 'vitest'
import type { LogAppend, LogLease } from '../../src/coordination/live-log-store.ts'
import type { Store } from '../../src/store/create-store.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { hasPostgres } from '../support/postgres.ts'
import { startPostgresProxy } from '../support/postgres-proxy.ts'
import { databases, openWholeStore } from './databases.ts'

const LEASE_MS = 60_000
const GONE_MS = -1
const EMAIL = 'ada_l@mail.test'
const never = new AbortController().signal

describe.each(databases)('erasing from the live log on $name', ({ empty }) => {
  let settings: StoreSettings
  let store: Store
  beforeEach(async () => {
    settings = await empty()
    store = await openWholeStore(settings)
    await store.leases.renew('one', LEASE_MS)
  })
  const acquire = async (name: string, worker = 'one') => leaseIn(await store.liveLog.acquire([name], worker))
  const put = async (name: string, contents: readonly string[], snapshot: string | null = null) => {
    const lease = await acquire(name)
    expect(await store.liveLog.append([append(lease, contents, snapshot)])).toEqual([])
    return lease
  }
  const find = async (text = EMAIL) =>
    [...(await store.logErasure.findContaining(text, never))].toSorted((a, b) => a.localeCompare(b))
  const contentsOf = async (name: string) => {
    const { snapshot, entries } = await store.liveLog.load(name)
    return [snapshot?.content ?? null, ...entries.map(({ content }) => content)]
  }

  it('finds the logs whose entries or snapshot contain the text, in any case, and no others', async () => {
    await put('entry', ['{}', `{"text":"write to ${EMAIL.toUpperCase()}, please"}`], '{}')
    await put('snapshot', ['{}'], `{"email":"Ada_L@Mail.test"}`)
    await put('wildcard', [`{"email":"adaxl@mail.test"}`], '{"email":"ada%@mail.test"}')
    expect(await find()).toEqual(['entry', 'snapshot'])
    expect(await find('ada%@mail')).toEqual(['wildcard'])
    expect(await find('nobody@mail.test')).toEqual([])
  })

  it('finds texts that JSON escapes', async () => {
    const text = '"a\\b"\n@mail.test'
    await put('room', [JSON.stringify({ text: `x ${text}` })], '{}')
    expect(await find(text)).toEqual(['room'])
    expect(await find('a\\\\b')).toEqual([])
  })

  it('finds every log among thousands of entries', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `room ${index}`)
    for (const name of names) {
      const others = Array.from({ length: 50 }, () => '{"text":"hello"}')
      await put(name, [...others, `{"text":"${EMAIL}"}`], '{}')
    }
    expect(new Set(await find())).toEqual(new Set(names))
  })

  it('ends with the signal', async () => {
    await expect(
      store.logErasure.findContaining(EMAIL, AbortSignal.abort(new Error('too late'))),
    ).rejects.toThrow('too late')
  })

  it('deletes the entries of a held log that it had then, after its holder has saved its state', async () => {
    const lease = await put('room', ['1', '2'], 'old')
    const described = await store.logErasure.describe(['room'])
    expect(described.logs).toEqual([{ name: 'room', sequence: 2, epoch: lease.epoch, isHeld: true }])
    await store.liveLog.append([append(lease, ['3'], null, 2)])
    await store.liveLog.append([append(lease, [], 'new', 3)])
    expect(await store.logErasure.erase(described)).toEqual([])
    expect(await contentsOf('room')).toEqual(['new', '3'])
    expect(await store.liveLog.append([append(lease, ['4'], null, 3)])).toEqual([])
    expect(await store.liveLog.readAfter([{ name: 'room', sequence: 2 }])).toHaveLength(2)
  })

  it('leaves a held log whose holder has not saved its state since, or saved one that lacks an entry', async () => {
    const lease = await put('room', ['1', '2'], 'old')
    await new Promise((resolve) => setTimeout(resolve, 5))
    const described = await store.logErasure.describe(['room'])
    expect(await store.logErasure.erase(described)).toEqual(['room'])
    await store.liveLog.append([append(lease, [], 'behind', 1)])
    expect(await store.logErasure.erase(described)).toEqual(['room'])
    expect(await contentsOf('room')).toEqual(['behind', '1', '2'])
  })

  it('deletes a log that nobody holds as a whole, and a worker that held it cannot append any more', async () => {
    const released = await put('released', ['1'], 'old')
    const orphaned = await put('orphaned', ['1'], 'old')
    await store.liveLog.release([released])
    await store.leases.renew('one', GONE_MS)
    const described = await store.logErasure.describe(['released', 'orphaned', 'unknown'])
    expect(described.logs.map(({ isHeld }) => isHeld)).toEqual([false, false, false])
    expect(await store.logErasure.erase(described)).toEqual([])
    for (const name of ['released', 'orphaned']) expect(await contentsOf(name)).toEqual([null])
    await store.leases.renew('one', LEASE_MS)
    expect(await store.liveLog.append([append(orphaned, ['2'], null, 1)])).toEqual(['orphaned'])
    expect((await acquire('released')).epoch).not.toBe(released.epoch)
  })

  it('leaves a log that somebody has held in between', async () => {
    await store.leases.renew('two', LEASE_MS)
    const [first, second] = [await put('first', ['1'], 'old'), await put('second', ['1'], 'old')]
    await store.liveLog.release([first, second])
    const described = await store.logErasure.describe(['first', 'second'])
    await acquire('first', 'two')
    await store.liveLog.release([await acquire('second', 'two')])
    expect(await store.logErasure.erase(described)).toEqual(['first', 'second'])
    expect(await contentsOf('first')).toEqual(['old', '1'])
  })

  it('leaves no place for a holder that does not know what was erased', async () => {
    await store.leases.renew('two', LEASE_MS)
    const lease = await put('room', ['1', '2', '3'])
    const described = await store.logErasure.describe(['room'])
    await store.liveLog.append([append(lease, [], 'state', 3)])
    expect(await store.logErasure.erase(described)).toEqual([])
    expect(await contentsOf('room')).toEqual(['state'])
    await store.liveLog.release([lease])
    const next = await acquire('room', 'two')
    expect(await store.liveLog.append([append(next, ['3'], null, 2)])).toEqual(['room'])
    expect(await store.liveLog.append([append(next, [], 'older', 2)])).toEqual(['room'])
    expect(await store.liveLog.append([append(next, ['4'], 'newer', 3)])).toEqual([])
  })
})

it.runIf(hasPostgres)('erasing from the live log rejects while PostgreSQL does not respond', async () => {
  const [, postgres] = databases
  const { databaseUrl = '' } = (await postgres?.empty()) ?? {}
  const line = await startPostgresProxy(databaseUrl)
  const { logErasure } = await openWholeStore({ dataDir: '', databaseUrl: line.url })
  const described = await logErasure.describe(['room'])
  line.stall()
  await Promise.all([
    expect(logErasure.findContaining(EMAIL, never)).rejects.toThrow(),
    expect(logErasure.describe(['room'])).rejects.toThrow(),
    expect(logErasure.requestSnapshots(['room'])).rejects.toThrow(),
    expect(logErasure.erase(described)).rejects.toThrow(),
  ])
})

/** Appends contents after a sequence number, and saves a snapshot after them. */
function append(lease: LogLease, contents: readonly string[], snapshot: string | null, after = 0): LogAppend {
  const entries = contents.map((content, index) => ({ sequence: after + index + 1, content }))
  const sequence = after + contents.length
  return {
    lease,
    entries,
    snapshot: snapshot === null ? null : { epoch: lease.epoch, sequence, content: snapshot },
  }
}

function leaseIn(leases: readonly LogLease[]): LogLease {
  const [lease] = leases
  if (!lease) throw new Error('not acquired')
  return lease
}
