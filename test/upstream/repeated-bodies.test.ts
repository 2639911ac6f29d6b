import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { RepeatedBodies } from '../../src/upstream/repeated-bodies.ts'
import { ResponseBody } from '../../src/upstream/response-body.ts'
import { bodyOf } from '../support/response-body.ts'

const KIB = 1024

describe('the body of a repeated read', () => {
  it('is the last one while the bytes stay the same', () => {
    const intern = new RepeatedBodies().forClient()
    const first = intern('key', bodyOf('{"a":1}'))
    expect(intern('key', bodyOf('{"a":1}'))).toBe(first)
    const changed = intern('key', bodyOf('{"a":2}'))
    expect(changed.json).toEqual({ a: 2 })
    expect(intern('key', bodyOf('{"a":2}'))).toBe(changed)
    expect(intern('key', bodyOf('{"a":1}'))).not.toBe(first)
  })

  it('is recognized in whatever chunks it arrives', () => {
    const intern = new RepeatedBodies().forClient()
    const inChunks = (...texts: string[]) => new ResponseBody(texts.map((text) => Buffer.from(text)))
    const first = intern('key', inChunks('{"a"', ':1}'))
    expect(first.json).toEqual({ a: 1 })
    expect(first.text).toBe('{"a":1}')
    for (const chunks of [['{"a":1}'], ['{', '"a":1', '}'], ['', '{"a":1}', '']])
      expect(intern('key', inChunks(...chunks))).toBe(first)
    for (const chunks of [['{"a":'], ['{"a"', ':2}'], ['{"a":1}', ' '], []]) {
      intern('key', inChunks('{"a":1}'))
      expect(intern('key', inChunks(...chunks)).text).toBe(chunks.join(''))
    }
  })

  it('is kept for ten minutes: it may contain what visitors wrote', () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    // The cache takes a start at 0 for none.
    vi.advanceTimersByTime(1)
    const intern = new RepeatedBodies().forClient()
    const first = intern('key', bodyOf('{}'))
    vi.advanceTimersByTime(10 * 60_000 - 1)
    expect(intern('key', bodyOf('{}'))).toBe(first)
    expect(vi.getTimerCount()).toBeGreaterThan(0)
    vi.advanceTimersByTime(10)
    // A timer has removed it, although nothing was read.
    expect(vi.getTimerCount()).toBe(0)
    expect(intern('key', bodyOf('{}'))).not.toBe(first)
  })

  it('is never that of another key or another client', () => {
    const bodies = new RepeatedBodies()
    const [intern, internOther] = [bodies.forClient(), bodies.forClient()]
    const first = intern('key', bodyOf('{}'))
    expect(intern('other key', bodyOf('{}'))).not.toBe(first)
    expect(internOther('key', bodyOf('{}'))).not.toBe(first)
  })

  it('is kept within the bounds of all and of one, least recently used first out', () => {
    // Each body counts about 22 KiB: its own bytes, what is made from it, and the entry.
    const intern = new RepeatedBodies({ maxBytes: 50 * KIB, maxEntryBytes: 40 * KIB }).forClient()
    const text = JSON.stringify('x'.repeat(4 * KIB))
    const [first, second] = [intern('first', bodyOf(text)), intern('second', bodyOf(text))]
    expect(intern('first', bodyOf(text))).toBe(first)
    intern('third', bodyOf(text))
    expect(intern('first', bodyOf(text))).toBe(first)
    expect(intern('second', bodyOf(text))).not.toBe(second)
    const long = JSON.stringify('x'.repeat(8 * KIB))
    expect(intern('long', bodyOf(long))).not.toBe(intern('long', bodyOf(long)))
  })
})

describe('the JSON of a body', () => {
  it('is parsed once until it is released', () => {
    const body = bodyOf('{"a":{}}')
    const { json } = body
    expect(body.json).toBe(json)
    body.releaseJson()
    expect(body.json).toEqual(json)
    expect(body.json).not.toBe(json)
  })

  it.each(['', 'text', '{'])('of %j is undefined', (text) => {
    expect(bodyOf(text).json).toBeUndefined()
  })

  it('may be nested to any depth', () => {
    const depth = 100_000
    expect(bodyOf(`{"id":"a","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`).json).toMatchObject({
      id: 'a',
    })
  })
})
