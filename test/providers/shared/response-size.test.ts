import { expect, it } from 'vitest'
import { waitUntil } from '../../support/graphql-client.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { asVisitor } from '../../support/test-gateway.ts'
import { openGatewayFor, startScriptedProvider } from '../support/scripted-provider.ts'

const MIB = 1024 * 1024
const departments = '{ providers { name departments { nativeId } } }'
const page =
  '{ roomByNativeId(provider: "rocketchat", nativeId: "r") { messages(last: 5) { nodes { text } } } }'

it('a response that is longer than its route allows is aborted and not requested again', async () => {
  const double = await startScriptedProvider()
  double.respond('/livechat/config', () => ({
    body: { config: { departments: [] }, filler: 'x'.repeat(16 * MIB) },
  }))
  const url = await openGatewayFor(double)
  const { errors = [] } = parseAnswer(await post(url, { query: departments }, asVisitor('token')))
  expect(errors).toContainEqual(
    expect.objectContaining({
      message: 'The provider’s response is longer than the gateway reads.',
      extensions: expect.objectContaining({ code: 'PROVIDER_ERROR', provider: 'rocketchat' }),
    }),
  )
  expect(double.paths.filter((path) => path.endsWith('/livechat/config'))).toHaveLength(1)
  await waitUntil(() => double.abortedResponses() === 1)
})

it('a page of 50 messages of 5 000 characters of three bytes each, as text and parsed, is read whole', async () => {
  const double = await startScriptedProvider()
  const text = '漢'.repeat(5_000)
  const message = (number: number) => ({
    _id: `message-${number}`,
    rid: 'r',
    msg: text,
    ts: new Date(number * 1000).toISOString(),
    md: [{ type: 'PARAGRAPH', value: [{ type: 'PLAIN_TEXT', value: text }] }],
  })
  double.respond('/messages.history/r', ({ query }) => ({
    body: {
      success: true,
      messages: Array.from({ length: Number(query.get('limit')) }, (_, index) => message(100 - index)),
    },
  }))
  const url = await openGatewayFor(double)
  const query = page.replace('last: 5', 'last: 48')
  const { data, errors } = parseAnswer(await post(url, { query }, asVisitor('token')))
  expect(errors).toBeUndefined()
  expect(JSON.stringify(data).match(/漢{5000}/g)).toHaveLength(48)
})

it('a page that is longer than its route allows is read in shorter ones', async () => {
  const double = await startScriptedProvider()
  const text = 'x'.repeat(100_000)
  double.respond('/messages.history/r', ({ query }) => {
    const newest = Math.min(60, (Date.parse(query.get('end') ?? '2100-01-01') - 1) / 1000)
    const numbers = Array.from(
      { length: Number(query.get('limit')) },
      (_, index) => Math.floor(newest) - index,
    )
    const messages = numbers
      .filter((number) => number > 0)
      .map((number) => ({
        _id: `message-${number}`,
        rid: 'r',
        msg: text,
        ts: new Date(number * 1000).toISOString(),
      }))
    return { body: { success: true, messages } }
  })
  const url = await openGatewayFor(double)
  const query =
    '{ roomByNativeId(provider: "rocketchat", nativeId: "r") { messages(last: 48) { nodes { nativeId } } } }'
  const { data, errors } = parseAnswer(await post(url, { query }, asVisitor('token')))
  expect(errors).toBeUndefined()
  const ids = JSON.stringify(data).match(/message-\d+/g)
  expect(ids).toEqual(Array.from({ length: 48 }, (_, index) => `message-${index + 13}`))
})

it('a room of messages so long that a page of them is not read is read in shorter pages', async () => {
  const double = await startScriptedProvider()
  const limits: number[] = []
  const message = (number: number) => ({
    _id: `message-${number}`,
    rid: 'r',
    msg: 'x'.repeat(60 * 1024),
    ts: new Date(number * 1000).toISOString(),
  })
  double.respond('/messages.history/r', ({ query: asked }) => {
    const limit = Number(asked.get('limit'))
    limits.push(limit)
    const before = Date.parse(asked.get('end') ?? '2000-01-01')
    const all = Array.from({ length: 300 }, (_, index) => message(300 - index))
    const messages = all.filter(({ ts }) => Date.parse(ts) < before).slice(0, limit)
    return { body: { success: true, messages } }
  })
  const url = await openGatewayFor(double)
  const query = page.replace('last: 5', 'first: 2').replace('text', 'nativeId')
  const { data, errors } = parseAnswer(await post(url, { query }, asVisitor('token')))
  expect(errors).toBeUndefined()
  const nodes = ['message-1', 'message-2'].map((nativeId) => ({ nativeId }))
  expect(data).toMatchObject({ roomByNativeId: { messages: { nodes } } })
  expect(limits.slice(0, 5)).toEqual([200, 100, 50, 25, 25])
})

it('rows that were not requested are cut off', async () => {
  const double = await startScriptedProvider()
  double.respond('/messages.history/r', () => ({
    body: {
      success: true,
      messages: Array.from({ length: 5_000 }, (_, index) => ({
        _id: `message-${index}`,
        rid: 'r',
        msg: `${index}`,
        ts: new Date(9_000_000 - index * 1000).toISOString(),
      })),
    },
  }))
  const url = await openGatewayFor(double)
  const { data } = parseAnswer(await post(url, { query: page }, asVisitor('token')))
  expect(data).toMatchObject({
    roomByNativeId: { messages: { nodes: ['4', '3', '2', '1', '0'].map((text) => ({ text })) } },
  })
})

it('a Retry-After of thirty years counts as 15 minutes', async () => {
  const double = await startScriptedProvider()
  double.respond('/messages.history/r', () => ({
    status: 429,
    headers: { 'retry-after': '999999999' },
    body: {},
  }))
  const url = await openGatewayFor(double)
  const { errors = [] } = parseAnswer(await post(url, { query: page }, asVisitor('token')))
  expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 900_000 })
  const { errors: again = [] } = parseAnswer(await post(url, { query: page }, asVisitor('token')))
  expect(again[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' })
  expect(double.paths).toHaveLength(1)
})
