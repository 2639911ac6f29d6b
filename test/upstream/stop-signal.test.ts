import { describe, expect, it } from 'vitest'
import { StopController } from '../../src/upstream/stop-signal.ts'

describe('the signal of a shared read', () => {
  it('calls each listener once, in order, and none that was removed', () => {
    const signal = new StopController()
    const calls: string[] = []
    const removed = () => calls.push('removed')
    signal.addEventListener('abort', () => calls.push('first'))
    signal.addEventListener('abort', removed)
    signal.addEventListener('abort', () => calls.push('second'))
    signal.removeEventListener('abort', removed)
    signal.abort(new Error('gone'))
    signal.abort(new Error('gone again'))
    expect(calls).toEqual(['first', 'second'])
  })

  it('keeps the first reason and throws it', () => {
    const signal = new StopController()
    expect([signal.aborted, signal.reason]).toEqual([false, null])
    signal.throwIfAborted()
    signal.abort(new Error('gone'))
    signal.abort(new Error('gone again'))
    expect([signal.aborted, signal.reason]).toEqual([true, new Error('gone')])
    expect(() => signal.throwIfAborted()).toThrow('gone')
  })

  it('does not call a listener that another one removes', () => {
    const signal = new StopController()
    const calls: string[] = []
    const second = () => calls.push('second')
    signal.addEventListener('abort', () => signal.removeEventListener('abort', second))
    signal.addEventListener('abort', second)
    signal.abort(new Error('gone'))
    expect(calls).toEqual([])
  })
})
