import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrate } from '../../src/store/migrations.ts'
import type { Tables } from '../../src/store/tables.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'

/** The lock that Kysely takes for migrations. */
const MIGRATION_LOCK = '3853314791062309107'

describe.runIf(hasPostgres)('a replica that starts while another one migrates the database', () => {
  it('waits for longer than the time limit of a statement', async () => {
    const url = await emptyPostgresDatabase()
    const other = await holdMigrationLock(url)
    const migrating = migrate(openDatabase(url, 1_000))
    await other.waitForCanceledStatement()
    await other.release()
    await expect(migrating).resolves.toBeUndefined()
  })

  it('gives up where that never ends', async () => {
    const url = await emptyPostgresDatabase()
    await holdMigrationLock(url)
    await expect(migrate(openDatabase(url, 100))).rejects.toMatchObject({ code: '57014' })
  })
})

function openDatabase(connectionString: string, statementTimeoutMs: number): Kysely<Tables> {
  const pool = new Pool({ connectionString, statement_timeout: statementTimeoutMs })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  onTestFinished(() => db.destroy())
  return db
}

async function holdMigrationLock(connectionString: string) {
  const holder = await connect(connectionString)
  // A transaction sees the statements of others as they were at first.
  const observer = await connect(connectionString)
  await holder.query('begin')
  await holder.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
  const waitingStatement = async (): Promise<string> => {
    const { rows } = await observer.query(
      "select pid, query_start from pg_stat_activity where wait_event = 'advisory' and datname = current_database()",
    )
    return JSON.stringify(rows)
  }
  return {
    /** Another statement waits: the first one has exceeded its time limit. */
    waitForCanceledStatement: async () => {
      await expect.poll(waitingStatement, { interval: 20 }).not.toBe('[]')
      const first = await waitingStatement()
      const isOther = async () => !['[]', first].includes(await waitingStatement())
      await expect.poll(isOther, { interval: 20 }).toBe(true)
    },
    release: () => holder.query('commit'),
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}
