import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { loadConfig } from '../../src/config/index.ts'
import { LiveLogPruning } from '../../src/coordination/live-log-pruning.ts'
import { openStores } from '../../src/gateway/stores.ts'
import { createLog } from '../../src/log.ts'
import { openStore } from '../../src/store/open-store.ts'
import { queryDatabase } from '../store/databases.ts'
import { silentLog } from '../support/log.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'

const MINUTE_MS = 60_000
/** The longest pause between two runs. */
const LONGEST_MS = 1.25 * MINUTE_MS

/** Pruning of a store whose runs end on demand, oldest first. */
function startPruning() {
  const runs: { readonly end: () => void; readonly fail: () => void }[] = []
  const prune = vi.fn(
    (_maxAgeMs: number, _maxEntries: number) =>
      new Promise<void>((resolve, reject) => {
        runs.push({ end: resolve, fail: () => reject(new Error('away')) })
      }),
  )
  const lines: unknown[] = []
  const log = createLog('info', { write: (text) => void lines.push(JSON.parse(text)) })
  const pruning = new LiveLogPruning({ store: { prune }, log, maxAgeMs: 15 * MINUTE_MS })
  pruning.start()
  return { pruning, prune, lines, runs }
}

describe('the timer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('deletes old entries within a minute, and about every minute', async () => {
    const { pruning, prune, runs } = startPruning()
    expect(prune).not.toHaveBeenCalled()
    for (let run = 0; run < 3; run += 1) {
      await vi.advanceTimersByTimeAsync(LONGEST_MS)
      // The next run waits for the end of the current one.
      await vi.advanceTimersByTimeAsync(LONGEST_MS)
      expect(prune).toHaveBeenCalledTimes(run + 1)
      runs[run]?.end()
    }
    expect(prune).toHaveBeenCalledWith(15 * MINUTE_MS, 500)
    await pruning.stop()
    await vi.advanceTimersByTimeAsync(2 * LONGEST_MS)
    expect(prune).toHaveBeenCalledTimes(3)
  })

  it('continues after failures, and logs the first of them', async () => {
    const { pruning, prune, runs, lines } = startPruning()
    for (const outcome of ['fail', 'fail', 'end', 'fail'] as const) {
      await vi.advanceTimersByTimeAsync(LONGEST_MS)
      runs.at(-1)?.[outcome]()
    }
    await vi.advanceTimersByTimeAsync(0)
    expect(prune).toHaveBeenCalledTimes(4)
    const line = { level: 40, msg: 'old entries of the event log could not be deleted' }
    expect(lines).toMatchObject([line, line])
    await pruning.stop()
  })

  it('stops after the run in progress', async () => {
    const { pruning, runs } = startPruning()
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    let isStopped = false
    const stopped = pruning.stop().then(() => {
      isStopped = true
    })
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(isStopped).toBe(false)
    runs[0]?.end()
    await stopped
    expect(runs).toHaveLength(1)
  })
})

it.each([
  ['15', [2, 3]],
  ['5', [3]],
  ['0', []],
])('a gateway with EVENT_LOG_MINUTES=%s deletes older entries', async (minutes, kept) => {
  const dataDir = createTestDirectory()
  const store = await openStore({ dataDir }, silentLog)
  await store.leases.renew('one', MINUTE_MS)
  const [lease] = await store.liveLog.acquire(['room'], 'one')
  if (!lease) throw new Error('not acquired')
  const entries = [1, 2, 3].map((sequence) => ({ sequence, content: '{}' }))
  await store.liveLog.append([{ lease, entries, snapshot: null }])
  await store.close()
  for (const [sequence, age] of [
    [1, 16],
    [2, 14],
    [3, 0],
  ] as const)
    await queryDatabase(
      { dataDir },
      `update live_log_entry set appended_at = appended_at - ${age * MINUTE_MS} where sequence = ${sequence} returning name`,
    )
  vi.spyOn(Math, 'random').mockReturnValue(0)
  onTestFinished(() => void vi.restoreAllMocks())
  const config = loadConfig({ DATA_DIR: dataDir, EVENT_LOG_MINUTES: minutes }, { readText: () => undefined })
  const stores = await openStores(config, { log: silentLog })
  onTestFinished(() => stores.close())
  const sequences = async () =>
    (await stores.store.liveLog.load('room')).entries.map(({ sequence }) => sequence)
  await expect.poll(sequences).toEqual(kept)
})
