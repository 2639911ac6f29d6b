import { type DocumentNode, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../../../../src/schema/index.ts'
import { OperationCache } from '../../../../src/server/graphql/direct/operation-cache.ts'

/** Runs what is measured, as a source that has time left. */
const unlimited = <Result>(work: () => Result): Result => work()
const QUERY = '{ viewer { role } }'

/** Records a document as if it was sent. */
function send(cache: OperationCache, text: string, document: DocumentNode = parse(text)) {
  return cache.record(text, document, unlimited)
}

describe('the cache of operations', () => {
  it('compiles a document that is sent for the second time, and finds it from then on', () => {
    const cache = new OperationCache(schema)
    expect(cache.find(QUERY)).toBeNull()
    expect(send(cache, QUERY)).toBeNull()
    expect(cache.find(QUERY)).toBeNull()
    const compiled = send(cache, QUERY)
    expect(compiled).toMatchObject({ kind: 'query', name: null })
    expect(cache.find(QUERY)).toBe(compiled)
    expect(send(cache, QUERY)).toBe(compiled)
    expect(cache.find(`${QUERY} `)).toBeNull()
  })

  it('measures only the compilation', () => {
    const cache = new OperationCache(schema)
    let measured = 0
    for (let time = 1; time <= 4; time += 1)
      cache.record(QUERY, parse(QUERY), (work) => {
        measured += 1
        return work()
      })
    expect(measured).toBe(1)
  })

  it('compiles mutations, and operations with a name', () => {
    const cache = new OperationCache(schema)
    const text = 'mutation Close { closeRoom(input: { roomId: "x" }) { __typename } }'
    send(cache, text)
    expect(send(cache, text)).toMatchObject({ kind: 'mutation', name: 'Close' })
  })

  it.each([
    ['a subscription', 'subscription { roomActivity { id } }'],
    ['several operations', 'query A { viewer { role } } query B { viewer { name } }'],
    ['introspection', '{ __schema { queryType { name } } }'],
    [
      'introspection deeper',
      '{ viewer { role } ...F } fragment F on Query { __type(name: "Room") { name } }',
    ],
    ['a long document', `{ viewer { role } } #${'x'.repeat(16_384)}`],
  ])('does not compile %s', (_, text) => {
    const cache = new OperationCache(schema)
    for (let time = 1; time <= 3; time += 1) expect(send(cache, text)).toBeNull()
    expect(cache.find(text)).toBeNull()
  })

  it('stays empty if it is disabled', () => {
    const cache = new OperationCache(schema, false)
    for (let time = 1; time <= 3; time += 1) expect(send(cache, QUERY)).toBeNull()
    expect(cache.find(QUERY)).toBeNull()
  })

  it('is bounded by the memory of its documents and plans', () => {
    const cache = new OperationCache(schema)
    const textOf = (at: number) =>
      `{ ${Array.from({ length: 100 }, (_, field) => `a${at}_${field}: __typename`).join(' ')} }`
    const compiled = Array.from({ length: 300 }, (_, at) => {
      send(cache, textOf(at))
      return send(cache, textOf(at))
    })
    expect(compiled).not.toContain(null)
    const kept = compiled.filter((_, at) => cache.find(textOf(at)) !== null)
    expect(kept.length).toBeGreaterThan(10)
    expect(kept.length).toBeLessThan(200)
    expect(cache.find(textOf(299))).toBe(compiled[299])
    expect(cache.find(textOf(0))).toBeNull()
  })
})
