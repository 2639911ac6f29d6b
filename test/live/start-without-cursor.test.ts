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
  it('does not deliver earlier messages', async () => {
    const setup = await openRocketChatRoom()
    const { workspace } = setup.rocketChat
    workspace.visitorSends(setup.rid, 'old', { _id: 'm1', ts: new Date(Date.now() - 1) })
    const events = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
    await waitForSubscribers(setup, 1)
    workspace.visitorSends(setup.rid, 'new', { _id: 'm2' })
    expect(summarize(await events.take(1))).toEqual(['added m2 new'])
  })

  it('delivers what is sent and edited before the provider’s first response', async () => {
    const setup = await openRocketChatRoom()
    const { workspace } = setup.rocketChat
    workspace.visitorSends(setup.rid, 'old', { _id: 'm1', ts: new Date(Date.now() - 60_000) })
    setup.rocketChat.injectFault({ kind: 'slow', ms: 150, route: HISTORY_ROUTE, times: 1 })
    const events = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
    await waitUntil(() => setup.historyRequests() === 1)
    workspace.visitorSends(setup.rid, 'new', { _id: 'm2' })
    workspace.edit('m1', 'old, edited')
    expect(summarize(await events.take(2)).sort()).toEqual(['added m2 new', 'updated m1 old, edited'])
  })
})

it('does not deliver to a later subscriber what the poller had not read yet', async () => {
  const setup = await openRocketChatRoom({ config: { pollIntervalMs: 60_000, pollIdleIntervalMs: 60_000 } })
  const { workspace } = setup.rocketChat
  const after = await readEndCursor(setup)
  const first = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
  const read = await sendAsVisitor(setup, 'read')
  expect(summarize(await first.take(1))).toEqual([`added ${read} read`])
  workspace.visitorSends(setup.rid, 'unread', { _id: 'm1' })
  await waitUntil(() => Date.now() > (workspace.message('m1')?.ts.getTime() ?? 0))
  const second = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
  await waitForSubscribers(setup, 2)
  const sent = await sendAsVisitor(setup, 'new')
  expect(summarize(await first.take(2))).toEqual(['added m1 unread', `added ${sent} new`])
  expect(summarize(await second.take(1))).toEqual([`added ${sent} new`])
})
