import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { StoredMessage } from '../../src/offline/offline-store.ts'
import { type GatewayProcess, startProcess } from '../process/gateway-process.ts'
import { openTestStore } from '../store/databases.ts'
import { ALL_MESSAGES } from '../store/store-setup.ts'
import { sendOperation, waitUntil } from '../support/graphql-client.ts'
import { emptyPostgresDatabase, hasPostgres, restartPostgres } from '../support/postgres.ts'
import { asAnonymous, OPERATOR_KEY } from '../support/test-gateway.ts'
import { DurabilitySend } from './documents.ts'

const RESTARTS = 4
const SENDERS_PER_PROCESS = 6
/** Messages between two restarts, so that connections are in use when the server stops. */
const ACCEPTED_BETWEEN = 30

it.runIf(hasPostgres)(
  'a restart of PostgreSQL under load crashes no process and loses no accepted message',
  async () => {
    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    const databaseUrl = await emptyPostgresDatabase()
    const gateways = [1, 2].map(() => startGateway(rocketChat.url, databaseUrl))
    const urls = await Promise.all(gateways.map(({ url }) => url))

    const accepted = new Set<string>()
    let sending = true
    /** One client: sends messages, and repeats each with its key until it is accepted. */
    async function keepSending(url: string): Promise<void> {
      while (sending) {
        const key = randomUUID()
        while (!accepted.has(key)) {
          const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: key }
          const { data } = await sendOperation(
            url,
            DurabilitySend,
            { input: { ...input, idempotencyKey: key } },
            asAnonymous,
          )
          const answer = data?.sendOfflineMessage
          if (answer && 'offlineMessage' in answer) accepted.add(key)
        }
      }
    }
    const senders = urls.flatMap((url) => Array.from({ length: SENDERS_PER_PROCESS }, () => keepSending(url)))
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const enough = accepted.size + ACCEPTED_BETWEEN
      await Promise.race([waitUntil(() => accepted.size >= enough), ...senders])
      await restartPostgres(500)
    }
    const enough = accepted.size + ACCEPTED_BETWEEN
    await Promise.race([waitUntil(() => accepted.size >= enough), ...senders])
    sending = false
    await Promise.all(senders)

    for (const url of urls) expect((await fetch(new URL('/health', url))).status).toBe(200)
    const store = await openTestStore({ dataDir: '', databaseUrl })
    const stored = () => store.list({ ...ALL_MESSAGES, providers: ['rocketchat'] }, null, 100_000)
    const isWaiting = ({ state }: StoredMessage) => state === 'QUEUED' || state === 'SENDING'
    await waitUntil(async () => !(await stored()).some(isWaiting))
    const ids = new Map((await stored()).map(({ id, draft }) => [draft.text, id]))
    expect([...accepted.keys()].filter((key) => !ids.has(key))).toEqual([])
    const arrived = rocketChat.workspace.mails.map(({ message }) => message)
    expect(new Set(arrived).size).toBe(arrived.length)
  },
)

function startGateway(rocketChatUrl: string, databaseUrl: string): GatewayProcess {
  const gateway = startProcess({
    PORT: '0',
    ROCKETCHAT_URL: rocketChatUrl,
    DATABASE_URL: databaseUrl,
    OPERATOR_KEYS: `tester:${OPERATOR_KEY}`,
    OFFLINE_SPACING_MS: '0',
    RATE_LIMIT_ANONYMOUS: '0',
    LOG_LEVEL: 'silent',
  })
  onTestFinished(() => gateway.dispose())
  return gateway
}
