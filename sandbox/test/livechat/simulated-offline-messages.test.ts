import { expect, it } from 'vitest'
import { startLiveChatSandbox } from '../../livechat/index.ts'
import { listOffline } from './classic-client.ts'

/** A timer that the test turns by hand. */
function handTimer() {
  const running = new Set<() => void>()
  const intervals: number[] = []
  return {
    intervals,
    running,
    every: (intervalMs: number, tick: () => void) => {
      intervals.push(intervalMs)
      running.add(tick)
      return () => void running.delete(tick)
    },
  }
}

it('brings new offline messages from time to time while lively', async () => {
  const timer = handTimer()
  const sandbox = await startLiveChatSandbox({
    seed: false,
    lively: true,
    livelyIntervalMs: 1234,
    startInterval: timer.every,
  })
  expect(timer.intervals).toContain(1234)
  for (let n = 0; n < 3; n += 1) for (const tick of timer.running) tick()
  const { total, offline_messages } = await listOffline(sandbox)
  expect(total).toBe(3)
  expect(new Set(offline_messages.map(({ id }) => id)).size).toBe(3)
  await sandbox.close()
  expect(timer.running.size).toBe(0)
})

it('is still unless asked to be lively', async () => {
  const timer = handTimer()
  const sandbox = await startLiveChatSandbox({ startInterval: timer.every })
  expect(timer.intervals).toEqual([])
  await sandbox.close()
})
