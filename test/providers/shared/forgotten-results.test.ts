import { describe, expect, it } from 'vitest'
import { cached, LatestResult } from '../../../src/providers/shared/cache.ts'

const HOUR_MS = 3_600_000

/** A read that counts its calls, and after `hold` waits for `release`. */
function createCounter() {
  let calls = 0
  let gate: Promise<void> = Promise.resolve()
  let release = () => {}
  return {
    read: async () => {
      calls += 1
      const result = calls
      await gate
      return result
    },
    hold() {
      gate = new Promise((resolve) => {
        release = resolve
      })
    },
    release: () => release(),
  }
}

describe.each([
  [
    'a cached read',
    (read: () => Promise<number>) => {
      const result = cached(HOUR_MS, read)
      return { get: () => result(), forget: () => result.forget() }
    },
  ],
  [
    'the latest result',
    (read: () => Promise<number>) => {
      const result = new LatestResult(read)
      return { get: () => result.get(HOUR_MS), forget: () => result.forget() }
    },
  ],
])('%s', (_what, create) => {
  it('is read again after a write', async () => {
    const { get, forget } = create(createCounter().read)
    expect([await get(), await get()]).toEqual([1, 1])
    forget()
    expect([await get(), await get()]).toEqual([2, 2])
  })

  it('does not keep what was read before a write ended', async () => {
    const counter = createCounter()
    const { get, forget } = create(counter.read)
    counter.hold()
    const before = get()
    forget()
    counter.release()
    expect(await before).toBe(1)
    expect([await get(), await get()]).toEqual([2, 2])
  })

  it('does not keep a failure', async () => {
    let calls = 0
    const { get } = create(async () => {
      calls += 1
      if (calls === 1) throw new Error('down')
      return calls
    })
    await expect(get()).rejects.toThrow('down')
    expect(await get()).toBe(2)
  })
})

it('the latest result is read again for a caller that does not accept its age', async () => {
  const result = new LatestResult(createCounter().read)
  expect(await result.get(HOUR_MS)).toBe(1)
  expect(await result.get(-1)).toBe(2)
  expect(await result.get(HOUR_MS)).toBe(2)
})
