import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { InterruptibleSleep } from '../../../src/live/polling/interruptible-sleep.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a sleep', () => {
  it('is not shorter than asked, so that what it waits for is due then', async () => {
    const startedAt = performance.now()
    const slept = new InterruptibleSleep().sleep(0.5).then(() => performance.now() - startedAt)
    await vi.advanceTimersByTimeAsync(1)
    expect(await slept).toBeGreaterThanOrEqual(0.5)
  })

  it('lasts until it is interrupted where it has no end', async () => {
    const sleep = new InterruptibleSleep()
    let hasEnded = false
    const slept = sleep.sleep(Number.POSITIVE_INFINITY).then(() => {
      hasEnded = true
    })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(hasEnded).toBe(false)
    sleep.wake()
    await slept
  })
})
