import { expect, it } from 'vitest'
import type { LiveEventsSubscription } from '../../generated/graphql.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { Events } from '../documents.ts'
import { summarize } from '../event-summary.ts'
import {
  openRocketChatRoom,
  type RocketChatRoom,
  VISITOR_TOKEN,
  waitForSubscribers,
} from '../rocketchat-room.ts'
import { overWebSocket, type Stream } from '../transports.ts'

it('delivers a burst longer than a page completely and in order, in a room that was empty', async () => {
  const { setup, events } = await openSubscribedRoom()
  const ids = sendMany(setup, 180)
  expect(summarize(await events.take(180))).toEqual(ids.map((id) => `added ${id} burst`))
  await expectNothingElse(setup, events)
})

it('delivers a burst longer than a queue without a gap to a client that reads', async () => {
  const { setup, events } = await openSubscribedRoom()
  setup.rocketChat.workspace.visitorSends(setup.rid, 'before', { _id: 'before' })
  await events.take(1)
  const ids = sendMany(setup, 700)
  expect(summarize(await events.take(700))).toEqual(ids.map((id) => `added ${id} burst`))
  await expectNothingElse(setup, events)
})

it('delivers messages of one millisecond once each, even more than a page', async () => {
  const { setup, events } = await openSubscribedRoom()
  const ts = new Date()
  const ids = sendMany(setup, 120, ts)
  expect(summarize(await events.take(120))).toEqual(ids.map((id) => `added ${id} burst`))
  setup.rocketChat.workspace.visitorSends(setup.rid, 'late twin', { _id: 'a-twin', ts })
  expect(summarize(await events.take(1))).toEqual(['added a-twin late twin'])
  await expectNothingElse(setup, events)
})

it('delivers a message that is committed after later ones', async () => {
  const { setup, events } = await openSubscribedRoom()
  const { workspace } = setup.rocketChat
  workspace.visitorSends(setup.rid, 'one', { _id: 'm1' })
  workspace.visitorSends(setup.rid, 'two', { _id: 'm2' })
  await events.take(2)
  workspace.agentSends(setup.rid, 'late', { _id: 'm0', ts: new Date(Date.now() - 3_000) })
  expect(summarize(await events.take(1))).toEqual(['added m0 late'])
  await expectNothingElse(setup, events)
})

it('delivers the deletion of the newest message, and of the only one', async () => {
  const { setup, events } = await openSubscribedRoom()
  const { workspace } = setup.rocketChat
  workspace.visitorSends(setup.rid, 'one', { _id: 'm1' })
  workspace.visitorSends(setup.rid, 'two', { _id: 'm2' })
  await events.take(2)
  workspace.remove('m2')
  expect(summarize(await events.take(1))).toEqual(['deleted m2'])
  workspace.remove('m1')
  expect(summarize(await events.take(1))).toEqual(['deleted m1'])
  await expectNothingElse(setup, events)
})

it('does not guess a deletion at the start of the snapshot', async () => {
  const setup = await openRocketChatRoom()
  const { workspace } = setup.rocketChat
  const hourAgo = Date.now() - 3_600_000
  for (let index = 0; index < 120; index += 1) {
    workspace.visitorSends(setup.rid, 'old', { _id: `old-${1000 + index}`, ts: new Date(hourAgo + index) })
  }
  const events = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
  await waitForSubscribers(setup, 1)
  workspace.visitorSends(setup.rid, 'new', { _id: 'new-1' })
  expect(summarize(await events.take(1))).toEqual(['added new-1 new'])
  // The oldest known messages are deleted, but the new ones would have pushed them out of the page anyway.
  workspace.prune('old-1072')
  workspace.prune('old-1073')
  for (const id of ['new-2', 'new-3', 'new-4']) workspace.visitorSends(setup.rid, 'new', { _id: id })
  expect(summarize(await events.take(3))).toEqual(['added new-2 new', 'added new-3 new', 'added new-4 new'])
  workspace.remove('old-1110')
  expect(summarize(await events.take(1))).toEqual(['deleted old-1110'])
  await expectNothingElse(setup, events)
})

async function openSubscribedRoom() {
  const setup = await openRocketChatRoom()
  const events = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
  await waitForSubscribers(setup, 1)
  await waitUntil(() => setup.historyRequests() > 1)
  return { setup, events }
}

/** Sends messages between two polls; gives their ids in order. */
function sendMany({ rocketChat, rid }: RocketChatRoom, count: number, ts?: Date): string[] {
  const start = Date.now()
  return Array.from({ length: count }, (_, index) => {
    const _id = `burst-${1000 + index}`
    rocketChat.workspace.visitorSends(rid, 'burst', { _id, ts: ts ?? new Date(start + index) })
    return _id
  })
}

/** The next delivered event is the next change. */
async function expectNothingElse(
  setup: RocketChatRoom,
  events: Stream<LiveEventsSubscription>,
): Promise<void> {
  const ts = new Date(Date.now() + 1_000)
  setup.rocketChat.workspace.visitorSends(setup.rid, 'end', { _id: 'end', ts })
  expect(summarize(await events.take(1))).toEqual(['added end end'])
}
