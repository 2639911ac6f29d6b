import { getIntrospectionQuery } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Introspection } from '../../../../src/config/index.ts'
import { openGatewayWithoutProviders } from '../../../support/gateway-without-providers.ts'
import { type Operation, parseAnswer, post, request } from '../../../support/http.ts'
import { connectAs } from '../../../support/raw-socket.ts'
import { asAnonymous, asOperator, asVisitor, OPERATOR_KEY } from '../../../support/test-gateway.ts'
import { Rooms } from '../../documents.ts'

const callers = { anybody: asAnonymous, 'a visitor': asVisitor('some-token'), 'an operator': asOperator }
type Who = keyof typeof callers

const cases: [setting: Introspection, who: Who, may: boolean][] = [
  ['anyone', 'anybody', true],
  ['anyone', 'a visitor', true],
  ['anyone', 'an operator', true],
  ['operators', 'anybody', false],
  ['operators', 'a visitor', false],
  ['operators', 'an operator', true],
  ['off', 'anybody', false],
  ['off', 'a visitor', false],
  ['off', 'an operator', false],
]

/** Errors for which GraphQL suggests the right name. */
const misspelt: [what: string, operation: Operation][] = [
  ['a field', { query: '{ viewr { role } }' }],
  ['an argument', { query: '{ room(ids: "x") { id } }' }],
  ['a type', { query: '{ node(id: "x") { ... on Roam { id } } }' }],
  ['a field of a member', { query: '{ node(id: "x") { status } }' }],
  ['a value of an enumeration', { query: '{ rooms(filter: { status: [OPN] }) { nodes { id } } }' }],
  ['a field of an input', { query: '{ rooms(filter: { statuses: [] }) { nodes { id } } }' }],
  ['a value in a variable', { query: Rooms.toString(), variables: { filter: { status: ['OPN'] } } }],
  ['a field in a variable', { query: Rooms.toString(), variables: { filter: { statu: [] } } }],
]

describe.each(cases)('with INTROSPECTION=%s, %s', (introspection, who, may) => {
  it(may ? 'may use introspection' : 'may not use introspection', async () => {
    const { url } = await openGatewayWithoutProviders({ introspection })
    const { data, errors } = parseAnswer(await post(url, { query: getIntrospectionQuery() }, callers[who]))
    if (may) expect(data).toHaveProperty('__schema.types')
    else expect(errors?.[0]?.message).toMatch(/introspection has been disabled/)
  })

  it.for(misspelt)(`receives ${may ? '' : 'no '}suggestions for %s`, async ([, operation]) => {
    const { url } = await openGatewayWithoutProviders({ introspection })
    const { errors = [] } = parseAnswer(await post(url, operation, callers[who]))
    expect(errors).not.toEqual([])
    expect(errors.some(({ message }) => message.includes('Did you mean'))).toBe(may)
  })

  it(`receives ${may ? '' : 'no '}GraphiQL`, async () => {
    const { url } = await openGatewayWithoutProviders({ introspection })
    const reply = await request(url, { headers: { accept: 'text/html', ...callers[who] } })
    expect(reply.status).toBe(may ? 200 : 406)
    expect(reply.text.includes('<!doctype html>')).toBe(may)
  })
})

it('caches validation for operators and other callers separately', async () => {
  const { url } = await openGatewayWithoutProviders({ introspection: 'operators' })
  const fault = async (headers: Record<string, string>) => {
    const { errors } = parseAnswer(await post(url, { query: '{ viewr { role } }' }, headers))
    return errors?.[0]?.message
  }
  const helpful = 'Cannot query field "viewr" on type "Query". Did you mean "viewer"?'
  const curt = 'Cannot query field "viewr" on type "Query".'
  expect([await fault(asOperator), await fault(asAnonymous)]).toEqual([helpful, curt])
  expect([await fault(asOperator), await fault(asAnonymous)]).toEqual([helpful, curt])
})

it('allows `__typename` for every caller', async () => {
  const { url } = await openGatewayWithoutProviders({ introspection: 'off' })
  const answer = parseAnswer(await post(url, { query: '{ __typename viewer { __typename } }' }))
  expect(answer).toEqual({ data: { __typename: 'Query', viewer: { __typename: 'Viewer' } } })
})

it('applies to WebSockets too', async () => {
  const { url } = await openGatewayWithoutProviders({ introspection: 'operators' })
  const ask = async (payload: Record<string, string>) => {
    const socket = await connectAs(url, payload)
    socket.subscribe('1', { query: '{ __schema { queryType { name } } }' })
    return socket.next()
  }
  expect(await ask({})).toMatchObject({ type: 'error' })
  expect(await ask({ authorization: `Bearer ${OPERATOR_KEY}` })).toMatchObject({ type: 'next' })
})
