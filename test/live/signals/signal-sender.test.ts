import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { TYPING_EXPIRES_MS } from '../../../src/domain/signals.ts'
import { SignalSender } from '../../../src/live/signals/signal-sender.ts'
import { queued, seen, summarizeSignal, typing } from './signals.ts'

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
})

function openSender() {
  const delivered: string[] = []
  const sender = new SignalSender((signal) => delivered.push(summarizeSignal(signal)))
  /** What was delivered since the last call. */
  const take = () => delivered.splice(0)
  return { sender, take }
}

it('typing ends by itself, once, ten seconds after it was last repeated', () => {
  const { sender, take } = openSender()
  sender.accept(typing('ann'))
  vi.advanceTimersByTime(TYPING_EXPIRES_MS - 1)
  expect(take()).toEqual(['ann types'])
  sender.accept(typing('ann'))
  vi.advanceTimersByTime(TYPING_EXPIRES_MS - 1)
  expect(take()).toEqual(['ann types'])
  vi.advanceTimersByTime(1)
  expect(take()).toEqual(['ann stops'])
  vi.advanceTimersByTime(10 * TYPING_EXPIRES_MS)
  expect(take()).toEqual([])
})

it('the end of typing is delivered once, and not if nobody types', () => {
  const { sender, take } = openSender()
  sender.accept(typing('ann', false))
  expect(take()).toEqual([])
  sender.accept(typing('ann'))
  sender.accept(typing('ann', false))
  sender.accept(typing('ann', false))
  vi.advanceTimersByTime(TYPING_EXPIRES_MS)
  expect(take()).toEqual(['ann types', 'ann stops'])
})

it('what was seen never goes back, and is not repeated', () => {
  const { sender, take } = openSender()
  sender.accept(seen('ann', '2026-01-01T10:00:01Z'))
  sender.accept(seen('ann', '2026-01-01T10:00:00Z'))
  sender.accept(seen('ann', '2026-01-01T10:00:01Z'))
  sender.accept(seen('ann', '2026-01-01T10:00:02Z'))
  expect(take()).toEqual(['ann saw 2026-01-01T10:00:01.000Z', 'ann saw 2026-01-01T10:00:02.000Z'])
})

it('delivers at most three signals per second, and the last state always', () => {
  const times: number[] = []
  const states: boolean[] = []
  const sender = new SignalSender((signal) => {
    times.push(performance.now())
    if (signal.type === 'Typing') states.push(signal.typing)
  })
  for (let at = 0; at < 250; at += 1) {
    sender.accept(typing('ann', at % 2 === 1))
    vi.advanceTimersByTime(20)
  }
  vi.advanceTimersByTime(1_000)
  const pauses = times.slice(3).map((time, index) => time - (times[index] ?? 0))
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000)
  expect(times.length).toBeGreaterThanOrEqual(15)
  expect(states.at(-1)).toBe(true)
  sender.accept(typing('ann', false))
  vi.advanceTimersByTime(1_000)
  expect(states.at(-1)).toBe(false)
})

it('the newest signal of each type waits for the next second', () => {
  const { sender, take } = openSender()
  for (const position of [9, 8, 7, 6, 5]) sender.accept(queued(position))
  sender.accept(seen('ann', '2026-01-01T10:00:00Z'))
  sender.accept(queued(4))
  expect(take()).toEqual(['queue 9', 'queue 8', 'queue 7'])
  vi.advanceTimersByTime(999)
  expect(take()).toEqual([])
  vi.advanceTimersByTime(1)
  expect(take()).toEqual(['ann saw 2026-01-01T10:00:00.000Z', 'queue 4'])
})

it('is idle when it does not type and its second is over', () => {
  const { sender } = openSender()
  expect(sender.isIdle).toBe(true)
  sender.accept(typing('ann'))
  vi.advanceTimersByTime(2_000)
  expect(sender.isIdle).toBe(false)
  sender.accept(typing('ann', false))
  expect(sender.isIdle).toBe(false)
  vi.advanceTimersByTime(1_000)
  expect(sender.isIdle).toBe(true)
})

it('delivers nothing and keeps no timer after it was closed', () => {
  const { sender, take } = openSender()
  for (const isTyping of [true, false, true, false, true]) sender.accept(typing('ann', isTyping))
  take()
  sender.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(2 * TYPING_EXPIRES_MS)
  expect(take()).toEqual([])
})
