import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../sandbox/faults.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { Events } from '../documents.ts'
import { summarize } from '../event-summary.ts'
import {
  addRoom,
  HISTORY_ROUTE,
  openRocketChatRoom,
  type RocketChatRoom,
  readEndCursor,
  sendAsVisitor,
  VISITOR_TOKEN,
  waitForSubscribers,
} from '../rocketchat-room.ts'
import { overWebSocket, transports } from '../transports.ts'

const failures: readonly Fault[] = [
  { kind: 'answer', status: 500, body: { success: false, error: 'Internal server error' } },
  { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' },
  { kind: 'answer', status: 200, body: '<html>Maintenance</html>' },
  { kind: 'reset' },
  { kind: 'half-body' },
  { kind: 'stall' },
]

describe.each(failures)('when the provider fails ($kind $status)', (failure) => {
  it('the stream continues without losing events', async () => {
    const setup = await openRocketChatRoom({ config: { upstreamTimeoutMs: 1_000 } })
    const { workspace } = setup.rocketChat
    const events = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
    await waitForSubscribers(setup, 1)
    workspace.visitorSends(setup.rid, 'before', { _id: 'm0' })
    expect(summarize(await events.take(1))).toEqual(['added m0 before'])
    const recover = setup.rocketChat.injectFault({ ...failure, route: HISTORY_ROUTE })
    const before = setup.historyRequests()
    const ids = Array.from({ length: 80 }, (_, index) => `m${100 + index}`)
    for (const _id of ids) workspace.visitorSends(setup.rid, 'meanwhile', { _id })
    await waitUntil(() => setup.historyRequests() > before + 1)
    recover()
    expect(summarize(await events.take(80)).sort()).toEqual(ids.map((id) => `added ${id} meanwhile`))
    expect(setup.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 1 })
  })
})

describe('when the provider returns rate-limit responses', () => {
  it('it receives no request within its retry time, and no event is lost', async () => {
    const setup = await openRocketChatRoom()
    const events = await startSubscription(setup, await readEndCursor(setup))
    const responses = () =>
      setup.rocketChat.calls.filter(({ route }) => route === HISTORY_ROUTE).map(statusOf)
    setup.rocketChat.injectFault(rateLimitResponse(2))
    await waitUntil(() => responses().includes(429))
    const calls = setup.historyRequests()
    // Each of these would trigger a poll.
    const ids = [await sendAsVisitor(setup, 'one'), await sendAsVisitor(setup, 'two')]
    expect(setup.historyRequests()).toBe(calls)
    expect(summarize(await events.take(2))).toEqual([`added ${ids[0]} one`, `added ${ids[1]} two`])
    expect(responses().filter((status) => status === 429)).toHaveLength(1)
  })

  it('a subscriber that needs a request of its own waits, and is accepted when the provider accepts requests again', async () => {
    const setup = await openRocketChatRoom()
    addRoom(setup, 'other-token')
    await startSubscription(setup, await readEndCursor(setup))
    const recover = setup.rocketChat.injectFault({ ...rateLimitResponse(1), times: 2 })
    await waitUntil(() => setup.rocketChat.calls.some(({ status }) => status === 429))
    const calls = setup.historyRequests()
    const unauthorized = overWebSocket.subscribe(setup.url, 'other-token', Events, { room: setup.room })
    await waitForSubscribers(setup, 2)
    overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
    await waitForSubscribers(setup, 3)
    expect(setup.historyRequests()).toBe(calls)
    recover()
    // Only the provider knows that this token is not the room's visitor.
    expect(summarize(await unauthorized.rest())).toEqual(['failed NOT_FOUND'])
    expect(setup.gateway.liveCounts().subscribers).toBe(2)
  })

  it('a subscriber that leaves while waiting is removed immediately, without a request', async () => {
    const setup = await openRocketChatRoom()
    await startSubscription(setup, await readEndCursor(setup))
    setup.rocketChat.injectFault(rateLimitResponse(600))
    await waitUntil(() => setup.rocketChat.calls.some(({ status }) => status === 429))
    const calls = setup.historyRequests()
    const unauthorized = overWebSocket.subscribe(setup.url, 'other-token', Events, { room: setup.room })
    await waitForSubscribers(setup, 2)
    await unauthorized.stop()
    await waitForSubscribers(setup, 1)
    expect(setup.historyRequests()).toBe(calls)
  })
})

describe.each(transports)('a subscription whose first request fails over $name', ({ subscribe }) => {
  it('is rejected with the reason, and leaves no poller', async () => {
    const setup = await openRocketChatRoom()
    setup.rocketChat.injectFault({ kind: 'answer', status: 500, body: {}, route: HISTORY_ROUTE })
    const events = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
    expect(summarize(await events.rest())).toEqual(['failed PROVIDER_UNAVAILABLE'])
    expect(setup.gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
  })
})

/** A subscription that has started. */
async function startSubscription(setup: RocketChatRoom, after: string) {
  const events = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
  const id = await sendAsVisitor(setup, 'hello')
  expect(summarize(await events.take(1))).toEqual([`added ${id} hello`])
  return events
}

function rateLimitResponse(seconds: number): Fault {
  const error = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`
  return { kind: 'answer', status: 429, body: { success: false, error }, route: HISTORY_ROUTE, times: 1 }
}

function statusOf({ status }: { readonly status: number | null }): number | null {
  return status
}
