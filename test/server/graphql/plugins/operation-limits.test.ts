import { GraphQLID, getIntrospectionQuery } from 'graphql'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { operationLimits } from '../../../../src/server/graphql/plugins/operation-limits.ts'
import { errorCodes } from '../../../support/gateway-with-room.ts'
import { openGatewayWithoutProviders } from '../../../support/gateway-without-providers.ts'
import { type Operation, parseAnswer, post } from '../../../support/http.ts'
import { connectAs } from '../../../support/raw-socket.ts'
import {
  asOperator,
  createTestGateway,
  OPERATOR_KEY,
  type TestGateway,
} from '../../../support/test-gateway.ts'

const light = '{ viewer { role } }'
const room = (selection: string) => `roomByNativeId(provider: "rocketchat", nativeId: "x") { ${selection} }`
const nested = (times: number, [open, close]: readonly [string, string], inmost: string) =>
  open.repeat(times) + inmost + close.repeat(times)
const pages = (first: number) => nested(3, [`messages(first: ${first}) { nodes { room { `, '} } } '], 'id ')
const deep = nested(6, ['lastMessage { room { ', '} } '], 'id ')
const person = '{ nativeId name role email avatarUrl }'
const wide = `fragment Wide on Room {
  id nativeId status tags createdAt closedAt lastActivityAt visitor ${person} agents ${person}
  lastMessage { id nativeId kind text author ${person} visibility state createdAt editedAt editedBy ${person} }
}`
const each = (count: number, field: string) =>
  Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')

/** Fragments that each spread the next one twice: they expand to 2^count leaves. */
const chain = (count: number, type: string, leaf: string) =>
  `${Array.from({ length: count }, (_, i) => `fragment F${i} on ${type} { ...F${i + 1} ...F${i + 1} }`).join(
    ' ',
  )} fragment F${count} on ${type} { ${leaf} }`

/** Each is over one limit and under all others. */
const heavy = {
  lines: `{ ${'\n'.repeat(operationLimits.lines + 1)} viewer { role } }`,
  fieldPairs: `{ ${'viewer { role } '.repeat(180)} }`,
  selections: `{ ...F0 } ${chain(12, 'Query', 'viewer { role }')}`,
  depth: `{ ${room(deep)} }`,
  breadth: `{ ${each(30, 'node(id: "x") { ...Wide }')} } ${wide}`,
  complexity: `{ ${room(pages(100))} }`,
  aliases: `{ ${each(operationLimits.aliases + 1, '__typename')} }`,
  tokens: `{ ${'viewer { role } '.repeat(operationLimits.tokens / 4)} }`,
}

const refused: [what: string, operation: Operation, message: RegExp][] = [
  ['lines', { query: heavy.lines }, /more than 4000 lines; ask for less/],
  ['lines, however they end', { query: heavy.lines.replaceAll('\n', '\r') }, /more than 4000 lines/],
  ['selections', { query: heavy.selections }, /expand to more than 10000 selections; ask for less/],
  [
    'fields of one name',
    { query: heavy.fieldPairs },
    /more than 30000 pairs have the same name; ask for less/,
  ],
  [
    'selections of a mutation',
    { query: `mutation { ...F0 } ${chain(12, 'Mutation', '__typename')}` },
    /expand to more than 10000 selections/,
  ],
  [
    'selections of a subscription',
    { query: `subscription { ...F0 } ${chain(12, 'Subscription', 'messageAdded(roomId: "x") { id }')}` },
    /expand to more than 10000 selections/,
  ],
  [
    'selections of an operation that is not run',
    { query: `query Light ${light} query Heavy ${heavy.selections}`, operationName: 'Light' },
    /expand to more than 10000 selections/,
  ],
  ['depth', { query: heavy.depth }, /depth of \d+ is more than 12; ask for less/],
  ['breadth', { query: heavy.breadth }, /breadth of \d+ is more than 1000; ask for less/],
  ['complexity', { query: heavy.complexity }, /complexity of \d+ is more than 50000; ask for less/],
  ['aliases', { query: heavy.aliases }, /more than 50 aliases; ask for less/],
  ['tokens', { query: heavy.tokens }, /more than 2000 tokens; ask for less/],
  [
    'complexity whose page sizes are variables',
    {
      query: `query($n: Int) { ${room(pages(100)).replaceAll('100', '$n')} }`,
      variables: { n: 100 },
    },
    /complexity/,
  ],
  [
    'complexity whose page sizes are defaults of variables',
    { query: `query($n: Int = 100) { ${room(pages(100)).replaceAll('100', '$n')} }` },
    /complexity/,
  ],
  [
    'complexity in fragments',
    { query: `{ ...Deep } fragment Deep on Query { ... on Query { ${room(pages(100))} } }` },
    /complexity/,
  ],
  [
    'complexity next to fields that every schema has',
    {
      query: `{ __typename __schema { queryType { name } } __type(name: "Room") { name } ${room(pages(100))} }`,
    },
    /complexity/,
  ],
  [
    'a heavy operation behind a light one',
    { query: `query Light ${light} query Heavy ${heavy.complexity}`, operationName: 'Heavy' },
    /complexity/,
  ],
  [
    'a heavy subscription',
    { query: `subscription { messageAdded(roomId: "x") { room { ${pages(100)} } } }` },
    /complexity/,
  ],
]

describe.each(['HTTP', 'a WebSocket'] as const)('over %s', (transport) => {
  it.for(refused)('rejects %s without an upstream request', async ([, operation, message]) => {
    const world = await createTestGateway()
    const errors = await errorsOf(world, transport, operation)
    expect(errors).toHaveLength(1)
    expect(errors).toMatchObject([
      { message: expect.stringMatching(message), extensions: { code: 'OPERATION_TOO_COMPLEX' } },
    ])
    expect(world.rocketChat.calls).toEqual([])
  })

  it('limits the number of validation errors', async () => {
    const query = `{ ${Array.from({ length: 100 }, (_, i) => `nothing${i}`).join(' ')} }`
    const errors = await errorsOf(await createTestGateway(), transport, { query })
    expect(errors).toHaveLength(operationLimits.errors + 1)
    expect(errors.at(-1)).toMatchObject({ message: expect.stringContaining('error limit reached') })
  })

  it('runs fragments that are spread many times, within the limits', async () => {
    const world = await createTestGateway()
    const query = `{ ...F0 } ${chain(8, 'Query', 'viewer { role }')}`
    expect(await errorsOf(world, transport, { query })).toEqual([])
  })

  it('reports the cycle of fragments that spread each other', async () => {
    const query = '{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }'
    const [error] = await errorsOf(await createTestGateway(), transport, { query })
    expect(error).toMatchObject({ message: 'Cannot spread fragment "A" within itself via "B".' })
  })

  it('rejects invalid arguments, and runs no other field', async () => {
    const world = await createTestGateway()
    const query = `query($ids: [ID!] = ["x"]) { nodes(ids: $ids) { id } ${room(pages(100))} }`
    const errors = await errorsOf(world, transport, { query, variables: { ids: null } })
    expect(errorCodes({ errors })).toEqual(['BAD_USER_INPUT'])
    expect(world.rocketChat.calls).toEqual([])
  })

  it('runs an operation within the limits although the document also contains one above them', async () => {
    const world = await createTestGateway()
    const query = `query Light ${light} query Heavy ${heavy.complexity}`
    expect(await errorsOf(world, transport, { query, operationName: 'Light' })).toEqual([])
  })

  it('allows a typical page and the full introspection query', async () => {
    const world = await createTestGateway()
    const page = `{ ${room('id status messages(last: 50) { nodes { id text createdAt author { name } } }')} }`
    const errors = await errorsOf(world, transport, { query: page })
    expect(errorCodes({ errors })).not.toContain('OPERATION_TOO_COMPLEX')
    expect(await errorsOf(world, transport, { query: getIntrospectionQuery() })).toEqual([])
  })
})

it('responds 400 to a client that accepts GraphQL responses, and 200 to one that accepts JSON', async () => {
  const { url } = await createTestGateway()
  const status = async (accept: string) => (await post(url, { query: heavy.depth }, { accept })).status
  expect(await status('application/graphql-response+json')).toBe(400)
  expect(await status('application/json')).toBe(200)
})

/** Runs an operation as an operator and returns the errors of its result or error message. */
async function errorsOf({ url }: TestGateway, transport: 'HTTP' | 'a WebSocket', operation: Operation) {
  if (transport === 'HTTP') return parseAnswer(await post(url, operation, asOperator)).errors ?? []
  const socket = await connectAs(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  socket.subscribe('1', operation)
  const { type, payload } = await socket.next()
  const errors = type === 'error' ? payload : Object(payload).errors
  return errors ?? []
}

describe('variables with many errors', () => {
  it('are coerced only until the first error, at each time that they are sent', async () => {
    const { url } = await openGatewayWithoutProviders()
    const parse = vi.spyOn(GraphQLID, 'parseValue')
    onTestFinished(() => parse.mockRestore())
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
    for (const variables of [{ ids: ['x'] }, { ids: ['x'] }, { ids: Array(10_000).fill(1.5) }]) {
      parse.mockClear()
      await post(url, { query, variables }, asOperator)
      expect(parse.mock.calls.length).toBeLessThan(20)
    }
    const answer = parseAnswer(await post(url, { query, variables: { ids: [1.5, 2.5] } }, asOperator))
    expect(answer.errors).toMatchObject([{ message: expect.stringContaining('1.5 at "ids[0]"') }])
  })
})
