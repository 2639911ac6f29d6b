import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { TypingReporter } from '../../apps/shared/typing-reporter.ts'

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
})

function openReporter() {
  const sent: boolean[] = []
  return { reporter: new TypingReporter((typing) => sent.push(typing)), take: () => sent.splice(0) }
}

it('reports at the first key and every four seconds while the person types, and the end after a pause', () => {
  const { reporter, take } = openReporter()
  reporter.onInput('h')
  expect(take()).toEqual([true])
  for (let seconds = 0; seconds < 12; seconds += 1) {
    vi.advanceTimersByTime(1_000)
    reporter.onInput('he'.repeat(seconds + 1))
  }
  expect(take()).toEqual([true, true, true])
  vi.advanceTimersByTime(4_999)
  expect(take()).toEqual([])
  vi.advanceTimersByTime(1)
  expect(take()).toEqual([false])
  expect(vi.getTimerCount()).toBe(0)
})

it('ends when the text is empty again: it was sent or deleted', () => {
  const { reporter, take } = openReporter()
  reporter.onInput('hello')
  reporter.onInput('')
  reporter.onInput(' ')
  expect(take()).toEqual([true, false])
  reporter.onInput('again')
  expect(take()).toEqual([true])
})

it('reports the end once, and nothing if nobody has typed', () => {
  const { reporter, take } = openReporter()
  reporter.stop()
  reporter.onInput('hello')
  reporter.stop()
  reporter.stop()
  expect(take()).toEqual([true, false])
  expect(vi.getTimerCount()).toBe(0)
})
