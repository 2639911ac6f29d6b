import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startInterval } from '../../livechat/interval.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('ticks until stopped, and never keeps a process alive', () => {
  const timer = vi.spyOn(globalThis, 'setInterval')
  const tick = vi.fn()
  const stop = startInterval(100, tick)
  expect(timer.mock.results[0]?.value.hasRef()).toBe(false)
  vi.advanceTimersByTime(350)
  stop()
  vi.advanceTimersByTime(350)
  expect(tick).toHaveBeenCalledTimes(3)
})
