import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'libsql'
import { expect, it, onTestFinished } from 'vitest'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../src/sandbox/rocketchat/index.ts'
import { startProcess } from '../process/gateway-process.ts'
import { askFor, until } from '../util/client.ts'
import { asAnybody, asOperator, OPERATOR_KEY } from '../util/gateway.ts'
import { temporaryDirectory } from '../util/temporary.ts'
import { DurabilityList, DurabilityRetry, DurabilitySend } from './documents.ts'

const PROCESS_MS = 60_000
const ROUTE = '/api/v1/livechat/offline.message'

/** The whole gateway as its own process on a directory that outlives it, before one Rocket.Chat. */
async function start(rocketChatUrl: string, dataDir: string) {
  const gateway = startProcess(
    {},
    {
      PORT: '0',
      ROCKETCHAT_URL: rocketChatUrl,
      DATA_DIR: dataDir,
      OPERATOR_KEYS: `tester:${OPERATOR_KEY}`,
      // One after another, so that what waits behind an attempt is known.
      OFFLINE_SPACING_MS: '1',
      LOG_LEVEL: 'warn',
    },
  )
  onTestFinished(() => gateway.dispose())
  const url = await gateway.url
  const send = async (text: string) => {
    const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text }
    return (await askFor(url, DurabilitySend, { input }, asAnybody)).sendOfflineMessage
  }
  const list = async () => (await askFor(url, DurabilityList, {}, asOperator)).offlineMessages.nodes
  const deliveries = async () =>
    Object.fromEntries((await list()).map(({ text, delivery: { state } }) => [text, state]))
  const kill = async () => {
    gateway.signal('SIGKILL')
    await gateway.ended
  }
  return { url, send, list, deliveries, kill }
}

/** As many hours pass as a claim holds: nobody who is alive is still at it. */
function letLeasesRunOut(dataDir: string): void {
  const database = new Database(join(dataDir, 'switchboard.db'))
  database.exec('update offline_message set lease_until = 1 where lease_until is not null')
  database.close()
}

const arrived = ({ workspace }: RocketChatSandbox) => workspace.mails.map(({ message }) => message)

it(
  'killed while a request is in flight: that message is UNCONFIRMED and not repeated, all others are as they were',
  async () => {
    const dataDir = temporaryDirectory()
    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    const before = await start(rocketChat.url, dataDir)
    expect(await before.send('answered')).toMatchObject({
      offlineMessage: { delivery: { state: 'SENT', attempts: 1 } },
    })
    rocketChat.fail({ kind: 'slow', ms: 5_000, route: ROUTE, times: 1 })
    const cut = [before.send('in flight').catch(() => 'cut')]
    await until(() => rocketChat.calls.length === 2)
    cut.push(before.send('behind it').catch(() => 'cut'))
    await until(async () => (await before.list()).length === 3)
    await before.kill()
    expect(await Promise.all(cut)).toEqual(['cut', 'cut'])
    letLeasesRunOut(dataDir)

    const after = await start(rocketChat.url, dataDir)
    await until(async () => (await after.deliveries())['behind it'] === 'SENT')
    expect(await after.deliveries()).toEqual({
      answered: 'SENT',
      'in flight': 'UNCONFIRMED',
      'behind it': 'SENT',
    })
    await until(() => arrived(rocketChat).length === 3)
    expect(arrived(rocketChat).sort()).toEqual(['answered', 'behind it', 'in flight'])
  },
  PROCESS_MS,
)

it(
  'killed before the request could leave: UNCONFIRMED too, for nobody has written down more, and it arrives once when put back',
  async () => {
    const dataDir = temporaryDirectory()
    // Takes the connection and never begins TLS: no byte of a request leaves.
    const mute = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const connected = once(mute, 'connection')
    onTestFinished(() => void mute.close())
    const before = await start(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`, dataDir)
    const cut = before.send('never left').catch(() => 'cut')
    await connected
    await before.kill()
    expect(await cut).toBe('cut')
    letLeasesRunOut(dataDir)

    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    const after = await start(rocketChat.url, dataDir)
    await until(async () => (await after.deliveries())['never left'] === 'UNCONFIRMED')
    expect(await after.send('the next one')).toMatchObject({
      offlineMessage: { delivery: { state: 'SENT' } },
    })
    expect(arrived(rocketChat)).toEqual(['the next one'])
    const offlineMessageId = (await after.list()).find(({ text }) => text === 'never left')?.id ?? ''
    const { retryOfflineMessage } = await askFor(
      after.url,
      DurabilityRetry,
      { input: { offlineMessageId } },
      asOperator,
    )
    expect(retryOfflineMessage).toMatchObject({
      offlineMessage: { delivery: { state: 'SENT', attempts: 2 } },
    })
    expect(arrived(rocketChat)).toEqual(['the next one', 'never left'])
  },
  PROCESS_MS,
)
