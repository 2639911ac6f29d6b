import { describe, expect, it } from 'vitest'
import { waitUntil } from '../support/graphql-client.ts'
import { Events } from './documents.ts'
import { summarize } from './event-summary.ts'
import {
  HISTORY_ROUTE,
  openRocketChatRoom,
  readEndCursor,
  sendAsVisitor,
  VISITOR_TOKEN,
  waitForSubscribers,
} from './rocketchat-room.ts'
import { overWebSocket, transports } from './transports.ts'

describe.each(transports)('a subscription without a cursor over $name', ({ subscribe }) => {
  it('does not tell what was there before it', async () => {
    const scene = await openRocketChatRoom()
    const { workspace } = scene.rocketChat
    workspace.visitorSends(scene.rid, 'old', { _id: 'm1', ts: new Date(Date.now() - 1) })
    const events = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
    await waitForSubscribers(scene, 1)
    workspace.visitorSends(scene.rid, 'new', { _id: 'm2' })
    expect(summarize(await events.take(1))).toEqual(['added m2 new'])
  })

  it('tells what is sent and edited before the provider first answers it', async () => {
    const scene = await openRocketChatRoom()
    const { workspace } = scene.rocketChat
    workspace.visitorSends(scene.rid, 'old', { _id: 'm1', ts: new Date(Date.now() - 60_000) })
    scene.rocketChat.injectFault({ kind: 'slow', ms: 150, route: HISTORY_ROUTE, times: 1 })
    const events = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
    await waitUntil(() => scene.historyCalls() === 1)
    workspace.visitorSends(scene.rid, 'new', { _id: 'm2' })
    workspace.edit('m1', 'old, edited')
    expect(summarize(await events.take(2)).sort()).toEqual(['added m2 new', 'updated m1 old, edited'])
  })
})

it('does not tell a later subscriber what the poller has not read yet', async () => {
  const scene = await openRocketChatRoom({ config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 } })
  const { workspace } = scene.rocketChat
  const after = await readEndCursor(scene)
  const first = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
  const read = await sendAsVisitor(scene, 'read')
  expect(summarize(await first.take(1))).toEqual([`added ${read} read`])
  workspace.visitorSends(scene.rid, 'unread', { _id: 'm1' })
  await waitUntil(() => Date.now() > (workspace.message('m1')?.ts.getTime() ?? 0))
  const second = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
  await waitForSubscribers(scene, 2)
  const sent = await sendAsVisitor(scene, 'new')
  expect(summarize(await first.take(2))).toEqual(['added m1 unread', `added ${sent} new`])
  expect(summarize(await second.take(1))).toEqual([`added ${sent} new`])
})
