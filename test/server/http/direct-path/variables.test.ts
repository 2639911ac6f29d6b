import { describe, expect, it } from 'vitest'
import { asOperator } from '../../../support/test-gateway.ts'
import { openGatewayPair } from './gateway-pair.ts'

const OWN_PROTO = '{ "__proto__": { "id": "x", "first": 1 } }'
const raw = (text: string): unknown => JSON.parse(text)

/** Documents with values of their variables. The first value is valid. */
const cases: readonly (readonly [query: string, ...variables: unknown[]])[] = [
  [
    'query ($first: Int) { rooms(first: $first) { nodes { id } } }',
    { first: 2 },
    {},
    null,
    { first: null },
    { first: 2.0 },
    { first: 1.5 },
    { first: 2 ** 31 },
    { first: -(2 ** 31) - 1 },
    { first: '1' },
    { first: true },
    { first: [] },
    { first: [1] },
    { first: 1e21 },
    { first: 2, other: 1 },
    { First: 2 },
    raw(OWN_PROTO),
    raw('{ "first": 2, "__proto__": null, "constructor": 1 }'),
  ],
  [
    'query ($id: ID!) { room(id: $id) { id } providers { name } }',
    { id: 'x' },
    { id: 7 },
    { id: 1e21 },
    { id: 1.5 },
    { id: '' },
    { id: null },
    { id: {} },
    { id: [] },
    { id: ['x'] },
    {},
    raw(OWN_PROTO),
    { id: 'x'.repeat(10_000) },
    { id: '\u0000\ud800"\\' },
  ],
  [
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    { ids: ['x', 'y'] },
    { ids: 'x' },
    { ids: 5 },
    { ids: [] },
    { ids: [null] },
    { ids: ['x', null] },
    { ids: [['x']] },
    { ids: { 0: 'x' } },
    { ids: Array.from({ length: 101 }, () => 'x') },
    {},
  ],
  [
    'query ($a: ID!, $b: ID = "y") { nodes(ids: [$a, $b, "z"]) { id } }',
    { a: 'x' },
    { a: 'x', b: 'q' },
    { a: 'x', b: null },
    { b: 'q' },
  ],
  [
    'query ($filter: RoomFilter) { rooms(first: 3, filter: $filter) { nodes { id status } } }',
    { filter: { status: ['OPEN'] } },
    { filter: { status: 'CLOSED' } },
    { filter: { status: [] } },
    { filter: { status: ['NOPE'] } },
    { filter: { status: [null] } },
    { filter: { status: 1 } },
    { filter: {} },
    { filter: null },
    { filter: [] },
    { filter: 'x' },
    { filter: { unknown: 1 } },
    { filter: raw(OWN_PROTO) },
    { filter: { createdFrom: '2020-01-01T00:00:00Z', createdTo: null } },
    { filter: { createdFrom: '2020-02-30T00:00:00Z' } },
    { filter: { createdFrom: 'now' } },
    { filter: { createdFrom: 0 } },
    { filter: { createdFrom: ['2020-01-01T00:00:00Z'] } },
    { filter: { createdFrom: {} } },
    { filter: { providers: 'rocketchat' } },
    { filter: { providers: ['rocketchat', 'rocketchat'] } },
    { filter: { providers: ['nowhere'] } },
    { filter: { departmentId: 'x' } },
  ],
  [
    'query ($from: DateTime = "2020-01-02T03:04:05Z", $status: [RoomStatus!] = OPEN) { rooms(first: 2, filter: { createdFrom: $from, status: $status }) { nodes { id } } }',
    {},
    { from: null, status: null },
    { from: '2030-01-01T00:00:00+01:00' },
    { status: ['QUEUED', 'OPEN'] },
  ],
  [
    'query ($from: DateTime, $department: ID, $providers: [String!]) { rooms(first: 2, filter: { createdFrom: $from, departmentId: $department, providers: $providers }) { nodes { id } } }',
    {},
    { from: null },
    { providers: ['livechat'] },
    { department: null, providers: null },
  ],
  [
    'query ($filter: OfflineMessageFilter) { offlineMessages(first: 2, filter: $filter) { nodes { id text receivedOn } totalCount } }',
    { filter: { states: ['RECEIVED'] } },
    { filter: { from: '2020-01-01', to: '2026-12-31' } },
    { filter: { from: '2026-13-01' } },
    { filter: { from: 20_200_101 } },
    { filter: { states: 'SENT', text: 'x' } },
  ],
  [
    'query ($a: Boolean!, $b: Boolean = true) { ...F @include(if: $a) ...F @skip(if: $b) providers @include(if: $b) { name @skip(if: $a) kind } } fragment F on Query { viewer { role @include(if: $b) ... @skip(if: $a) { name } } }',
    { a: true },
    { a: false },
    { a: true, b: false },
    { a: false, b: false },
    { a: true, b: null },
    { a: null },
    { a: 'true' },
    { a: 1 },
    {},
    { a: true, b: true },
  ],
  [
    'query ($a: Boolean!, $b: Boolean!) { rooms(first: 2) { nodes { ...R @include(if: $a) ...R @include(if: $b) } nodes @skip(if: $b) { ... on Node { id } } } } fragment R on Room { status provider { name @include(if: $a) kind @include(if: $b) } }',
    { a: true, b: true },
    { a: true, b: false },
    { a: false, b: true },
    { a: false, b: false },
  ],
  [
    'query ($constructor: String, $toString: Int, $__proto__: ID) { a: roomByNativeId(provider: "rocketchat", nativeId: "x") { id } rooms(first: $toString, after: $constructor) { nodes { id } } b: nodes(ids: [$__proto__]) { id } }',
    {},
    { constructor: null, toString: 2 },
    raw('{ "__proto__": "x" }'),
  ],
  ['query ($unused: Int) { viewer { role } }', {}, { unused: 1 }, { unused: 'x' }],
  ['query ($n: Int!, $n: Int!) { rooms(first: $n) { nodes { id } } }', { n: 1 }],
  ['query ($filter: Room) { viewer { role } }', {}],
]

describe('a repeated request with variables gets the response of the GraphQL engine', () => {
  it.each(cases)('%s', async (query, ...variables) => {
    const pair = await openGatewayPair()
    for (const values of variables)
      await pair.compare(JSON.stringify(values), { headers: asOperator, body: { query, variables: values } })
    // The compiled operation is found for other variables too, and for those that are rejected the engine responds.
    for (const values of variables)
      await pair.compare(`again ${JSON.stringify(values)}`, {
        headers: asOperator,
        body: `{"query":${JSON.stringify(query)},"variables":${JSON.stringify(values)}}`,
      })
  })

  it('of other forms than an object', async () => {
    const pair = await openGatewayPair()
    const query = 'query ($first: Int) { rooms(first: $first) { nodes { id } } }'
    for (const variables of ['{}', '[]', '"x"', '1', 'false', '"{\\"first\\":1}"', '{"first":01}'])
      await pair.compare(variables, {
        headers: asOperator,
        body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
      })
  })

  it('that are valid, directly', async () => {
    const pair = await openGatewayPair()
    for (const [query, variables] of cases.slice(0, -4)) {
      const { isDirect } = await pair.compare(query, { headers: asOperator, body: { query, variables } })
      expect.soft(isDirect, query).toBe(true)
    }
  })
})
