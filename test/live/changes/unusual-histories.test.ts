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

it('tells a burst that is longer than a page, whole and in order, in a room that was empty', async () => {
  const { scene, events } = await watchedScene()
  const ids = sendMany(scene, 180)
  expect(summarize(await events.take(180))).toEqual(ids.map((id) => `added ${id} burst`))
  await nothingMore(scene, events)
})

it('tells a burst that is longer than a queue, to whoever reads it, without a gap', async () => {
  const { scene, events } = await watchedScene()
  scene.rocketChat.workspace.visitorSends(scene.rid, 'before', { _id: 'before' })
  await events.take(1)
  const ids = sendMany(scene, 700)
  expect(summarize(await events.take(700))).toEqual(ids.map((id) => `added ${id} burst`))
  await nothingMore(scene, events)
})

it('tells messages of one millisecond, even more of them than a page holds, each once', async () => {
  const { scene, events } = await watchedScene()
  const ts = new Date()
  const ids = sendMany(scene, 120, ts)
  expect(summarize(await events.take(120))).toEqual(ids.map((id) => `added ${id} burst`))
  scene.rocketChat.workspace.visitorSends(scene.rid, 'late twin', { _id: 'a-twin', ts })
  expect(summarize(await events.take(1))).toEqual(['added a-twin late twin'])
  await nothingMore(scene, events)
})

it('tells a message that is committed behind later ones', async () => {
  const { scene, events } = await watchedScene()
  const { workspace } = scene.rocketChat
  workspace.visitorSends(scene.rid, 'one', { _id: 'm1' })
  workspace.visitorSends(scene.rid, 'two', { _id: 'm2' })
  await events.take(2)
  workspace.agentSends(scene.rid, 'late', { _id: 'm0', ts: new Date(Date.now() - 3_000) })
  expect(summarize(await events.take(1))).toEqual(['added m0 late'])
  await nothingMore(scene, events)
})

it('tells when the newest message is deleted, and when the last one is', async () => {
  const { scene, events } = await watchedScene()
  const { workspace } = scene.rocketChat
  workspace.visitorSends(scene.rid, 'one', { _id: 'm1' })
  workspace.visitorSends(scene.rid, 'two', { _id: 'm2' })
  await events.take(2)
  workspace.remove('m2')
  expect(summarize(await events.take(1))).toEqual(['deleted m2'])
  workspace.remove('m1')
  expect(summarize(await events.take(1))).toEqual(['deleted m1'])
  await nothingMore(scene, events)
})

it('does not guess a deletion where its window ends', async () => {
  const scene = await openRocketChatRoom()
  const { workspace } = scene.rocketChat
  const hourAgo = Date.now() - 3_600_000
  for (let index = 0; index < 120; index += 1) {
    workspace.visitorSends(scene.rid, 'old', { _id: `old-${1000 + index}`, ts: new Date(hourAgo + index) })
  }
  const events = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
  await waitForSubscribers(scene, 1)
  workspace.visitorSends(scene.rid, 'new', { _id: 'new-1' })
  expect(summarize(await events.take(1))).toEqual(['added new-1 new'])
  // The oldest that are known are gone, and what came would have pushed them out of the page all the same.
  workspace.prune('old-1072')
  workspace.prune('old-1073')
  for (const id of ['new-2', 'new-3', 'new-4']) workspace.visitorSends(scene.rid, 'new', { _id: id })
  expect(summarize(await events.take(3))).toEqual(['added new-2 new', 'added new-3 new', 'added new-4 new'])
  workspace.remove('old-1110')
  expect(summarize(await events.take(1))).toEqual(['deleted old-1110'])
  await nothingMore(scene, events)
})

async function watchedScene() {
  const scene = await openRocketChatRoom()
  const events = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
  await waitForSubscribers(scene, 1)
  await waitUntil(() => scene.historyCalls() > 1)
  return { scene, events }
}

/** So many messages between two looks of the poller; gives their ids in order. */
function sendMany({ rocketChat, rid }: RocketChatRoom, count: number, ts?: Date): string[] {
  const start = Date.now()
  return Array.from({ length: count }, (_, index) => {
    const _id = `burst-${1000 + index}`
    rocketChat.workspace.visitorSends(rid, 'burst', { _id, ts: ts ?? new Date(start + index) })
    return _id
  })
}

/** The next thing that is told is what happens next. */
async function nothingMore(scene: RocketChatRoom, events: Stream<LiveEventsSubscription>): Promise<void> {
  const ts = new Date(Date.now() + 1_000)
  scene.rocketChat.workspace.visitorSends(scene.rid, 'end', { _id: 'end', ts })
  expect(summarize(await events.take(1))).toEqual(['added end end'])
}
