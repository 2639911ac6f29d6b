import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { startGateway } from '../../src/gateway.ts'
import type { LiveEventsSubscription } from '../generated/graphql.ts'
import { rocketChatConfig, testConfig } from '../support/test-gateway.ts'
import { Events } from './documents.ts'
import { cursorsOf, summarize } from './event-summary.ts'
import {
  openRocketChatRoom,
  type RocketChatRoom,
  readEndCursor,
  VISITOR_TOKEN,
  waitForSubscribers,
} from './rocketchat-room.ts'
import { overWebSocket, type Stream } from './transports.ts'

const { subscribe } = overWebSocket

it('gives exactly the rest after any event while the room stays watched', async () => {
  const scene = await openRocketChatRoom({ rocketChat: { settings: { Message_KeepHistory: true } } })
  const keeper = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: await readEndCursor(scene),
  })
  const told = await talk(scene, keeper)
  for (const [index, after] of cursorsOf(told).entries()) {
    const resumed = subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after })
    const rest = summarize(told.slice(index + 1))
    expect(summarize(await resumed.take(rest.length))).toEqual(rest)
    await resumed.stop()
  }
  scene.rocketChat.workspace.agentSends(scene.rid, 'end', { _id: 'end' })
  const last = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: cursorsOf(told).at(-1) ?? '',
  })
  expect(summarize(await last.take(1))).toEqual(['added end end'])
})

it('gives exactly the rest after the last subscriber had left and the poller had stopped', async () => {
  const scene = await openRocketChatRoom({ rocketChat: { settings: { Message_ShowDeletedStatus: true } } })
  const only = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: await readEndCursor(scene),
  })
  const told = await talk(scene, only)
  await only.stop()
  await waitForSubscribers(scene, 0)
  await expectRest(scene, told, scene.url)
})

it('gives exactly the rest in another process', async () => {
  const scene = await openRocketChatRoom({ rocketChat: { settings: { Message_ShowDeletedStatus: true } } })
  const events = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: await readEndCursor(scene),
  })
  const told = await talk(scene, events)
  await expectRest(scene, told, await anotherGateway(scene))
})

it('tells what was added, edited and deleted while nobody watched', async () => {
  const scene = await openRocketChatRoom({ rocketChat: { settings: { Message_ShowDeletedStatus: true } } })
  const { workspace } = scene.rocketChat
  const events = subscribe(scene.url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: await readEndCursor(scene),
  })
  const told = await talk(scene, events)
  await events.stop()
  await waitForSubscribers(scene, 0)
  workspace.edit('m1', 'one, edited again')
  workspace.remove('m3')
  workspace.visitorSends(scene.rid, 'four', { _id: 'm4' })
  workspace.edit('m4', 'four, edited')
  const url = await anotherGateway(scene)
  const resumed = subscribe(url, VISITOR_TOKEN, Events, {
    room: scene.room,
    after: cursorsOf(told).at(-1) ?? '',
  })
  const expected = ['added m4 four, edited', 'deleted m3', 'updated m1 one, edited again']
  expect(summarize(await resumed.take(3)).sort()).toEqual(expected)
})

it('says that something is gone since the beginning of the room, not since 1970', async () => {
  const scene = await openRocketChatRoom()
  const { workspace } = scene.rocketChat
  workspace.visitorSends(scene.rid, 'one', { _id: 'm1' })
  workspace.agentSends(scene.rid, 'two', { _id: 'm2' })
  const after = await readEndCursor(scene)
  workspace.remove('m1')
  const [gap] = await subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room, after }).take(1)
  const to = workspace.message('m2')?.ts.toISOString()
  expect(gap?.data?.roomEvents).toMatchObject({ reason: 'CURSOR_EXPIRED', from: null, to })
})

/** Things of each kind happen, one after the other; gives what was told of them. */
async function talk(
  { rocketChat: { workspace }, rid }: RocketChatRoom,
  events: Stream<LiveEventsSubscription>,
) {
  const told = []
  workspace.visitorSends(rid, 'one', { _id: 'm1' })
  told.push(...(await events.take(1)))
  workspace.agentSends(rid, 'two', { _id: 'm2' })
  told.push(...(await events.take(1)))
  workspace.edit('m1', 'one, edited')
  told.push(...(await events.take(1)))
  workspace.agentSends(rid, 'three', { _id: 'm3' })
  workspace.remove('m2')
  told.push(...(await events.take(2)))
  workspace.closeRoom(rid)
  told.push(...(await events.take(2)))
  return told
}

/** By position alone, what came first is told as it reads now: from the second event on that is what was told then. */
async function expectRest(scene: RocketChatRoom, told: Awaited<ReturnType<typeof talk>>, url: string) {
  for (const [index, after] of cursorsOf(told).entries()) {
    if (index === 0) continue
    const id = `end-${index}`
    scene.rocketChat.workspace.agentSends(scene.rid, 'end', { _id: id })
    const resumed = subscribe(url, VISITOR_TOKEN, Events, { room: scene.room, after })
    const ends = Array.from({ length: index }, (_, done) => `added end-${done + 1} end`)
    const rest = [...summarize(told.slice(index + 1)), ...ends]
    expect(roomLast(summarize(await resumed.take(rest.length)))).toEqual(roomLast(rest))
    await resumed.stop()
  }
}

/** The room's state is read by itself: a resumed stream may report it after messages that are newer. */
function roomLast(events: readonly string[]): readonly string[] {
  const isRoom = (event: string) => event === 'room updated'
  return [...events.filter((event) => !isRoom(event)), ...events.filter(isRoom)]
}

async function anotherGateway({ rocketChat }: RocketChatRoom): Promise<string> {
  const config = testConfig([rocketChatConfig(rocketChat.url)])
  const gateway = await startGateway(config, { log: pino({ level: 'silent' }) })
  onTestFinished(() => gateway.close())
  return gateway.url
}
