import type { Logger } from 'pino'
import { ConfigError } from '../config/index.ts'
import { createStore, type Store } from './create-store.ts'
import { openPostgres } from './databases/postgres.ts'
import { openSqlite } from './databases/sqlite.ts'
import { NewerDatabaseError } from './migrations.ts'

/** Location of the store. */
export interface StoreSettings {
  /** Address of PostgreSQL; without it, the embedded database in `dataDir` is used. */
  readonly databaseUrl?: string
  readonly dataDir: string
}

/**
 * Opens the store and migrates its schema. Throws a ConfigError that names the variable at fault but never its value,
 * because an address contains a password.
 */
export async function openStore({ databaseUrl, dataDir }: StoreSettings, log: Logger): Promise<Store> {
  const variable = databaseUrl === undefined ? 'DATA_DIR' : 'DATABASE_URL'
  try {
    const backend = databaseUrl === undefined ? openSqlite(dataDir) : openPostgres(databaseUrl, log)
    return await createStore(backend)
  } catch (error) {
    throw new ConfigError([{ variable, reason: reasonOf(error) }])
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof NewerDatabaseError)
    return 'contains a database that a newer version of the gateway has migrated'
  return `cannot be opened as a database (${codeOf(error)})`
}

/** The error code of the file system or the database: EACCES, SQLITE_CANTOPEN, ECONNREFUSED, 28P01. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^\w+$/.test(code) ? code : 'no error code'
}
