import { randomUUID } from 'node:crypto'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { startCluster } from '../../test/cluster/cluster.ts'
import { KeyedStart } from '../../test/coordination/documents.ts'
import { asApp } from '../../test/coordination/replicas.ts'
import { sendOperation } from '../../test/support/graphql-client.ts'
import { createPostgresDatabase } from '../../test/support/postgres.ts'
import { asAnonymous, rocketChatConfig } from '../../test/support/test-gateway.ts'
import type { Figure } from './figure.ts'

const REPLICAS = 3
const KEYS = 100

/** Starts rooms with the same key at all replicas at once. */
export async function measureEqualKeys(scale: number): Promise<readonly Figure[]> {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const liveChat = await startLiveChatSandbox({ seed: false })
  const database = await createPostgresDatabase()
  const providers = [rocketChatConfig(rocketChat.url), asApp(liveChat)]
  const cluster = await startCluster({ replicas: REPLICAS, databaseUrl: database.url, providers })
  const keys = Math.max(1, Math.round(KEYS * scale))
  const figures: Figure[] = []
  try {
    for (const { name } of providers) {
      const rooms: number[] = []
      for (let key = 0; key < keys; key += 1)
        rooms.push(
          await countRooms(
            cluster.replicas.map(({ url }) => url),
            name,
          ),
        )
      const most = Math.max(...rooms)
      figures.push({
        what: `the same \`startRoom\` key at ${REPLICAS} replicas at once, ${name}: rooms per key, ${keys} keys`,
        measured: String(most),
        goal: '1',
        isHeld: most === 1,
      })
    }
    return figures
  } finally {
    cluster.dispose()
    await Promise.all([rocketChat.close(), liveChat.close()])
    await database.drop()
  }
}

/** The number of different rooms that equal requests to all replicas lead to. An unknown outcome is asked for again. */
async function countRooms(urls: readonly string[], provider: string): Promise<number> {
  const input = { provider, name: 'Cy', text: 'hello', idempotencyKey: randomUUID() }
  const start = async (url: string): Promise<string> => {
    for (;;) {
      const { data, errors } = await sendOperation(url, KeyedStart, { input }, asAnonymous)
      const result = data?.startRoom
      if (result?.__typename === 'StartRoomPayload') return result.room.id
      if (result?.__typename !== 'OutcomeUnknownError') throw new Error(JSON.stringify(errors ?? result))
    }
  }
  return new Set(await Promise.all(urls.map(start))).size
}
