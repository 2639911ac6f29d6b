import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'libsql'
import { expect, it, onTestFinished } from 'vitest'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { startProcess } from '../process/gateway-process.ts'
import { fetchData, waitUntil } from '../support/graphql-client.ts'
import { holdRequests, holdResponses } from '../support/hold-responses.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asAnonymous, asOperator, OPERATOR_KEY } from '../support/test-gateway.ts'
import { DurabilityList, DurabilityRetry, DurabilitySend } from './documents.ts'

const ROUTE = '/api/v1/livechat/offline.message'

/** Starts the whole gateway as a separate process on a database that survives it, with one Rocket.Chat. */
async function start(
  rocketChatUrl: string,
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
) {
  const gateway = startProcess(
    {},
    {
      PORT: '0',
      ROCKETCHAT_URL: rocketChatUrl,
      DATA_DIR: dataDir,
      OPERATOR_KEYS: `tester:${OPERATOR_KEY}`,
      // One attempt at a time, so that the queued messages are known.
      OFFLINE_SPACING_MS: '1',
      RATE_LIMIT_ANONYMOUS: '0',
      LOG_LEVEL: 'warn',
      ...settings,
    },
  )
  onTestFinished(() => gateway.dispose())
  const url = await gateway.url
  const send = async (text: string) => {
    const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text }
    return (await fetchData(url, DurabilitySend, { input }, asAnonymous)).sendOfflineMessage
  }
  const list = async () => (await fetchData(url, DurabilityList, {}, asOperator)).offlineMessages.nodes
  const deliveries = async () =>
    Object.fromEntries((await list()).map(({ text, delivery: { state } }) => [text, state]))
  const kill = async () => {
    gateway.signal('SIGKILL')
    await gateway.ended
  }
  return { url, send, list, deliveries, kill, signal: gateway.signal }
}

/** The requests for offline messages; the start sends another one. */
const sentTo = (rocketChat: RocketChatSandbox) => rocketChat.counts()[`POST ${ROUTE}`] ?? 0
const arrived = ({ workspace }: RocketChatSandbox) => workspace.mails.map(({ message }) => message)

it('killed while a request is in flight: that message is UNCONFIRMED and not repeated, all others are unchanged', async () => {
  const dataDir = createTestDirectory()
  const rocketChat = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => rocketChat.close())
  const before = await start(rocketChat.url, dataDir)
  expect(await before.send('answered')).toMatchObject({
    offlineMessage: { delivery: { state: 'SENT', attempts: 1 } },
  })
  const release = holdRequests(rocketChat, { route: ROUTE, times: 1 })
  const cut = [before.send('in flight').catch(() => 'cut')]
  await waitUntil(() => sentTo(rocketChat) === 2)
  cut.push(before.send('behind it').catch(() => 'cut'))
  await waitUntil(async () => (await before.list()).length === 3)
  await before.kill()
  expect(await Promise.all(cut)).toEqual(['cut', 'cut'])

  const after = await start(rocketChat.url, dataDir)
  // At once: no other process uses the directory, so the one that was sending it is dead.
  expect(await after.deliveries()).toMatchObject({ 'in flight': 'UNCONFIRMED' })
  await waitUntil(async () => (await after.deliveries())['behind it'] === 'SENT')
  expect(await after.deliveries()).toEqual({
    answered: 'SENT',
    'in flight': 'UNCONFIRMED',
    'behind it': 'SENT',
  })
  release()
  await waitUntil(() => arrived(rocketChat).length === 3)
  expect(arrived(rocketChat).sort()).toEqual(['answered', 'behind it', 'in flight'])
})

it('killed before the request was sent: UNCONFIRMED, too, because only the claim is stored, and it arrives once when requeued', async () => {
  const dataDir = createTestDirectory()
  // Accepts the connection and never begins TLS: no byte of a request is sent.
  const mute = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(mute, 'listening')
  let connections = 0
  mute.on('connection', () => {
    connections += 1
  })
  onTestFinished(() => void mute.close())
  const before = await start(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`, dataDir)
  const cut = before.send('never left').catch(() => 'cut')
  // The first one is the request that the start sends.
  await waitUntil(() => connections === 2)
  await before.kill()
  expect(await cut).toBe('cut')

  const rocketChat = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => rocketChat.close())
  const after = await start(rocketChat.url, dataDir)
  expect(await after.deliveries()).toEqual({ 'never left': 'UNCONFIRMED' })
  expect(await after.send('the next one')).toMatchObject({
    offlineMessage: { delivery: { state: 'SENT' } },
  })
  expect(arrived(rocketChat)).toEqual(['the next one'])
  const offlineMessageId = (await after.list()).find(({ text }) => text === 'never left')?.id ?? ''
  const { retryOfflineMessage } = await fetchData(
    after.url,
    DurabilityRetry,
    { input: { offlineMessageId } },
    asOperator,
  )
  expect(retryOfflineMessage).toMatchObject({
    offlineMessage: { delivery: { state: 'SENT', attempts: 2 } },
  })
  expect(arrived(rocketChat)).toEqual(['the next one', 'never left'])
})

it.runIf(hasPostgres)(
  'killed while another replica is alive: what it was sending becomes UNCONFIRMED within seconds, delivery of the rest continues',
  async () => {
    const { rocketChat, replicas } = await startReplicas()
    const [doomed, other] = replicas
    rocketChat.injectFault({ kind: 'stall', route: ROUTE, times: 1 })
    const cut = doomed.send('in flight').catch(() => 'cut')
    await waitUntil(() => sentTo(rocketChat) === 1)
    await doomed.kill()
    expect(await cut).toBe('cut')
    expect(await other.send('the next one')).toMatchObject({
      offlineMessage: { delivery: { state: 'SENT' } },
    })
    await waitUntil(async () => (await other.deliveries())['in flight'] === 'UNCONFIRMED')
    expect(arrived(rocketChat)).toEqual(['the next one'])
  },
)

it.runIf(hasPostgres)(
  'suspended until it is considered dead: the later outcome of its request still counts, and nothing is sent twice',
  async () => {
    const { rocketChat, replicas } = await startReplicas()
    const [paused, other] = replicas
    const release = holdResponses(rocketChat, { route: ROUTE, times: 1 })
    const sending = paused.send('in flight')
    await waitUntil(() => sentTo(rocketChat) === 1)
    paused.signal('SIGSTOP')
    await waitUntil(async () => (await other.deliveries())['in flight'] === 'UNCONFIRMED')
    release()
    paused.signal('SIGCONT')
    await sending
    await waitUntil(async () => (await other.deliveries())['in flight'] === 'SENT')
    // Its response comes before the delivery if that takes longer than a few seconds.
    expect(await paused.send('after it')).toMatchObject({ offlineMessage: {} })
    await waitUntil(async () => (await other.deliveries())['after it'] === 'SENT')
    expect(arrived(rocketChat)).toEqual(['in flight', 'after it'])
  },
)

it('restarted while a message is queued for a retry: it is retried at once', async () => {
  const dataDir = createTestDirectory()
  const rocketChat = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => rocketChat.close())
  const body = { success: false, error: 'error-omnichannel-is-disabled' }
  const up = rocketChat.injectFault({ kind: 'answer', status: 400, body, route: ROUTE })
  const before = await start(rocketChat.url, dataDir)
  await before.send('waits')
  expect(sentTo(rocketChat)).toBe(1)
  await before.kill()
  waitForHours(dataDir)
  up()
  const after = await start(rocketChat.url, dataDir)
  await waitUntil(async () => (await after.deliveries())['waits'] === 'SENT')
  expect(arrived(rocketChat)).toEqual(['waits'])
})

/** Makes the next attempt due in hours, as after many attempts. */
function waitForHours(dataDir: string): void {
  const database = new Database(join(dataDir, 'switchboard.db'))
  database.exec('update offline_message set next_attempt_at = next_attempt_at + 21600000')
  database.close()
}

/** Starts two gateways on one PostgreSQL, with one Rocket.Chat. */
async function startReplicas() {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => rocketChat.close())
  const settings = {
    DATABASE_URL: await emptyPostgresDatabase(),
    OFFLINE_SPACING_MS: '0',
    // Longer than it takes to detect that a process is dead.
    UPSTREAM_TIMEOUT_MS: '120000',
  }
  const first = await start(rocketChat.url, createTestDirectory(), settings)
  const second = await start(rocketChat.url, createTestDirectory(), settings)
  return { rocketChat, replicas: [first, second] as const }
}
