import { Client } from 'pg'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { AcceptRequest, OfflineStore } from '../../src/offline/offline-store.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy.ts'
import { openTestStore, queryDatabase, wideLimits } from './databases.ts'

/** After which a connection without a response is given up. */
const QUERY_TIMEOUT_MS = 15_000

describe.runIf(hasPostgres)('an offline message, while PostgreSQL does not respond', () => {
  let settings: StoreSettings
  let line: PostgresProxy
  let store: OfflineStore
  beforeEach(async () => {
    settings = { dataDir: '', databaseUrl: await emptyPostgresDatabase() }
    line = await startPostgresProxy(settings.databaseUrl ?? '')
    store = await openTestStore({ dataDir: '', databaseUrl: line.url })
    await store.accept(acceptance('before'), wideLimits)
  })

  it('is certainly not stored, and refused before the connection is given up', async () => {
    line.stallOpenConnections()
    const startedAt = performance.now()
    await expect(store.accept(acceptance('refused'), wideLimits)).rejects.toMatchObject({
      mayHaveBeenStored: false,
    })
    expect(performance.now() - startedAt).toBeLessThan(QUERY_TIMEOUT_MS)
    await store.accept(acceptance('after'), wideLimits)
    expect(await storedIds(settings)).toEqual(['after', 'before'])
    await line.restore()
  })

  it('is not stored later, when the database continues after it was refused', async () => {
    const blocked = await blockKeys(settings)
    await expect(store.accept(acceptance('refused'), wideLimits)).rejects.toMatchObject({
      mayHaveBeenStored: false,
    })
    await blocked.end()
    await store.accept(acceptance('after'), wideLimits)
    expect(await storedIds(settings)).toEqual(['after', 'before'])
  })

  it('may be stored if the connection is lost while it is committed', async () => {
    await holdCommits(settings)
    const refused = store.accept(acceptance('unknown'), wideLimits).catch((error: unknown) => error)
    await expect
      .poll(() =>
        queryDatabase(settings, `select 1 from pg_stat_activity where query = 'commit' and state = 'active'`),
      )
      .toHaveLength(1)
    await line.disconnect()
    expect(await refused).toMatchObject({ mayHaveBeenStored: true })
  })
})

function acceptance(id: string): AcceptRequest {
  const draft = { name: 'Ada', email: 'ada@mail.test', text: 'Hello', department: null, host: null }
  return { id, provider: 'rc', draft, idempotencyKey: id, senderHash: null, acceptedAt: new Date(0) }
}

async function storedIds(settings: StoreSettings): Promise<readonly string[]> {
  const rows = await queryDatabase(settings, 'select id from offline_message order by id')
  return rows.map((row) => (row as { readonly id: string }).id)
}

/** Makes writes of idempotency keys wait until `end` is called. */
async function blockKeys(settings: StoreSettings): Promise<Client> {
  const client = await connect(settings)
  await client.query('begin')
  await client.query('lock table offline_key in exclusive mode')
  return client
}

/** Makes commits of offline messages wait until the test is over. */
async function holdCommits(settings: StoreSettings): Promise<void> {
  const client = await connect(settings)
  await client.query('select pg_advisory_lock(1)')
  await client.query(
    `create function wait() returns trigger language plpgsql as
       $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
     create constraint trigger held_commit after insert on offline_message deferrable initially deferred
     for each row execute function wait()`,
  )
}

/** A connection of its own, closed when the test is over. */
async function connect({ databaseUrl }: StoreSettings): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  onTestFinished(() => client.end().catch(() => {}))
  return client
}
