import { expect, it } from 'vitest'
import { LazyAbort } from '../../../../src/server/graphql/direct/lazy-abort.ts'

it('the signal aborts, whether it is used before or after', () => {
  const used = new LazyAbort()
  const { signal } = used
  expect(signal.aborted).toBe(false)
  used.abort()
  expect(signal.aborted).toBe(true)
  expect(used.signal).toBe(signal)
  const unused = new LazyAbort()
  unused.abort()
  expect(unused.signal.aborted).toBe(true)
})

it('the listener is called once, and not after it was removed', () => {
  const abort = new LazyAbort()
  let calls = 0
  abort.setListener(() => {
    calls += 1
  })
  abort.abort()
  abort.abort()
  expect(calls).toBe(1)
  const other = new LazyAbort()
  other.setListener(() => {
    calls += 1
  })
  other.setListener(null)
  other.abort()
  expect(calls).toBe(1)
})
