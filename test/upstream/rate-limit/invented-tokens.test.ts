import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import { openSocketClient, sendOperation, waitUntil } from '../../support/graphql-client.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { asVisitor, createTestGateway, type TestGateway } from '../../support/test-gateway.ts'
import { Added, Page } from './documents.ts'

const HISTORY = 'GET /api/v1/livechat/messages.history/:rid'
const SUBSCRIPTIONS = 1_990
const ROOMS_PER_TOKEN = 5

const globalId = (roomId: string) => encodeId({ type: 'Room', provider: 'rocketchat', roomId })

/** Ends of subscriptions: one entry each, with the errors that it received. */
type Ends = unknown[]

/** Subscribes to each of these rooms with one invented token. */
function subscribeAll({ url }: TestGateway, token: string, rooms: readonly string[], ends: Ends): void {
  const client = openSocketClient(url, { visitorToken: token })
  for (const room of rooms) {
    const query = { query: Added.toString(), variables: { room: globalId(room) } }
    let receivedErrors: unknown = null
    client.subscribe(query, {
      next: ({ errors }) => {
        receivedErrors = errors
      },
      error: (error) => ends.push(error),
      complete: () => ends.push(receivedErrors),
    })
  }
}

const isLimited = (error: unknown) => JSON.stringify(error).includes('RATE_LIMITED')

describe('1 990 subscriptions with invented tokens, five per token, at a rate-limited Rocket.Chat', () => {
  it.each([
    ['a visitor who was there before', true],
    ['a visitor whose token is new to the gateway', false],
  ])('do not delay %s', async (_who, isKnown) => {
    // Ten requests a minute would take an hour: the test allows ten a second.
    const limits = { [HISTORY]: { calls: 10, windowMs: 1_000 } }
    const testGateway = await createTestGateway({ rocketChat: { limits, limiter: true } })
    const { url, rocketChat } = testGateway
    const { workspace } = rocketChat
    workspace.createAgent({ username: 'agent', name: 'Agent' })
    workspace.createVisitor({ token: 'honest' })
    const { _id: rid } = workspace.openRoom({ token: 'honest' })
    if (isKnown) await sendOperation(url, Page, { rid }, asVisitor('honest'))

    const ends: Ends = []
    for (let token = 0; token < SUBSCRIPTIONS / ROOMS_PER_TOKEN; token += 1) {
      const rooms = Array.from({ length: ROOMS_PER_TOKEN }, (_, room) => `room-${token}-${room}`)
      subscribeAll(testGateway, `invented-${token}`, rooms, ends)
    }
    await waitUntil(() => testGateway.gateway.liveCounts().subscribers + ends.length >= SUBSCRIPTIONS)

    const heard: unknown[] = []
    const query = { query: Added.toString(), variables: { room: globalId(rid) } }
    const before = rocketChat.counts()[HISTORY] ?? 0
    openSocketClient(url, { visitorToken: 'honest' }).subscribe(query, {
      next: ({ data, errors }) => heard.push(errors ?? data),
      error: (error) => heard.push(error),
      complete: () => heard.push('complete'),
    })
    const isRead = () =>
      rocketChat.calls.some(
        ({ route, rawQuery }) => HISTORY.endsWith(route) && rawQuery.includes('token=honest'),
      )
    await waitUntil(isRead)
    // Three windows: behind all the others it would wait for two hundred.
    expect((rocketChat.counts()[HISTORY] ?? 0) - before).toBeLessThanOrEqual(30)
    await waitUntil(() => testGateway.gateway.liveCounts().subscribers + ends.length > SUBSCRIPTIONS)
    workspace.visitorSends(rid, 'Is anybody there?')
    await waitUntil(() => heard.length > 0)
    expect(heard).toEqual([{ messageAdded: { text: 'Is anybody there?' } }])
    expect(rocketChat.calls.filter(({ status }) => status === 429)).toEqual([])
    expect(ends.filter(isLimited)).toEqual([])
  })
})

describe('an invented token', () => {
  it('costs one request, whatever the number of subscriptions with it, and only five are queued', async () => {
    const testGateway = await createTestGateway()
    testGateway.rocketChat.injectFault({ kind: 'slow', ms: 200, times: 1 })
    const ends: Ends = []
    const rooms = Array.from({ length: 50 }, (_, room) => `room-${room}`)
    subscribeAll(testGateway, 'invented', rooms, ends)
    await waitUntil(() => ends.length === 50)
    expect(ends.filter(isLimited)).toHaveLength(45)
    expect(JSON.stringify(ends)).toContain('can wait for 5 rooms at a time')
    expect(testGateway.rocketChat.counts()).toEqual({ [HISTORY]: 1 })
  })

  it('that was rejected is rejected again without a request, with the same error', async () => {
    const { url, rocketChat } = await createTestGateway()
    const query = `{ room(id: "${globalId('r')}") { messages(last: 1) { nodes { text } } } }`
    const first = parseAnswer(await post(url, { query }, asVisitor('invented')))
    const calls = rocketChat.calls.length
    expect(calls).toBeGreaterThan(0)
    expect(first.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(parseAnswer(await post(url, { query }, asVisitor('invented')))).toEqual(first)
    expect(rocketChat.calls).toHaveLength(calls)
  })

  it('is not assumed for a token that startRoom returned', async () => {
    const { url, rocketChat } = await createTestGateway()
    rocketChat.workspace.createAgent({ username: 'agent', name: 'Agent' })
    const start = 'mutation { startRoom(input: { provider: "rocketchat", name: "Ada", text: "Hi" }) {'
    const payload = '... on StartRoomPayload { visitorToken room { id messages { nodes { text } } } } } }'
    const { data, errors } = parseAnswer(await post(url, { query: `${start} ${payload}` }))
    expect(errors).toBeUndefined()
    const { visitorToken, room } = Object(data).startRoom
    expect(room.messages.nodes).toContainEqual({ text: 'Hi' })
    const query = `{ room(id: "${room.id}") { messages { nodes { text } } } }`
    const again = parseAnswer(await post(url, { query }, asVisitor(visitorToken)))
    expect(Object(again.data).room.messages.nodes).toContainEqual({ text: 'Hi' })
  })
})
