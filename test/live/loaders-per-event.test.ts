import { expect, it } from 'vitest'
import { Statuses } from './documents.ts'
import { openRocketChatRoom, VISITOR_TOKEN, waitForSubscribers } from './rocketchat-room.ts'
import { transports } from './transports.ts'

it.each(transports)(
  'a subscription over $name shows the room as it is at each event',
  async ({ subscribe }) => {
    const scene = await openRocketChatRoom()
    const { workspace } = scene.rocketChat
    const events = subscribe(scene.url, VISITOR_TOKEN, Statuses, { room: scene.room })
    await waitForSubscribers(scene, 1)
    workspace.visitorSends(scene.rid, 'hello')
    expect(statuses(await events.take(1))).toEqual(['OPEN'])
    workspace.closeRoom(scene.rid)
    expect(statuses(await events.take(2))).toEqual(['CLOSED', 'CLOSED'])
  },
)

function statuses(answers: readonly { data: { roomEvents: { room: { status: string } } } | null }[]) {
  return answers.map(({ data }) => data?.roomEvents.room.status)
}
