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

const troubles: readonly Fault[] = [
  { kind: 'answer', status: 500, body: { success: false, error: 'Internal server error' } },
  { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' },
  { kind: 'answer', status: 200, body: '<html>Maintenance</html>' },
  { kind: 'reset' },
  { kind: 'half-body' },
  { kind: 'stall' },
]

describe.each(troubles)('when the provider fails ($kind $status)', (trouble) => {
  it('the stream goes on, and loses nothing', async () => {
    const scene = await openRocketChatRoom({ config: { upstreamTimeoutMs: 1_000 } })
    const { workspace } = scene.rocketChat
    const events = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
    await waitForSubscribers(scene, 1)
    workspace.visitorSends(scene.rid, 'before', { _id: 'm0' })
    expect(summarize(await events.take(1))).toEqual(['added m0 before'])
    const recover = scene.rocketChat.injectFault({ ...trouble, route: HISTORY_ROUTE })
    const before = scene.historyCalls()
    const ids = Array.from({ length: 80 }, (_, index) => `m${100 + index}`)
    for (const _id of ids) workspace.visitorSends(scene.rid, 'meanwhile', { _id })
    await waitUntil(() => scene.historyCalls() > before + 1)
    recover()
    expect(summarize(await events.take(80)).sort()).toEqual(ids.map((id) => `added ${id} meanwhile`))
    expect(scene.gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 1 })
  })
})

describe('when the provider limits the rate of calls', () => {
  it('it is left alone for as long as it says, and then nothing is missing', async () => {
    const scene = await openRocketChatRoom()
    const events = await watchAfter(scene, await readEndCursor(scene))
    const answers = () => scene.rocketChat.calls.filter(({ route }) => route === HISTORY_ROUTE).map(statusOf)
    scene.rocketChat.injectFault(limited(2))
    await waitUntil(() => answers().includes(429))
    const calls = scene.historyCalls()
    // Each of these would be a reason to look now.
    const ids = [await sendAsVisitor(scene, 'one'), await sendAsVisitor(scene, 'two')]
    expect(scene.historyCalls()).toBe(calls)
    expect(summarize(await events.take(2))).toEqual([`added ${ids[0]} one`, `added ${ids[1]} two`])
    expect(answers().filter((status) => status === 429)).toHaveLength(1)
  })

  it('who needs a call of their own waits for it, and is let in when the provider hears again', async () => {
    const scene = await openRocketChatRoom()
    addRoom(scene, 'other-token')
    await watchAfter(scene, await readEndCursor(scene))
    const recover = scene.rocketChat.injectFault({ ...limited(1), times: 2 })
    await waitUntil(() => scene.rocketChat.calls.some(({ status }) => status === 429))
    const calls = scene.historyCalls()
    const stranger = overWebSocket.subscribe(scene.url, 'other-token', Events, { room: scene.room })
    await waitForSubscribers(scene, 2)
    overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
    await waitForSubscribers(scene, 3)
    expect(scene.historyCalls()).toBe(calls)
    recover()
    // The stranger is not the room's visitor, which only the provider can tell.
    expect(summarize(await stranger.rest())).toEqual(['failed NOT_FOUND'])
    expect(scene.gateway.liveCounts().subscribers).toBe(2)
  })

  it('who leaves while waiting is gone at once, and nothing is asked for them', async () => {
    const scene = await openRocketChatRoom()
    await watchAfter(scene, await readEndCursor(scene))
    scene.rocketChat.injectFault(limited(600))
    await waitUntil(() => scene.rocketChat.calls.some(({ status }) => status === 429))
    const calls = scene.historyCalls()
    const stranger = overWebSocket.subscribe(scene.url, 'other-token', Events, { room: scene.room })
    await waitForSubscribers(scene, 2)
    await stranger.stop()
    await waitForSubscribers(scene, 1)
    expect(scene.historyCalls()).toBe(calls)
  })
})

describe.each(transports)('a subscription whose first call fails over $name', ({ subscribe }) => {
  it('is refused with the reason, and leaves nothing behind', async () => {
    const scene = await openRocketChatRoom()
    scene.rocketChat.injectFault({ kind: 'answer', status: 500, body: {}, route: HISTORY_ROUTE })
    const events = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
    expect(summarize(await events.rest())).toEqual(['failed PROVIDER_UNAVAILABLE'])
    expect(scene.gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
  })
})

/** A subscription that has been let in. */
async function watchAfter(scene: RocketChatRoom, after: string) {
  const events = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
  const id = await sendAsVisitor(scene, 'hello')
  expect(summarize(await events.take(1))).toEqual([`added ${id} hello`])
  return events
}

function limited(seconds: number): Fault {
  const error = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`
  return { kind: 'answer', status: 429, body: { success: false, error }, route: HISTORY_ROUTE, times: 1 }
}

function statusOf({ status }: { readonly status: number | null }): number | null {
  return status
}
