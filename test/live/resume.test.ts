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

it('delivers exactly the rest after any event while the room has subscribers', async () => {
  const setup = await openRocketChatRoom({ rocketChat: { settings: { Message_KeepHistory: true } } })
  const keeper = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: await readEndCursor(setup),
  })
  const received = await makeChanges(setup, keeper)
  for (const [index, after] of cursorsOf(received).entries()) {
    const resumed = subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after })
    const rest = summarize(received.slice(index + 1))
    expect(summarize(await resumed.take(rest.length))).toEqual(rest)
    await resumed.stop()
  }
  setup.rocketChat.workspace.agentSends(setup.rid, 'end', { _id: 'end' })
  const last = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: cursorsOf(received).at(-1) ?? '',
  })
  expect(summarize(await last.take(1))).toEqual(['added end end'])
})

it('delivers exactly the rest after the last subscriber left and the poller stopped', async () => {
  const setup = await openRocketChatRoom({ rocketChat: { settings: { Message_ShowDeletedStatus: true } } })
  const only = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: await readEndCursor(setup),
  })
  const received = await makeChanges(setup, only)
  await only.stop()
  await waitForSubscribers(setup, 0)
  await expectRest(setup, received, setup.url)
})

it('delivers exactly the rest in another process', async () => {
  const setup = await openRocketChatRoom({ rocketChat: { settings: { Message_ShowDeletedStatus: true } } })
  const events = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: await readEndCursor(setup),
  })
  const received = await makeChanges(setup, events)
  await expectRest(setup, received, await openSecondGateway(setup))
})

it('delivers what was added, edited and deleted while there were no subscribers', async () => {
  const setup = await openRocketChatRoom({ rocketChat: { settings: { Message_ShowDeletedStatus: true } } })
  const { workspace } = setup.rocketChat
  const events = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: await readEndCursor(setup),
  })
  const received = await makeChanges(setup, events)
  await events.stop()
  await waitForSubscribers(setup, 0)
  workspace.edit('m1', 'one, edited again')
  workspace.remove('m3')
  workspace.visitorSends(setup.rid, 'four', { _id: 'm4' })
  workspace.edit('m4', 'four, edited')
  const url = await openSecondGateway(setup)
  const resumed = subscribe(url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: cursorsOf(received).at(-1) ?? '',
  })
  const expected = ['added m4 four, edited', 'deleted m3', 'updated m1 one, edited again']
  expect(summarize(await resumed.take(3)).sort()).toEqual(expected)
})

it('reports a gap from the start of the room as null, not as 1970', async () => {
  const setup = await openRocketChatRoom()
  const { workspace } = setup.rocketChat
  workspace.visitorSends(setup.rid, 'one', { _id: 'm1' })
  workspace.agentSends(setup.rid, 'two', { _id: 'm2' })
  const after = await readEndCursor(setup)
  workspace.remove('m1')
  const [gap] = await subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room, after }).take(1)
  const to = workspace.message('m2')?.ts.toISOString()
  expect(gap?.data?.roomEvents).toMatchObject({ reason: 'CURSOR_EXPIRED', from: null, to })
})

/** Makes changes of each kind one after the other, and gives the delivered events. */
async function makeChanges(
  { rocketChat: { workspace }, rid }: RocketChatRoom,
  events: Stream<LiveEventsSubscription>,
) {
  const received = []
  workspace.visitorSends(rid, 'one', { _id: 'm1' })
  received.push(...(await events.take(1)))
  workspace.agentSends(rid, 'two', { _id: 'm2' })
  received.push(...(await events.take(1)))
  workspace.edit('m1', 'one, edited')
  received.push(...(await events.take(1)))
  workspace.agentSends(rid, 'three', { _id: 'm3' })
  workspace.remove('m2')
  received.push(...(await events.take(2)))
  workspace.closeRoom(rid)
  received.push(...(await events.take(2)))
  return received
}

/** A replay by position delivers current versions: from the second event on these equal the live events. */
async function expectRest(
  setup: RocketChatRoom,
  received: Awaited<ReturnType<typeof makeChanges>>,
  url: string,
) {
  for (const [index, after] of cursorsOf(received).entries()) {
    if (index === 0) continue
    const id = `end-${index}`
    setup.rocketChat.workspace.agentSends(setup.rid, 'end', { _id: id })
    const resumed = subscribe(url, VISITOR_TOKEN, Events, { room: setup.room, after })
    const ends = Array.from({ length: index }, (_, done) => `added end-${done + 1} end`)
    const rest = [...summarize(received.slice(index + 1)), ...ends]
    expect(roomLast(summarize(await resumed.take(rest.length)))).toEqual(roomLast(rest))
    await resumed.stop()
  }
}

/** The room's state is read separately: a resumed stream may deliver it after newer messages. */
function roomLast(events: readonly string[]): readonly string[] {
  const isRoom = (event: string) => event === 'room updated'
  return [...events.filter((event) => !isRoom(event)), ...events.filter(isRoom)]
}

async function openSecondGateway({ rocketChat }: RocketChatRoom): Promise<string> {
  const config = testConfig([rocketChatConfig(rocketChat.url)])
  const gateway = await startGateway(config, { log: pino({ level: 'silent' }) })
  onTestFinished(() => gateway.close())
  return gateway.url
}
