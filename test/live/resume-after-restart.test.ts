import { expect, it } from 'vitest'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { Events } from './documents.ts'
import { cursorsOf, summarize } from './event-summary.ts'
import { openRocketChatRoom, type RocketChatRoom, readEndCursor, VISITOR_TOKEN } from './rocketchat-room.ts'
import { overSse, overWebSocket, type Transport } from './transports.ts'

const cases = [
  { eventLogMinutes: 15, received: 'deleted m2', transport: overWebSocket },
  { eventLogMinutes: 15, received: 'deleted m2', transport: overSse },
  // Where no events are kept, the cursor shows that a message is gone, but not which one.
  { eventLogMinutes: 0, received: 'gap CURSOR_EXPIRED', transport: overWebSocket },
]

it.each(cases)(
  'with EVENT_LOG_MINUTES=$eventLogMinutes a client that returns after a restart over $transport.name receives "$received"',
  async ({ eventLogMinutes, received, transport }) => {
    const config = { dataDir: createTestDirectory(), eventLogMinutes }
    const setup = await openRocketChatRoom({ config })
    const { workspace } = setup.rocketChat
    const cursors = await receiveThree(setup, transport)
    await setup.gateway.close()
    workspace.remove('m2')
    const { url } = await setup.startReplica(config)
    const after = cursors.at(-1) ?? ''
    const resumed = transport.subscribe(url, VISITOR_TOKEN, Events, { room: setup.room, after })
    expect(summarize(await resumed.take(1))).toEqual([received])
    workspace.agentSends(setup.rid, 'four', { _id: 'm4' })
    expect(summarize(await resumed.take(1))).toEqual(['added m4 four'])
  },
)

it('a client that was some events behind at a restart receives exactly the rest', async () => {
  const config = { dataDir: createTestDirectory() }
  const setup = await openRocketChatRoom({ config })
  const { workspace } = setup.rocketChat
  const [after = ''] = await receiveThree(setup, overWebSocket)
  await setup.gateway.close()
  workspace.remove('m1')
  workspace.agentSends(setup.rid, 'four', { _id: 'm4' })
  const { url } = await setup.startReplica(config)
  const resumed = overWebSocket.subscribe(url, VISITOR_TOKEN, Events, { room: setup.room, after })
  const rest = summarize(await resumed.take(4))
  expect(rest.slice(0, 2)).toEqual(['added m2 two', 'added m3 three'])
  expect(rest.slice(2).toSorted()).toEqual(['added m4 four', 'deleted m1'])
})

/** Sends three messages to a client that is connected, and gives the cursors of their events. */
async function receiveThree(setup: RocketChatRoom, { subscribe }: Transport): Promise<readonly string[]> {
  const { workspace } = setup.rocketChat
  const events = subscribe(setup.url, VISITOR_TOKEN, Events, {
    room: setup.room,
    after: await readEndCursor(setup),
  })
  const cursors: string[] = []
  for (const [id, text] of Object.entries({ m1: 'one', m2: 'two', m3: 'three' })) {
    workspace.agentSends(setup.rid, text, { _id: id })
    cursors.push(...cursorsOf(await events.take(1)))
  }
  return cursors
}
