import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/create-store.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { hasPostgres } from '../support/postgres.ts'
import { databases, openWholeStore, queryDatabase } from './databases.ts'

const LEASE_MS = 60_000
const GONE_MS = -1

describe.runIf(hasPostgres)('reports of processes that share PostgreSQL', () => {
  let settings: StoreSettings
  let store: Store
  beforeEach(async () => {
    const postgres = databases.find(({ name }) => name === 'PostgreSQL')
    settings = (await postgres?.empty()) ?? { dataDir: '' }
    store = await openWholeStore(settings)
    for (const worker of ['one', 'two']) await store.leases.renew(worker, LEASE_MS)
  })
  const exchange = async (worker: string, report: string) =>
    (await store.replicaReports.exchange(worker, report)).toSorted((a, b) => (a.worker < b.worker ? -1 : 1))

  it('are those of all live processes, their own included', async () => {
    expect(await exchange('one', 'first')).toEqual([
      { worker: 'one', report: 'first' },
      { worker: 'two', report: null },
    ])
    await exchange('two', 'of two')
    expect(await exchange('one', 'second')).toEqual([
      { worker: 'one', report: 'second' },
      { worker: 'two', report: 'of two' },
    ])
  })

  it('end with the lease of their process', async () => {
    await exchange('two', 'of two')
    await store.leases.renew('two', GONE_MS)
    expect(await exchange('one', 'first')).toEqual([{ worker: 'one', report: 'first' }])
    // It was only suspended.
    await store.leases.renew('two', LEASE_MS)
    expect(await exchange('one', 'first')).toHaveLength(2)
  })

  it('are deleted when their process ends, with those of processes that have died', async () => {
    for (const worker of ['one', 'two']) await exchange(worker, 'report')
    await store.leases.renew('two', GONE_MS)
    await store.replicaReports.remove('one')
    expect(await queryDatabase(settings, 'select * from replica_report')).toEqual([])
  })
})
