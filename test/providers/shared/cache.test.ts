import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cached } from '../../../src/providers/shared/cache.ts'
import { TtlCache } from '../../../src/providers/shared/ttl-cache.ts'
import { UpstreamError } from '../../../src/upstream/errors.ts'

beforeEach(() => {
  vi.useFakeTimers()
  // lru-cache treats a start at 0 as absent.
  vi.advanceTimersByTime(1)
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a cached read', () => {
  it('is repeated once its time is over', async () => {
    const read = vi.fn(async () => 'result')
    const readCached = cached(1_000, read)
    await readCached()
    await vi.advanceTimersByTimeAsync(900)
    expect(await readCached()).toBe('result')
    expect(read).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(200)
    await readCached()
    expect(read).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['is not kept', 0, new Error('failed'), 2],
    ['is kept where that was asked for', 500, new Error('failed'), 1],
    ['is not kept where the caller disconnected', 500, new UpstreamError('aborted', null), 2],
  ])('that fails %s', async (_what, failureTtlMs, failure, reads) => {
    const read = vi.fn(async () => {
      throw failure
    })
    const readCached = cached(1_000, read, failureTtlMs)
    await expect(readCached()).rejects.toBe(failure)
    await expect(readCached()).rejects.toBe(failure)
    expect(read).toHaveBeenCalledTimes(reads)
  })
})

describe('a TTL cache', () => {
  it('forgets entries after their time, and the least recently used of too many', async () => {
    const cache = new TtlCache<number | null>(1_000, 2)
    cache.set('a', 1)
    cache.set('b', null)
    expect(cache.get('a')).toBe(1)
    cache.set('c', 3)
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3])
    cache.delete('a')
    await vi.advanceTimersByTimeAsync(1_100)
    expect(['a', 'c'].map((key) => cache.get(key))).toEqual([undefined, undefined])
  })
})
