import { inspectSharedResults } from '../../src/providers/shared/memo.ts'

// Results that requests share are frozen in all tests, so that code which changes one fails.
inspectSharedResults(freezeDeeply)

function freezeDeeply(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  const inner: Iterable<unknown> = value instanceof Map ? value.values() : Object.values(value)
  for (const each of inner) freezeDeeply(each)
}
