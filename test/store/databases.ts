import { join } from 'node:path'
import Database from 'libsql'
import { Client } from 'pg'
import { onTestFinished } from 'vitest'
import type { OfflineStore, QueueLimits } from '../../src/offline/offline-store.ts'
import type { Store } from '../../src/store/create-store.ts'
import { openStore, type StoreSettings } from '../../src/store/open-store.ts'
import { silentLog } from '../support/log.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'

/** A kind of database; `empty` creates an empty one. */
export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL'
  readonly empty: () => Promise<StoreSettings>
}

/** All databases that the store supports. */
export const databases: readonly TestDatabase[] = [
  { name: 'SQLite', empty: async () => ({ dataDir: createTestDirectory() }) },
  ...(hasPostgres
    ? [
        {
          name: 'PostgreSQL' as const,
          empty: async () => ({ dataDir: '', databaseUrl: await emptyPostgresDatabase() }),
        },
      ]
    : []),
]

/** Opens a store as a process would; closed after the test. */
export async function openWholeStore(settings: StoreSettings): Promise<Store> {
  const store = await openStore(settings, silentLog)
  onTestFinished(() => store.close())
  return store
}

/** Opens the offline messages of a store; closed after the test. */
export async function openTestStore(settings: StoreSettings): Promise<OfflineStore> {
  return (await openWholeStore(settings)).offline
}

/** Runs one statement that returns rows, over a connection of its own. */
export async function queryDatabase(settings: StoreSettings, sql: string): Promise<readonly unknown[]> {
  if (settings.databaseUrl === undefined) {
    const database = new Database(join(settings.dataDir, 'switchboard.db'))
    try {
      return database.prepare(sql).all()
    } finally {
      database.close()
    }
  }
  const client = new Client({ connectionString: settings.databaseUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** Limits that no test reaches. */
export const wideLimits: QueueLimits = {
  provider: { messages: 1_000_000, bytes: 1_000_000_000 },
  sender: { messages: 1_000_000, bytes: 1_000_000_000 },
  email: { messages: 1_000_000, bytes: 1_000_000_000 },
}
