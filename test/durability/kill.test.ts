import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startRocketChatSandbox } from '../../src/sandbox/rocketchat/index.ts'
import { databases, openTestStore } from '../store/databases.ts'
import { runCampaign } from './campaign.ts'
import { type BuiltChild, buildChild } from './replica.ts'

const CAMPAIGN_MS = 120_000
/** Enough to meet each moment in a short run; `npm run soak:offline` takes hundreds. */
const ROUNDS = 10
let child: BuiltChild

beforeAll(async () => {
  child = await buildChild()
}, CAMPAIGN_MS)
afterAll(() => child.remove())

it.each(databases)(
  'whatever was acknowledged on $name survives kill -9 at any moment, and arrives at most once',
  { timeout: CAMPAIGN_MS },
  async ({ name, empty }) => {
    const seed = Date.now() % 1_000_000
    const replicas = name === 'PostgreSQL' ? 2 : 1
    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    const settings = await empty()
    const store = await openTestStore(settings)
    const report = await runCampaign({
      child: child.path,
      settings: { ...settings, rocketChatUrl: rocketChat.url, spacingMs: 0, leaseMs: 500 },
      rocketChat,
      store,
      rounds: ROUNDS,
      replicas,
      seed,
    })
    expect(report.faults, `seed ${seed}`).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(ROUNDS)
  },
)
