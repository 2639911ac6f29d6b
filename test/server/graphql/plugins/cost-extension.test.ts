import { describe, expect, it } from 'vitest'
import { anonymousCaller } from '../../../../src/domain/caller.ts'
import { withCost } from '../../../../src/server/graphql/plugins/cost-extension.ts'
import { operationLimits } from '../../../../src/server/graphql/plugins/operation-limits.ts'
import { openGatewayWithRoom } from '../../../support/gateway-with-room.ts'
import { openGatewayWithoutProviders } from '../../../support/gateway-without-providers.ts'
import { parseAnswer, post, request } from '../../../support/http.ts'
import { connectAs } from '../../../support/raw-socket.ts'
import { asVisitor } from '../../../support/test-gateway.ts'
import { everyMutation, repeatMutation } from '../../limits/every-mutation.ts'

const query = '{ viewer { role name } }'
const extensions = { cost: true }
const rateLimits = { anonymous: 5, visitor: 5, operator: 0 }
const [close = { name: '', call: '' }] = everyMutation.filter(({ name }) => name === 'closeRoom')
const { complexity, depth, breadth } = operationLimits
const cost = {
  requestedComplexity: 3,
  depth: 2,
  breadth: 3,
  limits: { complexity, depth, breadth },
  upstreamCalls: { spent: 0, limit: 20 },
  rateLimit: { limit: 5, burst: 5, remaining: 10, resetMs: 0 },
}

describe('the cost of an operation', () => {
  it('is in the response to a POST that requests it', async () => {
    const { url } = await openGatewayWithoutProviders({ rateLimits })
    const answer = parseAnswer(await ask(url, { query, extensions }))
    expect(answer).toEqual({ data: { viewer: { role: 'ANONYMOUS', name: null } }, extensions: { cost } })
  })

  it('is in the response to a GET that requests it', async () => {
    const { url } = await openGatewayWithoutProviders({ rateLimits })
    const parameters = new URLSearchParams({ query, extensions: JSON.stringify(extensions) })
    expect(parseAnswer(await request(`${url}?${parameters}`))).toMatchObject({ extensions: { cost } })
  })

  it('is in the result over a WebSocket', async () => {
    const { url } = await openGatewayWithoutProviders({ rateLimits })
    const socket = await connectAs(url)
    socket.send({ type: 'subscribe', id: '1', payload: { query, extensions } })
    expect((await socket.next()).payload).toMatchObject({ data: { viewer: {} }, extensions: { cost } })
  })

  it('changes nothing in other responses', async () => {
    const { url } = await openGatewayWithoutProviders({ rateLimits })
    const plain = await post(url, { query })
    expect(plain.text).toBe('{"data":{"viewer":{"role":"ANONYMOUS","name":null}}}')
    for (const other of [{ cost: false }, { cost: 'true' }, {}, { persisted: true }])
      expect((await ask(url, { query, extensions: other })).text).toBe(plain.text)
  })

  it('contains the remaining mutations of the caller, after those of the operation', async () => {
    const { url } = await openGatewayWithoutProviders({ rateLimits })
    const remaining: unknown[] = []
    for (const times of [1, 4, 4, 4]) {
      const answer = parseAnswer(await ask(url, { query: repeatMutation(close, times), extensions }))
      remaining.push(Object(answer).extensions.cost.rateLimit)
    }
    const left = (count: number) => ({ limit: 5, burst: 5, remaining: count, resetMs: expect.any(Number) })
    expect(remaining).toEqual([left(9), left(5), left(1), left(0)])
  })

  it('of an unverified visitor contains the remaining mutations of its address if they are fewer', async () => {
    const { url } = await openGatewayWithoutProviders({ rateLimits })
    await ask(url, { query: repeatMutation(close, 4) }, asVisitor('one-token'))
    const answer = parseAnswer(await ask(url, { query, extensions }, asVisitor('other-token')))
    expect(answer).toMatchObject({ extensions: { cost: { rateLimit: { remaining: 6 } } } })
  })

  it('has no rate limit for a caller that is not limited', async () => {
    const { url } = await openGatewayWithoutProviders()
    const answer = parseAnswer(await ask(url, { query, extensions }))
    expect(answer).toMatchObject({ extensions: { cost: { rateLimit: null } } })
  })

  it('is present next to errors of fields', async () => {
    const { url } = await openGatewayWithoutProviders({ rateLimits })
    const answer = parseAnswer(
      await ask(url, { query: '{ viewer { role } node(id: "?") { id } }', extensions }),
    )
    expect(answer).toMatchObject({ errors: [{ path: ['node'] }], extensions: { cost: { depth: 2 } } })
  })

  it('contains the upstream calls', async () => {
    const context = {
      initialCaller: anonymousCaller,
      clientAddress: null,
      mutationLimits: { consume: async () => null, budget: async () => null },
      upstreamCalls: { spent: 3, limit: 20 },
    }
    const answer = await withCost(
      { data: {}, extensions: { other: 1 } },
      operationLimits,
      operationLimits,
      context,
    )
    expect(answer).toMatchObject({
      extensions: { other: 1, cost: { upstreamCalls: { spent: 3, limit: 20 } } },
    })
  })

  it('is not in the events of a subscription', async () => {
    const { url, token, roomId } = await openGatewayWithRoom()
    const socket = await connectAs(url, { visitorToken: token })
    const subscription = `subscription { messageAdded(roomId: "${roomId}") { text } }`
    socket.send({ type: 'subscribe', id: '1', payload: { query: subscription, extensions } })
    const send = `mutation { sendMessage(input: { roomId: "${roomId}", text: "hello" }) { __typename } }`
    socket.send({ type: 'subscribe', id: '2', payload: { query: send } })
    const messages = [await socket.next(), await socket.next(), await socket.next()]
    const payload = { data: { messageAdded: { text: 'hello' } } }
    expect(messages).toContainEqual({ type: 'next', id: '1', payload })
  })
})

interface Request {
  readonly query: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

function ask(url: string, body: Request, headers: Readonly<Record<string, string>> = {}) {
  return request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}
