import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import { openLiveChatGateway } from '../../providers/livechat/support/livechat-gateway.ts'
import { fetchData, waitUntil } from '../../support/graphql-client.ts'
import { type Operation, parseAnswer, post } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asOperator, asVisitor, createTestGateway, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Page } from './documents.ts'

const INVENTED = 'dal:invented-token'
/** More requests than a visitor's operation may cost. */
const EVENTS = 205
const transports = ['HTTP', 'a WebSocket'] as const

const roomId = (provider: string, room: string) => encodeId({ type: 'Room', provider, roomId: room })
const each = (count: number, field: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field(index)}`).join(' ')
/** Aliases of `nodes`, each with a hundred different ids. */
function nodes(aliases: number): Operation {
  const names = Array.from({ length: aliases }, (_, alias) => `ids${alias}`)
  const idsOf = (name: string) =>
    Array.from({ length: 100 }, (_, index) => roomId('livechat', `${name}-${index}`))
  return {
    query: `query(${names.map((name) => `$${name}: [ID!]!`)}) {
      ${names.map((name) => `${name}: nodes(ids: $${name}) { id }`).join(' ')}
    }`,
    variables: Object.fromEntries(names.map((name) => [name, idsOf(name)])),
  }
}
const startRoom = (times: number, provider = 'rocketchat') =>
  `mutation { ${each(times, () => `startRoom(input: { provider: "${provider}" }) { __typename }`)} }`

/** The result of an operation, with credentials in the form of a socket's. */
async function execute(url: string, transport: (typeof transports)[number], operation: Operation, as = {}) {
  const { authorization, visitorToken }: { authorization?: string; visitorToken?: string } = as
  if (transport === 'HTTP') {
    const headers = visitorToken === undefined ? {} : asVisitor(visitorToken)
    return parseAnswer(await post(url, operation, { ...headers, ...(authorization && { authorization }) }))
  }
  const socket = await connectAs(url, as)
  socket.subscribe('1', operation)
  const { type, payload } = await socket.next()
  return type === 'error' ? { errors: payload } : Object(payload)
}

const operator = { authorization: `Bearer ${OPERATOR_KEY}` }

describe.each(transports)('over %s, before any request is sent', (transport) => {
  it.each([
    ['an invented token', { visitorToken: INVENTED }, 15, 1_500, '20 that a visitor token that no provider'],
    ['anonymous callers', {}, 1, 100, '20 that callers without a credential'],
    ['an operator', operator, 21, 2_100, '2000 that an operator'],
  ] as const)('ids beyond the allowance of %s are rejected', async (_who, as, aliases, calls, bound) => {
    const { url, liveChat } = await openLiveChatGateway()
    const { errors } = await execute(url, transport, nodes(aliases), as)
    expect(errors).toHaveLength(1)
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(`may need ${calls} upstream calls, more than the ${bound}`),
        extensions: { code: 'OPERATION_TOO_COMPLEX' },
      },
    ])
    expect(liveChat.calls).toEqual([])
  })

  it('ids in variables and fragments are counted, too, and equal ones once', async () => {
    const { url, liveChat } = await openLiveChatGateway()
    const ids = Array.from({ length: 30 }, (_, index) => roomId('livechat', `r${index}`))
    const query =
      'query($ids: [ID!]!) { ...F ...F } fragment F on Query { ... on Query { nodes(ids: $ids) { id } } }'
    const rejected = await execute(url, transport, { query, variables: { ids } }, { visitorToken: INVENTED })
    expect(rejected.errors).toMatchObject([
      { message: expect.stringContaining('may need 30 upstream calls') },
    ])
    expect(liveChat.calls).toEqual([])
    const few = { query: `{ ${each(15, () => `node(id: "${ids[0]}") { id }`)} }` }
    const { errors } = await execute(url, transport, few, { visitorToken: INVENTED })
    expect(JSON.stringify(errors)).not.toContain('OPERATION_TOO_COMPLEX')
    expect(liveChat.calls).toHaveLength(1)
  })

  it.each([
    ['anonymous callers', {}],
    ['an invented token', { visitorToken: 'invented' }],
  ])('neither fifty rooms nor two are started for %s', async (_who, as) => {
    const { url, rocketChat } = await createTestGateway()
    for (const [times, reason] of [
      [50, /may need 200 upstream calls, more than the 20/],
      [2, /2 of startRoom, sendOfflineMessage and renewVisitor, more than the 1 of/],
    ] as const) {
      const { errors } = await execute(url, transport, { query: startRoom(times) }, as)
      const message = expect.stringMatching(reason)
      expect(errors).toMatchObject([{ message, extensions: { code: 'OPERATION_TOO_COMPLEX' } }])
    }
    expect(rocketChat.calls).toEqual([])
  })

  it('an operator may start several rooms at once', async () => {
    const { url, rocketChat } = await createTestGateway()
    rocketChat.workspace.createAgent({ username: 'agent', name: 'Agent' })
    const { data } = await execute(url, transport, { query: startRoom(3) }, operator)
    expect(Object.values(Object(data))).toEqual(Array(3).fill({ __typename: 'StartRoomPayload' }))
  })
})

describe('the cost of a running operation', () => {
  it('is bounded: a hundred closed rooms of a visitor with their messages cost 200 requests, then an error', async () => {
    const { url, rocketChat } = await createTestGateway()
    const { workspace } = rocketChat
    workspace.createAgent({ username: 'agent', name: 'Agent' })
    workspace.createVisitor({ token: 'vera' })
    const rooms = Array.from({ length: 100 }, () => {
      const { _id: rid } = workspace.openRoom({ token: 'vera' })
      workspace.closeRoom(rid)
      return rid
    })
    await fetchData(url, Page, { rid: rooms[0] ?? '' }, asVisitor('vera'))
    rocketChat.clearCalls()
    const ids = rooms.map((rid) => roomId('rocketchat', rid))
    const query =
      'query($ids: [ID!]!) { nodes(ids: $ids) { ... on Room { status messages(last: 3) { nodes { id } } } } }'
    const operation = { query, variables: { ids }, extensions: { cost: true } }
    const { data, errors = [], ...rest } = parseAnswer(await post(url, operation, asVisitor('vera')))
    // Each costs two requests for the room and one for its messages.
    expect(rocketChat.calls).toHaveLength(200)
    expect(rest).toMatchObject({ extensions: { cost: { upstreamCalls: { spent: 200, limit: 200 } } } })
    expect(errors).toContainEqual(
      expect.objectContaining({
        message:
          'This operation needs more than 200 upstream calls, the most for a visitor; ask for less at a time.',
        extensions: { code: 'RATE_LIMITED' },
      }),
    )
    expect(data).not.toBeNull()
  })

  it('is paid once by simultaneous operations with the same reads, and cached reads cost nothing', async () => {
    const { url, liveChat } = await openLiveChatGateway()
    liveChat.injectFault({ kind: 'slow', ms: 200, times: 1 })
    const operation = { query: '{ providers { departments { id } } }', extensions: { cost: true } }
    const spent = async () => {
      const { extensions } = JSON.parse((await post(url, operation, asOperator)).text)
      return extensions.cost.upstreamCalls.spent
    }
    const costs = await Promise.all([spent(), spent(), spent()])
    expect(costs.toSorted()).toEqual([0, 0, 1])
    expect(await spent()).toBe(0)
    expect(liveChat.calls).toHaveLength(1)
  })

  it('is counted per event of a subscription', async () => {
    const { url, rocketChat, gateway } = await createTestGateway()
    const { workspace } = rocketChat
    workspace.createAgent({ username: 'agent', name: 'Agent' })
    workspace.createVisitor({ token: 'vera' })
    const { _id: rid } = workspace.openRoom({ token: 'vera' })
    const socket = await connectAs(url, { visitorToken: 'vera' })
    const query = 'subscription($room: ID!) { messageAdded(roomId: $room) { text room { status } } }'
    socket.subscribe('1', { query, variables: { room: roomId('rocketchat', rid) } })
    await waitUntil(() => gateway.liveCounts().subscribers === 1)
    for (let event = 0; event < EVENTS; event += 1) workspace.visitorSends(rid, `${event}`)
    for (let event = 0; event < EVENTS; event += 1) {
      const { payload } = await socket.next()
      const messageAdded = { text: expect.any(String), room: { status: 'OPEN' } }
      expect(payload).toEqual({ data: { messageAdded } })
    }
  })
})
