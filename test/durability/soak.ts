import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { openStore, type StoreSettings } from '../../src/store/open-store.ts'
import { silentLog } from '../support/log.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'
import { runCrashTest } from './crash-test.ts'
import { buildReplica, type ReplicaBuild } from './replica.ts'

// npm run soak:offline -- [rounds] [seed]: the crash test with many rounds.

const rounds = Number(process.argv[2] ?? 200)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const directory = mkdtempSync(join(tmpdir(), 'switchboard-soak-'))
const build = await buildReplica()
process.stdout.write(`${rounds} rounds, seed ${seed}\n`)
try {
  await soak('SQLite, one replica', { dataDir: directory }, 1, build)
  if (hasPostgres) {
    await soak(
      'PostgreSQL, two replicas',
      { dataDir: '', databaseUrl: await emptyPostgresDatabase() },
      2,
      build,
    )
  }
} finally {
  build.remove()
  rmSync(directory, { recursive: true, force: true })
}
// The PostgreSQL server ends with this process.
process.exit()

async function soak(name: string, settings: StoreSettings, replicas: number, { path }: ReplicaBuild) {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const store = await openStore(settings, silentLog)
  const replicaSettings = { ...settings, rocketChatUrl: rocketChat.url, spacingMs: 0, leaseMs: 500 }
  const common = { replicaPath: path, settings: replicaSettings, rocketChat, store: store.offline }
  const { faults, ...counts } = await runCrashTest({ ...common, rounds, replicas, seed })
  await store.close()
  await rocketChat.close()
  process.stdout.write(
    `${name}: ${JSON.stringify(counts)}\n${faults.join('\n')}${faults.length > 0 ? '\n' : ''}`,
  )
  if (faults.length > 0) process.exitCode = 1
}
