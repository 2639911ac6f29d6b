import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { databases, openTestStore } from '../store/databases.ts'
import { randomSeed } from '../support/random-seed.ts'
import { runCrashTest } from './crash-test.ts'
import { buildReplica, type ReplicaBuild, startReplica } from './replica.ts'

/** Enough to hit each phase in a short run; `npm run soak:offline` runs hundreds. */
const ROUNDS = 6
let build: ReplicaBuild

beforeAll(async () => {
  build = await buildReplica()
})
afterAll(() => build.remove())

it.each(databases)(
  'whatever was acknowledged on $name survives kill -9 at any moment, and arrives at most once',
  async ({ name, empty }) => {
    const replicas = name === 'PostgreSQL' ? 2 : 1
    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    const settings = await empty()
    const store = await openTestStore(settings)
    const report = await runCrashTest({
      replicaPath: build.path,
      settings: { ...settings, rocketChatUrl: rocketChat.url, spacingMs: 0, leaseMs: 500 },
      rocketChat,
      store,
      rounds: ROUNDS,
      replicas,
      seed: randomSeed,
    })
    expect(report.faults, `seed ${randomSeed}`).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(ROUNDS)
  },
)

it.each(databases)(
  'processes that start together on an empty $name migrate it once and share it',
  async ({ empty }) => {
    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    const settings = { ...(await empty()), rocketChatUrl: rocketChat.url, spacingMs: 0, leaseMs: 60_000 }
    const replicas = await Promise.all([1, 2, 3].map(() => startReplica(build.path, settings)))
    onTestFinished(async () => void (await Promise.all(replicas.map((replica) => replica.kill()))))
    const draft = { name: 'Ada', email: 'ada@mail.test', text: 'Hello', department: null, host: null }
    const answers = await Promise.all(replicas.map((replica) => replica.accept({ draft, key: 'the same' })))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(rocketChat.workspace.mails).toHaveLength(1)
  },
)
