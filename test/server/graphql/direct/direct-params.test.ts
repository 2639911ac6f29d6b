import { expect, it } from 'vitest'
import { readDirectParams } from '../../../../src/server/graphql/direct/direct-params.ts'

it('a request needs only its document', () => {
  const params = { query: '{ a }', operationName: null, variables: {}, extensions: {} }
  expect(readDirectParams({ query: '{ a }' })).toEqual(params)
  const absent = { operationName: null, variables: null, documentId: null, extensions: null }
  expect(readDirectParams({ query: '{ a }', ...absent })).toEqual(params)
})

it('all members are read', () => {
  const params = { query: '{ a }', operationName: 'Q', variables: { n: 1 }, extensions: { cost: true } }
  expect(readDirectParams({ ...params, documentId: 'd' })).toEqual(params)
})

it.each([
  undefined,
  null,
  [],
  '{ a }',
  {},
  { query: 1 },
  { query: '{ a }', operationName: 1 },
  { query: '{ a }', documentId: 1 },
  { query: '{ a }', variables: [] },
  { query: '{ a }', variables: 'n' },
  { query: '{ a }', extensions: [] },
  { query: '{ a }', id: 'unknown' },
  [{ query: '{ a }' }],
])('the GraphQL engine must serve %j', (params) => {
  expect(readDirectParams(params)).toBeNull()
})
