import { onTestFinished } from 'vitest'
import type { OfflineStore, QueueLimits } from '../../src/offline/offline-store.ts'
import type { Store } from '../../src/store/create-store.ts'
import { openStore, type StoreSettings } from '../../src/store/open-store.ts'
import { silentLog } from '../support/log.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'

/** A kind of database, and how a test gets an empty one. */
export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL'
  readonly empty: () => Promise<StoreSettings>
}

/** Every database that the store is tested on. */
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

/** Opens a store as a process would; it is closed when the test is over. */
export async function openWholeStore(settings: StoreSettings): Promise<Store> {
  const store = await openStore(settings, silentLog)
  onTestFinished(() => store.close())
  return store
}

/** The offline messages of such a store. */
export async function openTestStore(settings: StoreSettings): Promise<OfflineStore> {
  return (await openWholeStore(settings)).offline
}

/** So many that no test reaches them. */
export const wideLimits: QueueLimits = {
  provider: { messages: 1_000_000, bytes: 1_000_000_000 },
  sender: { messages: 1_000_000, bytes: 1_000_000_000 },
  email: { messages: 1_000_000, bytes: 1_000_000_000 },
}
