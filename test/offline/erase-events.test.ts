import { join } from 'node:path'
import Database from 'libsql'
import { expect, it } from 'vitest'
import { roomLogName } from '../../src/live/replication/log-names.ts'
import { openWholeStore, queryDatabase } from '../store/databases.ts'
import { fetchData } from '../support/graphql-client.ts'
import { asOperator } from '../support/test-gateway.ts'
import { OfflineListErase } from './list-documents.ts'
import { type OfflineGateway, openOfflineGateway, send } from './offline-gateway.ts'

const EMAIL = 'ada@mail.test'

const erase = async ({ url }: OfflineGateway, headers = asOperator) =>
  (await fetchData(url, OfflineListErase, { input: { email: EMAIL } }, headers)).eraseOfflineMessages

it.each([0, 15])('erasing removes an address from the event log (EVENT_LOG_MINUTES=%i)', async (minutes) => {
  const offlineGateway = await openOfflineGateway({ config: { eventLogMinutes: minutes } })
  await logRooms(offlineGateway)
  await send(offlineGateway, { email: EMAIL })
  expect(await erase(offlineGateway)).toEqual({ __typename: 'EraseOfflineMessagesPayload', count: 1 })
  expect(await loggedNames(offlineGateway)).toEqual([])
})

it('erasing leaves the events of providers that the operator may not use', async () => {
  const key = 'of-rocketchat'
  const offlineGateway = await openOfflineGateway({
    config: { operators: [{ name: 'ann', key, providers: ['rocketchat'] }] },
  })
  await logRooms(offlineGateway)
  await erase(offlineGateway, { authorization: `Bearer ${key}` })
  expect(await loggedNames(offlineGateway)).toEqual([roomLogName('livechat', 'room', 'OPERATOR')])
})

it('erasing says how far it came if the event log fails', async () => {
  const offlineGateway = await openOfflineGateway()
  await send(offlineGateway, { email: EMAIL })
  const database = new Database(join(offlineGateway.config.dataDir, 'switchboard.db'))
  database.exec('alter table live_log rename to elsewhere')
  expect(await erase(offlineGateway)).toMatchObject({
    code: 'OUTCOME_UNKNOWN',
    detail: expect.stringContaining('erased: 1. Some events that contain the address may be left'),
  })
  database.exec('alter table elsewhere rename to live_log')
  database.close()
  expect(await erase(offlineGateway)).toMatchObject({ count: 0 })
})

/** Logs an event with the address in a room of each provider, as a process that has died. */
async function logRooms({ config }: OfflineGateway): Promise<void> {
  const { liveLog, leases } = await openWholeStore(config)
  await leases.renew('dead', 10_000)
  const names = [roomLogName('rocketchat', 'room', null), roomLogName('livechat', 'room', 'OPERATOR')]
  const held = await liveLog.acquire(names, 'dead')
  const content = JSON.stringify({ text: `I am ${EMAIL.toUpperCase()}.` })
  const appends = held.map((lease) => ({
    lease,
    entries: [{ sequence: 1, content }],
    snapshot: { epoch: lease.epoch, sequence: 1, content },
  }))
  expect(await liveLog.append(appends)).toEqual([])
  await leases.release('dead')
}

async function loggedNames({ config }: OfflineGateway): Promise<readonly string[]> {
  const rows = await queryDatabase(
    config,
    'select name from live_log union select name from live_log_entry order by 1',
  )
  return rows.map((row) => (row as { readonly name: string }).name)
}
