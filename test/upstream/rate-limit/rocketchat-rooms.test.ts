import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import { fetchData, openSocketClient, sendOperation, waitUntil } from '../../support/graphql-client.ts'
import { asVisitor, createTestGateway, type TestGateway } from '../../support/test-gateway.ts'
import { Added, Page, Send } from './documents.ts'

const HISTORY = '/api/v1/livechat/messages.history/:rid'
const SEND = '/api/v1/livechat/message'
const VISITORS = 10
const ROOMS_EACH = 50
const ROOMS = VISITORS * ROOMS_EACH

describe('five hundred subscribed rooms of a rate-limited Rocket.Chat', () => {
  it('are polled in turn and never rate-limited, while interactive requests go first', async () => {
    // Ten requests a minute would take an hour: the test allows a hundred a second.
    const limits = {
      [`GET ${HISTORY}`]: { calls: 100, windowMs: 1_000 },
      'GET /api/v1/livechat/room': { calls: 100, windowMs: 60_000 },
    }
    const testGateway = await createTestGateway({
      rocketChat: { limits },
      config: { upstreamTimeoutMs: 120_000 },
    })
    const { rocketChat, gateway } = testGateway
    const open = await subscribeToAll(testGateway)
    await waitUntil(() => gateway.liveCounts().subscribers === ROOMS)
    for (const { token, rid } of open.slice(8, 9)) {
      // The one-time cost of a first operation is not measured.
      await sendOperation(testGateway.url, Send, { room: globalId(rid), text: 'Hello?' }, asVisitor(token))
      await sendOperation(testGateway.url, Page, { rid }, asVisitor(token))
    }
    rocketChat.settings.API_Enable_Rate_Limiter = true
    rocketChat.clearCalls()
    const polls = () => rocketChat.calls.filter(({ route }) => route === HISTORY)
    await waitUntil(() => polls().length >= 100)
    // Requests sent before the limit was known were not queued.
    const unlimited = polls().length

    const passedBy: number[] = []
    for (const { token, rid } of open.slice(0, 8)) {
      const [before, sent] = [polls().length, rocketChat.counts()[`POST ${SEND}`] ?? 0]
      const sending = fetchData(
        testGateway.url,
        Send,
        { room: globalId(rid), text: 'Hello?' },
        asVisitor(token),
      )
      await waitUntil(() => (rocketChat.counts()[`POST ${SEND}`] ?? 0) > sent)
      passedBy.push(polls().length - before)
      expect(await sending).toMatchObject({ sendMessage: { __typename: 'SendMessagePayload' } })
      const { data, errors } = await sendOperation(testGateway.url, Page, { rid }, asVisitor(token))
      expect(errors).toBeUndefined()
      expect(data?.roomByNativeId?.messages.nodes.at(-1)?.text).toBe('Hello?')
    }
    // Hundreds of polls are queued all the time: behind them, as many would be sent first. Those of one window may be under way.
    expect(Math.max(...passedBy)).toBeLessThan(ROOMS / 2)

    await waitUntil(() => polls().length >= unlimited + 1.5 * ROOMS)
    expect(rocketChat.calls.filter(({ status }) => status === 429)).toEqual([])
    const turns = polls()
      .slice(unlimited)
      .filter(({ rawQuery }) => !isPage(rawQuery))
    expect(turnsApart(turns.map(({ path }) => path))).toBeLessThanOrEqual(2)
    expect(new Set(turns.map(({ path }) => path)).size).toBe(ROOMS)
  })
})

/** Creates rooms for visitors and subscribes to each; the last room of each visitor is open. */
function subscribeToAll({
  url,
  rocketChat: { workspace },
}: TestGateway): Promise<{ token: string; rid: string }[]> {
  workspace.createAgent({ username: 'agent', name: 'Agent' })
  const visitors = Array.from({ length: VISITORS }, async (_visitor, visitor) => {
    const token = `visitor-${visitor}`
    workspace.createVisitor({ token })
    let rid = workspace.openRoom({ token })._id
    // An unverified token may not have so many queued subscriptions.
    await sendOperation(url, Page, { rid }, asVisitor(token))
    const client = openSocketClient(url, { visitorToken: token })
    for (let room = 0; room < ROOMS_EACH; room += 1) {
      if (room > 0) {
        workspace.closeRoom(rid)
        rid = workspace.openRoom({ token })._id
      }
      const query = { query: Added.toString(), variables: { room: globalId(rid) } }
      client.subscribe(query, { next() {}, error() {}, complete() {} })
    }
    return { token, rid }
  })
  return Promise.all(visitors)
}

function globalId(rid: string): string {
  return encodeId({ type: 'Room', provider: 'rocketchat', roomId: rid })
}

/** Whether a request comes from the page's query, not from a poll. */
function isPage(rawQuery: string): boolean {
  return new URLSearchParams(rawQuery).get('limit') === '8'
}

/** The maximum number of turns by which one room is ahead of another. */
function turnsApart(rooms: readonly string[]): number {
  const turns = new Map<string, number>()
  let most = 0
  for (const room of rooms) {
    turns.set(room, (turns.get(room) ?? 0) + 1)
    const least = turns.size < ROOMS ? 0 : Math.min(...turns.values())
    most = Math.max(most, (turns.get(room) ?? 0) - least)
  }
  return most
}
