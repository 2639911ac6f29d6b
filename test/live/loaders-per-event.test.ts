import { expect, it } from 'vitest'
import { Statuses } from './documents.ts'
import { openRocketChatRoom, VISITOR_TOKEN, waitForSubscribers } from './rocketchat-room.ts'
import { transports } from './transports.ts'

it.each(transports)(
  'a subscription over $name resolves the room anew for each event',
  async ({ subscribe }) => {
    const setup = await openRocketChatRoom()
    const { workspace } = setup.rocketChat
    const events = subscribe(setup.url, VISITOR_TOKEN, Statuses, { room: setup.room })
    await waitForSubscribers(setup, 1)
    workspace.visitorSends(setup.rid, 'hello')
    expect(statuses(await events.take(1))).toEqual(['OPEN'])
    workspace.closeRoom(setup.rid)
    expect(statuses(await events.take(2))).toEqual(['CLOSED', 'CLOSED'])
  },
)

function statuses(results: readonly { data: { roomEvents: { room: { status: string } } } | null }[]) {
  return results.map(({ data }) => data?.roomEvents.room.status)
}
