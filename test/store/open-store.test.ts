import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ConfigError } from '../../src/config/index.ts'
import { MessageNotStoredError } from '../../src/offline/offline-store.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createSqliteBackend } from '../../src/store/databases/sqlite.ts'
import { openStore } from '../../src/store/open-store.ts'
import { silentLog } from '../support/log.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { databases, openTestStore, queryDatabase, wideLimits } from './databases.ts'

const draft = { name: 'Ada', email: 'ada@mail.test', text: 'Hello', department: null, host: null }
const acceptance = (id: string, text = 'Hello') => ({
  id,
  provider: 'rc',
  draft: { ...draft, text },
  idempotencyKey: id,
  senderHash: null,
  acceptedAt: new Date(0),
})

const issueLinesOf = async (opening: Promise<unknown>): Promise<readonly string[]> => {
  const error = await opening.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ConfigError)) throw new Error('opened, or failed otherwise', { cause: error })
  return error.issueLines
}

describe.each(databases)('$name', ({ name, empty }) => {
  it('is migrated once by many processes that open it at once', async () => {
    const settings = await empty()
    const stores = await Promise.all([1, 2, 3, 4].map(() => openTestStore(settings)))
    for (const [index, store] of stores.entries()) await store.accept(acceptance(`m${index}`), wideLimits)
    expect(await stores[0]?.countByState()).toMatchObject([{ count: 4 }])
  })

  it('is rejected if a newer version has migrated it', async () => {
    const settings = await empty()
    await (await openStore(settings, silentLog)).close()
    const insert = "insert into kysely_migration values ('9999-from-the-future', '2030') returning name"
    await queryDatabase(settings, insert)
    const variable = name === 'SQLite' ? 'DATA_DIR' : 'DATABASE_URL'
    expect(await issueLinesOf(openStore(settings, silentLog))).toEqual([
      `${variable}: contains a database that a newer version of the gateway has migrated`,
    ])
  })
})

describe('the directory', () => {
  it('is created, readable by this user only', async () => {
    const dataDir = join(createTestDirectory(), 'some', 'where')
    const store = await openTestStore({ dataDir })
    await store.accept(acceptance('one'), wideLimits)
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    for (const file of readdirSync(dataDir)) expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0)
  })

  it.each([
    ['lies below a file', (at: string) => join(at, 'file', 'data'), 'ENOTDIR'],
    ['is a file', (at: string) => join(at, 'file'), 'EEXIST'],
  ])('that %s is a fault of DATA_DIR', async (_what, pathIn, code) => {
    const directory = createTestDirectory()
    writeFileSync(join(directory, 'file'), '')
    const opening = openStore({ dataDir: pathIn(directory) }, silentLog)
    expect(await issueLinesOf(opening)).toEqual([`DATA_DIR: cannot be opened as a database (${code})`])
  })

  it('with a file that is no database is a fault of DATA_DIR', async () => {
    const dataDir = createTestDirectory()
    writeFileSync(join(dataDir, 'switchboard.db'), 'something else entirely '.repeat(500))
    expect(await issueLinesOf(openStore({ dataDir }, silentLog))).toEqual([
      expect.stringMatching(/^DATA_DIR: cannot be opened as a database \(SQLITE_NOTADB\)$/),
    ])
  })

  it('without write permission is a fault of DATA_DIR', async () => {
    const dataDir = join(createTestDirectory(), 'read-only')
    mkdirSync(dataDir)
    chmodSync(dataDir, 0o555)
    chmodSync(join(dataDir, '..'), 0o755)
    // Root can write to everything.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.('nobody')
    const opening = openStore({ dataDir }, silentLog)
    if (isRoot) process.seteuid?.(0)
    expect(await issueLinesOf(opening)).toEqual(['DATA_DIR: cannot be opened as a database (EACCES)'])
    expect(existsSync(join(dataDir, 'switchboard.db'))).toBe(false)
  })
})

describe('a PostgreSQL address', () => {
  it('without a server is a fault of DATABASE_URL, and its password is not shown', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const address = closed.address()
    const port = typeof address === 'object' ? address?.port : 0
    await new Promise((resolve) => closed.close(resolve))
    const databaseUrl = `postgres://me:secret@127.0.0.1:${port}/x`
    expect(await issueLinesOf(openStore({ dataDir: '', databaseUrl }, silentLog))).toEqual([
      'DATABASE_URL: cannot be opened as a database (ECONNREFUSED)',
    ])
  })
})

it('a full disk rejects what does not fit, keeps the rest, and stores nothing partially', async () => {
  const path = join(createTestDirectory(), 'small.db')
  const database = new Database(path)
  const whole = await createStore(createSqliteBackend(database, path))
  onTestFinished(() => whole.close())
  const store = whole.offline
  database.pragma('max_page_count = 40')
  const long = 'x'.repeat(5_000)
  const accepted: string[] = []
  let storeError: unknown = null
  while (!storeError) {
    const id = `m${accepted.length}`
    await store.accept(acceptance(id, long), wideLimits).then(
      () => accepted.push(id),
      (error: unknown) => {
        storeError = error
      },
    )
  }
  expect(storeError).toBeInstanceOf(MessageNotStoredError)
  expect(storeError).toMatchObject({ mayHaveBeenStored: false, cause: { code: 'SQLITE_FULL' } })
  expect(await store.countByState()).toMatchObject([{ count: accepted.length }])
  // The key is not in use either: with space again, the same request is accepted.
  database.pragma('max_page_count = 1000')
  expect(await store.accept(acceptance(`m${accepted.length}`, long), wideLimits)).toMatchObject({
    outcome: 'stored',
  })
  expect(await store.find(accepted)).not.toContain(null)
})
