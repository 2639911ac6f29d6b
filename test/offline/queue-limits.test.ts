import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { expect, it } from 'vitest'
import { createOperatorCaller } from '../../src/domain/caller.ts'
import { ChatError } from '../../src/domain/errors.ts'
import { openTestStore, wideLimits } from '../store/databases.ts'
import { acceptance, draft as storedDraft } from '../store/store-setup.ts'
import { fetchData, waitUntil } from '../support/graphql-client.ts'
import { silentLog } from '../support/log.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asAnonymous, createTestGateway, type TestGateway } from '../support/test-gateway.ts'
import { createOfflineAdapter, openDelivery } from './delivery.ts'
import { SendOfflineMessage } from './documents.ts'

const ROUTE = '/api/v1/livechat/offline.message'
const unavailable = { success: false, error: 'error-omnichannel-is-disabled' }

async function send(
  { url }: TestGateway,
  more: object = {},
  headers: Readonly<Record<string, string>> = asAnonymous,
) {
  const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello', ...more }
  return (await fetchData(url, SendOfflineMessage, { input }, headers)).sendOfflineMessage
}

it('rejects one message more than the limit, until some are delivered', async () => {
  const testGateway = await createTestGateway({ config: { offlineMaxQueued: 3 } })
  const up = testGateway.rocketChat.injectFault({
    kind: 'answer',
    status: 400,
    body: unavailable,
    route: ROUTE,
  })
  for (let count = 0; count < 3; count += 1) {
    expect(await send(testGateway)).toMatchObject({ offlineMessage: { delivery: { state: 'QUEUED' } } })
  }
  expect(await send(testGateway, { idempotencyKey: 'key' })).toMatchObject({
    code: 'RATE_LIMITED',
    retryAfterMs: 60_000,
    provider: 'rocketchat',
  })
  const metrics = await (await fetch(new URL('/metrics', testGateway.url))).text()
  expect(metrics).toContain('switchboard_refused_requests_total{reason="rate_limit"} 1')
  up()
  await waitUntil(async () => 'offlineMessage' in (await send(testGateway, { idempotencyKey: 'key' })))
  await waitUntil(() => testGateway.rocketChat.workspace.mails.length === 4)
})

it('delivers a single message soon, however many another address has sent', async () => {
  const config = { trustedProxies: ['127.0.0.1', '::1'], offlineSpacingMs: 100 }
  const testGateway = await createTestGateway({ config, gateway: { firstAttemptTimeoutMs: 1 } })
  const { mails } = testGateway.rocketChat.workspace
  const flood = { 'x-forwarded-for': '203.0.113.1' }
  const spam = Array.from({ length: 60 }, (_, index) => ({ email: `eve${index}@mail.test`, text: 'spam' }))
  for (const answer of await Promise.all(spam.map((each) => send(testGateway, each, flood)))) {
    expect(answer).toHaveProperty('offlineMessage')
  }
  const honest = { 'x-forwarded-for': '203.0.113.2' }
  await send(testGateway, { text: 'Please call me back.' }, honest)
  const before = mails.length
  await waitUntil(() => mails.length === 61)
  // One may have been in flight, and one of the same turn may go first.
  expect(mails.findIndex(({ message }) => message === 'Please call me back.')).toBeLessThanOrEqual(before + 2)
})

it('counts by client address and by e-mail address, and an operator’s server by neither address', async () => {
  const rc = createOfflineAdapter(async () => {
    throw new ChatError('PROVIDER_UNAVAILABLE', 'The provider cannot be reached.')
  })
  const one = { messages: 1, bytes: 10_000 }
  const limits = { ...wideLimits, sender: one, email: one }
  const { send, outbox, rateLimited } = await openDelivery([rc], { limits })
  const to = (email: string, address: string | null) => send(rc, { email }, null, address)
  await to('a@mail.test', '203.0.113.1')
  await expect(to('b@mail.test', '203.0.113.1')).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    message: expect.stringContaining('network address'),
  })
  await expect(to('A@mail.test', '203.0.113.2')).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    message: expect.stringContaining('e-mail address'),
  })
  expect(rateLimited).toEqual(['203.0.113.1', '203.0.113.2'])
  await to('c@mail.test', null)
  const operator = { caller: createOperatorCaller('ann'), clientAddress: '203.0.113.1' }
  const draft = { ...storedDraft, email: 'd@mail.test' }
  expect(await outbox.send(rc, draft, null, { ...operator, log: silentLog })).toMatchObject({
    email: 'd@mail.test',
  })
})

it('stores each text once: a queue needs little more disk space than was sent', async () => {
  const dataDir = createTestDirectory()
  const store = await openTestStore({ dataDir })
  const text = 'x'.repeat(16_000)
  for (let count = 0; count < 100; count += 1) {
    await store.accept(acceptance({ draft: { ...storedDraft, text } }), wideLimits)
  }
  const path = join(dataDir, 'switchboard.db')
  const database = new Database(path)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  expect(statSync(path).size).toBeLessThan(1.3 * 100 * text.length)
})
