import { describe, expect, it } from 'vitest'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { sendOperation } from '../../support/graphql-client.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asVisitor } from '../../support/test-gateway.ts'
import { Viewer } from '../documents.ts'

const ANN_KEY = 'key-of-ann-0123456789'
const BOB_KEY = 'key-of-bob-0123456789:with+signs=/'
const operators = [
  { name: 'ann', key: ANN_KEY },
  { name: 'bob', key: BOB_KEY },
]
const query = Viewer.toString()

type Case = [who: string, headers: Record<string, string>, viewer: { role: string; name: string | null }]
const anonymous = { role: 'ANONYMOUS', name: null }
const visitor = { role: 'VISITOR', name: null }

const welcome: Case[] = [
  ['a client without credentials', {}, anonymous],
  ['an operator', { authorization: `Bearer ${ANN_KEY}` }, { role: 'OPERATOR', name: 'ann' }],
  ['another operator', { authorization: `Bearer ${BOB_KEY}` }, { role: 'OPERATOR', name: 'bob' }],
  [
    'an operator who writes the scheme small',
    { authorization: `bearer ${ANN_KEY}` },
    { role: 'OPERATOR', name: 'ann' },
  ],
  [
    'an operator who writes it big',
    { authorization: `BEARER ${ANN_KEY}` },
    { role: 'OPERATOR', name: 'ann' },
  ],
  ['a visitor', asVisitor('some-token'), visitor],
  [
    'a visitor with an operator key',
    { ...asVisitor('some-token'), authorization: `Bearer ${ANN_KEY}` },
    { role: 'OPERATOR', name: 'ann' },
  ],
]

const unwelcome: [what: string, headers: Record<string, string>][] = [
  ['a wrong key', { authorization: 'Bearer key-of-nobody-0123456789' }],
  ['a key in another case', { authorization: `Bearer ${ANN_KEY.toUpperCase()}` }],
  ['the beginning of a key', { authorization: `Bearer ${ANN_KEY.slice(0, -1)}` }],
  ['a key with its operator’s name', { authorization: `Bearer ann:${ANN_KEY}` }],
  ['an empty bearer', { authorization: 'Bearer ' }],
  ['an empty authorization', { authorization: '' }],
  ['a key without a scheme', { authorization: ANN_KEY }],
  ['another scheme', { authorization: `Basic ${Buffer.from(`ann:${ANN_KEY}`).toString('base64')}` }],
  ['two keys', { authorization: `Bearer ${ANN_KEY} ${BOB_KEY}` }],
  ['an empty visitor token', { 'x-visitor-token': '' }],
  ['two visitor tokens', { 'x-visitor-token': 'one, two' }],
  ['a visitor token of 513 letters', asVisitor('x'.repeat(513))],
  ['a wrong key and a visitor token', { ...asVisitor('some-token'), authorization: 'Bearer nope' }],
]

describe('over HTTP', () => {
  it.for(welcome)('%s is identified', async ([, headers, viewer]) => {
    const { url } = await openGatewayWithoutProviders({ operators })
    expect(await sendOperation(url, Viewer, {}, headers)).toEqual({ data: { viewer } })
  })

  it.for(unwelcome)('%s is rejected', async ([, headers]) => {
    const { url } = await openGatewayWithoutProviders({ operators })
    const reply = await post(url, { query }, headers)
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer')
    expect(parseAnswer(reply)).toEqual({
      errors: [{ message: 'This credential is not valid.', extensions: { code: 'UNAUTHENTICATED' } }],
    })
  })

  it('every key is rejected if no operator is configured', async () => {
    const { url } = await openGatewayWithoutProviders({ operators: [] })
    const { status } = await post(url, { query }, { authorization: `Bearer ${ANN_KEY}` })
    expect(status).toBe(401)
  })
})

describe('over a WebSocket', () => {
  it.for<[who: string, payload: Record<string, unknown>, viewer: object]>([
    ['a client without credentials', {}, anonymous],
    ['a client with null credentials', { authorization: null, visitorToken: null }, anonymous],
    ['an operator', { authorization: `Bearer ${ANN_KEY}` }, { role: 'OPERATOR', name: 'ann' }],
    ['another operator', { authorization: `bearer ${BOB_KEY}` }, { role: 'OPERATOR', name: 'bob' }],
    ['a visitor', { visitorToken: 'some-token' }, visitor],
  ])('%s is identified', async ([, payload, viewer]) => {
    const { url } = await openGatewayWithoutProviders({ operators })
    const socket = await connectAs(url, payload)
    socket.subscribe('1', { query })
    expect(await socket.next()).toMatchObject({ payload: { data: { viewer } } })
  })
})
