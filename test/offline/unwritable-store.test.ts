import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { ChatError } from '../../src/domain/errors.ts'
import { createStore } from '../../src/store/create-store.ts'
import { createSqliteBackend } from '../../src/store/databases/sqlite.ts'
import { fetchData } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asAnonymous, createTestGateway } from '../support/test-gateway.ts'
import { createOfflineAdapter, openDelivery, rareChecks } from './delivery.ts'
import { SendOfflineMessage } from './documents.ts'
import { ManualClock } from './manual-clock.ts'
import { withoutFlush } from './unsynced-store.ts'

const HOUR_MS = 3_600_000
const long = 'x'.repeat(5_000)

/** Faults that make a database unwritable while it is in use, and their repair. */
const troubles = [
  {
    trouble: 'a disk that fills',
    code: 'SQLITE_FULL',
    begin: (database: Database.Database) => database.pragma('max_page_count = 1'),
    end: (database: Database.Database) => database.pragma('max_page_count = 100000'),
  },
  {
    trouble: 'a directory that turns read-only',
    code: 'SQLITE_READONLY',
    begin: (database: Database.Database) => database.pragma('query_only = 1'),
    end: (database: Database.Database) => database.pragma('query_only = 0'),
  },
] as const

describe.each(troubles)('$trouble', ({ code, begin, end }) => {
  it('rejects new messages, loses no queued one, and ends with the fault', async () => {
    const path = join(createTestDirectory(), 'small.db')
    const database = new Database(path)
    const whole = await createStore(withoutFlush(createSqliteBackend(database, path)))
    const store = whole.offline
    const clock = new ManualClock()
    let isAway = true
    const rc = createOfflineAdapter(async () => {
      if (isAway) throw new ChatError('PROVIDER_UNAVAILABLE', 'The provider cannot be reached.')
    })
    const { send, found } = await openDelivery([rc], { store, clock, policy: rareChecks })
    const waiting = await send(rc, { text: 'accepted before' })
    expect(waiting.delivery).toMatchObject({ state: 'QUEUED', attempts: 1 })

    begin(database)
    const error = await send(rc, { text: long }, 'key').catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', cause: { cause: { code } } })
    isAway = false
    await clock.advance(HOUR_MS)
    const { state } = (await found(waiting.key)) ?? {}
    expect(['QUEUED', 'SENT']).toContain(state)

    end(database)
    await clock.advance(2 * HOUR_MS)
    expect(await found(waiting.key)).toMatchObject({ state: 'SENT', attempts: 2 })
    // Neither the message nor its key was stored partially.
    expect((await send(rc, { text: 'another' }, 'key')).delivery).toMatchObject({ state: 'SENT' })
    expect(rc.sent.map(({ text }) => text)).toEqual(['accepted before', 'accepted before', 'another'])
    await whole.close()
  })
})

it('is reported to the sender as a retryable error, and nothing of it is stored or sent', async () => {
  const dataDir = createTestDirectory()
  const { url, rocketChat } = await createTestGateway({ config: { dataDir } })
  const database = new Database(join(dataDir, 'switchboard.db'))
  const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
  const send = async () =>
    (await fetchData(url, SendOfflineMessage, { input: { ...input, idempotencyKey: 'key' } }, asAnonymous))
      .sendOfflineMessage
  database.exec(`create trigger no_room before insert on offline_message
    begin select raise(abort, 'database or disk is full'); end`)
  expect(await send()).toMatchObject({
    code: 'PROVIDER_UNAVAILABLE',
    detail: expect.stringContaining('not accepted'),
  })
  expect(rocketChat.calls).toEqual([])
  database.exec('drop trigger no_room')
  database.close()
  expect(await send()).toMatchObject({ offlineMessage: { delivery: { state: 'SENT', attempts: 1 } } })
  expect(rocketChat.workspace.mails).toHaveLength(1)
})
