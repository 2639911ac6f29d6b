import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withTimeLimit } from '../../src/upstream/time-limit.ts'

const limit = { ms: 1_000, error: () => new Error('the time is over') }

/** Rejects with the signal's reason when it aborts. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('work with a time limit', () => {
  it('returns its result, and leaves neither timer nor listener', async () => {
    const outer = new AbortController().signal
    expect(await withTimeLimit(outer, limit, async () => 'done')).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(outer, 'abort')).toEqual([])
  })

  it('fails with its error, and leaves neither timer nor listener', async () => {
    const outer = new AbortController().signal
    const failing = withTimeLimit(outer, limit, async () => {
      throw new Error('failed')
    })
    await expect(failing).rejects.toThrow('failed')
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(outer, 'abort')).toEqual([])
  })

  it('is aborted with the limit’s error when its time is over, and not before', async () => {
    const onTimeout = vi.fn()
    const waiting = withTimeLimit(new AbortController().signal, limit, untilAborted).catch(onTimeout)
    await vi.advanceTimersByTimeAsync(999)
    expect(onTimeout).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await waiting
    expect(onTimeout).toHaveBeenCalledWith(expect.objectContaining({ message: 'the time is over' }))
  })

  it('is aborted when the caller disconnects, with the caller’s reason', async () => {
    const outer = new AbortController()
    const waiting = withTimeLimit(outer.signal, limit, untilAborted)
    outer.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not start for a caller that has disconnected', async () => {
    const work = vi.fn(async () => 'done')
    await expect(withTimeLimit(AbortSignal.abort(new Error('gone')), limit, work)).rejects.toThrow('gone')
    expect(work).not.toHaveBeenCalled()
  })
})
