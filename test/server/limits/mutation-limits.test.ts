import { isObjectType, isUnionType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../../../src/schema/index.ts'
import { openGatewayWithRoom } from '../../support/gateway-with-room.ts'
import { endpointUrl, parseAnswer, post, request } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import {
  asOperator,
  asVisitor,
  createTestGateway,
  OPERATOR_KEY,
  type TestGateway,
} from '../../support/test-gateway.ts'
import { everyMutation, repeatMutation } from './every-mutation.ts'

type Transport = 'HTTP' | 'a WebSocket'
const transports: readonly Transport[] = ['HTTP', 'a WebSocket']
const config = { rateLimits: { anonymous: 1, visitor: 2, operator: 3 }, trustedProxies: ['127.0.0.1'] }
const leave = {
  name: 'sendOfflineMessage',
  call: 'sendOfflineMessage(input: { provider: "rocketchat", name: "Ada", email: "ada@mail.test", text: "Hi" })',
}
const start = { name: 'startRoom', call: 'startRoom(input: { provider: "rocketchat", name: "Ada" })' }

describe('every mutation', () => {
  it('can return RateLimitedError', () => {
    const results = Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ type }) =>
      String(type).replace('!', ''),
    )
    expect(results.length).toBeGreaterThan(5)
    for (const name of results) {
      const result = schema.getType(name)
      const members = isUnionType(result) ? result.getTypes().filter(isObjectType) : []
      expect(members.map((member) => member.name)).toContain('RateLimitedError')
    }
  })

  it.for(everyMutation)('$name counts, each alias once', async (mutation) => {
    const rateLimits = { ...config.rateLimits, operator: 1 }
    const { url, rocketChat } = await createTestGateway({ config: { ...config, rateLimits } })
    const codes = await codesOf(url, repeatMutation(mutation, 4), asOperator)
    expect(codes.slice(0, 2)).not.toContain('RATE_LIMITED')
    expect(codes.slice(2)).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
    expect(rocketChat.calls.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(2)
  })
})

describe.each(transports)('over %s', (transport) => {
  it('one address without a credential sends at most its rate and burst, and no more goes upstream', async () => {
    const world = await createTestGateway({ config })
    world.rocketChat.workspace.createAgent({ name: 'Bea Agent' })
    const send = await openClient(world, transport, {})
    expect(await oneByOne(send, start, 2)).toMatchObject(each(2, { __typename: 'StartRoomPayload' }))
    const { calls } = world.rocketChat
    const before = calls.length
    const refused = { __typename: 'RateLimitedError', code: 'RATE_LIMITED', provider: null }
    const answers = [...(await oneByOne(send, start, 3)), ...(await oneByOne(send, leave, 3))]
    expect(answers).toMatchObject(each(6, refused))
    expect(answers).toMatchObject(each(6, { retryAfterMs: expect.toSatisfy((ms) => ms > 0 && ms <= 60_000) }))
    expect(answers).toMatchObject(
      each(6, { detail: expect.stringMatching(/limit on mutations from one address without a /) }),
    )
    expect(calls.length).toBe(before)
  })

  it('a message above the limit is not stored', async () => {
    const world = await createTestGateway({ config })
    const send = await openClient(world, transport, {})
    const outcomes = (await oneByOne(send, leave, 5)).map(({ __typename }) => __typename)
    expect(outcomes.filter((name) => name === 'SendOfflineMessagePayload')).toHaveLength(2)
    const query = '{ offlineMessages { totalCount nodes { id } } }'
    const reply = parseAnswer(await post(world.url, { query }, asOperator))
    expect(reply.data).toMatchObject({ offlineMessages: { nodes: [{}, {}] } })
  })

  it('an operator has its own limit, whatever its address', async () => {
    const world = await createTestGateway({ config })
    const send = await openClient(world, transport, { operator: true })
    expect(limitedIn(await send(repeatMutation(leave, 8)))).toBe(2)
    const elsewhere = await openClient(world, transport, { operator: true, address: '198.51.100.1' })
    expect(limitedIn(await elsewhere(repeatMutation(leave, 2)))).toBe(2)
  })

  it('a visitor has its own limit, and queries are never limited', async () => {
    const world = await openGatewayWithRoom({ config })
    const send = await openClient(world, transport, { visitor: world.token })
    const say = { name: 'sendMessage', call: `sendMessage(input: { roomId: "${world.roomId}", text: "Hi" })` }
    const results = await send(repeatMutation(say, 6))
    expect(results.map(({ __typename }) => __typename)).toEqual([
      ...Array<string>(4).fill('SendMessagePayload'),
      ...Array<string>(2).fill('RateLimitedError'),
    ])
    for (let again = 0; again < 10; again += 1)
      expect(await send('{ viewer { role } }')).toEqual([{ role: 'VISITOR' }])
  })

  it('invented visitor tokens count for their address', async () => {
    const world = await createTestGateway({ config })
    let limited = 0
    for (let token = 0; token < 10; token += 1) {
      const send = await openClient(world, transport, { visitor: `invented-token-${token}` })
      limited += limitedIn(await send(repeatMutation(leave, 1)))
    }
    expect(limited).toBe(6)
    const elsewhere = await openClient(world, transport, { visitor: 'invented', address: '198.51.100.1' })
    expect(limitedIn(await oneByOne(elsewhere, leave, 4))).toBe(0)
  })

  it('clients of a trusted proxy are counted separately', async () => {
    const world = await createTestGateway({ config })
    for (const address of ['198.51.100.1', '198.51.100.2', '2001:db8:0:1::1', '2001:db8:0:2::1']) {
      const send = await openClient(world, transport, { address })
      expect(limitedIn(await oneByOne(send, leave, 3))).toBe(1)
    }
    // The same /64 network as before.
    const neighbour = await openClient(world, transport, { address: '2001:db8:0:1::2' })
    expect(limitedIn(await neighbour(repeatMutation(leave, 1)))).toBe(1)
  })

  it('X-Forwarded-For of a client that is not a trusted proxy is ignored', async () => {
    const world = await createTestGateway({ config: { ...config, trustedProxies: [] } })
    const limited: number[] = []
    for (const address of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) {
      const send = await openClient(world, transport, { address })
      limited.push(limitedIn(await send(repeatMutation(leave, 1))))
    }
    expect(limited).toEqual([0, 0, 1])
  })

  it('0 is unlimited', async () => {
    const world = await createTestGateway({
      config: { rateLimits: { anonymous: 0, visitor: 0, operator: 0 } },
    })
    const [erase] = everyMutation.filter(({ name }) => name === 'eraseOfflineMessages')
    for (const client of [{}, { visitor: 'token' }, { operator: true }]) {
      const send = await openClient(world, transport, client)
      expect(limitedIn(await send(repeatMutation(erase ?? leave, 40)))).toBe(0)
    }
  })
})

it('signals are counted apart from writes: typing does not use up what a visitor may send', async () => {
  const world = await openGatewayWithRoom({ config })
  const send = await openClient(world, 'a WebSocket', { visitor: world.token })
  const type = { name: 'setTyping', call: `setTyping(input: { roomId: "${world.roomId}", typing: true })` }
  const say = { name: 'sendMessage', call: `sendMessage(input: { roomId: "${world.roomId}", text: "Hi" })` }
  expect(limitedIn(await send(repeatMutation(type, 8)))).toBe(4)
  expect(limitedIn(await send(repeatMutation(say, 6)))).toBe(2)
  expect(limitedIn(await send(repeatMutation(type, 2)))).toBe(2)
})

it('all transports share one count', async () => {
  const world = await createTestGateway({ config })
  const http = await openClient(world, 'HTTP', {})
  const socket = await openClient(world, 'a WebSocket', {})
  expect(limitedIn(await oneByOne(http, leave, 2))).toBe(0)
  expect(limitedIn(await oneByOne(socket, leave, 2))).toBe(2)
})

it('rejected mutations are counted in the metrics', async () => {
  const { url } = await createTestGateway({ config })
  for (let time = 0; time < 5; time += 1) await codesOf(url, repeatMutation(leave, 1))
  const { text } = await request(endpointUrl(url, '/metrics'))
  expect(text).toContain('switchboard_refused_requests_total{reason="rate_limit"} 3')
})

interface Client {
  readonly operator?: boolean
  readonly visitor?: string
  /** The value of X-Forwarded-For. */
  readonly address?: string
}

interface Result {
  readonly __typename?: string
  readonly code?: string
}

/** Opens a connection, and returns a function that sends an operation and resolves to the values of its fields. */
async function openClient({ url }: Pick<TestGateway, 'url'>, transport: Transport, client: Client) {
  const forwarded = client.address === undefined ? {} : { 'x-forwarded-for': client.address }
  if (transport === 'HTTP') {
    const credential = client.visitor === undefined ? {} : asVisitor(client.visitor)
    const headers = { ...forwarded, ...credential, ...(client.operator && asOperator) }
    return async (query: string) => resultsOf(parseAnswer(await post(url, { query }, headers)).data)
  }
  const credential = client.visitor === undefined ? {} : { visitorToken: client.visitor }
  const payload = { ...credential, ...(client.operator && { authorization: `Bearer ${OPERATOR_KEY}` }) }
  const socket = await connectAs(url, payload, { headers: forwarded })
  return async (query: string) => {
    socket.subscribe('1', { query })
    const message = await socket.next()
    await socket.next()
    return resultsOf(Object(message.payload).data)
  }
}

/** Sends a mutation several times: an operation may contain only one public write. */
async function oneByOne(
  send: (query: string) => Promise<readonly Result[]>,
  mutation: Parameters<typeof repeatMutation>[0],
  times: number,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let time = 0; time < times; time += 1) results.push(...(await send(repeatMutation(mutation, 1))))
  return results
}

function resultsOf(data: unknown): readonly Result[] {
  return Object.values<Result>(Object(data))
}

async function codesOf(url: string, query: string, headers = {}) {
  return resultsOf(parseAnswer(await post(url, { query }, headers)).data).map(({ code }) => code)
}

function limitedIn(results: readonly Result[]): number {
  return results.filter(({ code }) => code === 'RATE_LIMITED').length
}

function each<T>(count: number, value: T): T[] {
  return Array<T>(count).fill(value)
}
