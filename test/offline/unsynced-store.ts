import { onTestFinished } from 'vitest'
import type { OfflineStore } from '../../src/offline/offline-store.ts'
import { createStore, type Store } from '../../src/store/create-store.ts'
import type { DatabaseBackend } from '../../src/store/databases/database.ts'
import { openSqlite } from '../../src/store/databases/sqlite.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'

/** A backend that does not wait for the disk: a manual clock cannot know how long that takes. */
export function withoutFlush(backend: DatabaseBackend): DatabaseBackend {
  return { ...backend, flush: async () => {} }
}

/** A SQLite store without disk flushes, new unless a directory is given; closed after the test. */
export async function openUnsyncedStore(directory = createTestDirectory()): Promise<OfflineStore> {
  return closeAfterTest(await createStore(withoutFlush(openSqlite(directory)))).offline
}

/** Closes the store after the test. */
export function closeAfterTest(store: Store): Store {
  onTestFinished(() => store.close())
  return store
}
