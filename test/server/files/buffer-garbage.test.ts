import { constants, PerformanceObserver } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { countPassedBytes } from '../../../src/server/files/buffer-garbage.ts'

const { NODE_PERFORMANCE_GC_MINOR: MINOR, NODE_PERFORMANCE_GC_FLAGS_FORCED: FORCED } = constants

const gcEntry = z.object({ detail: z.object({ kind: z.int(), flags: z.int() }) })

/** Kinds of the collections that the program requests, as opposed to V8's own. */
function observeRequestedCollections(): readonly number[] {
  const kinds: number[] = []
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { kind, flags } = gcEntry.parse(entry).detail
      if (flags & FORCED) kinds.push(kind)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  onTestFinished(() => observer.disconnect())
  return kinds
}

it('bytes that are passed on make V8 collect its young generation, and nothing else', async () => {
  const kinds = observeRequestedCollections()
  while (kinds.length < 3) {
    countPassedBytes(1024 * 1024)
    await nextTurn()
  }
  expect(new Set(kinds)).toEqual(new Set([MINOR]))
})
