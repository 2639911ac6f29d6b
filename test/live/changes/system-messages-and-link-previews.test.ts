import { expect, it } from 'vitest'
import { Events } from '../documents.ts'
import { summarize } from '../event-summary.ts'
import { openRocketChatRoom, VISITOR_TOKEN, waitForSubscribers } from '../rocketchat-room.ts'
import { overWebSocket } from '../transports.ts'

it('does not deliver a link preview as an edit', async () => {
  const setup = await openRocketChatRoom()
  const { workspace } = setup.rocketChat
  const events = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
  await waitForSubscribers(setup, 1)
  workspace.visitorSends(setup.rid, 'see https://parcel.example/1', { _id: 'm1' })
  await events.take(1)
  workspace.addLinkPreview('m1')
  const polls = setup.historyRequests()
  workspace.visitorSends(setup.rid, 'next', { _id: 'm2' })
  expect(summarize(await events.take(1))).toEqual(['added m2 next'])
  expect(setup.historyRequests()).toBeGreaterThan(polls)
})

it('delivers a system message, and the room change with it', async () => {
  const setup = await openRocketChatRoom()
  const events = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
  await waitForSubscribers(setup, 1)
  setup.rocketChat.workspace.closeRoom(setup.rid, 'Solved')
  const [added, updated] = await events.take(2)
  expect(added?.data?.roomEvents).toMatchObject({ message: { kind: 'SYSTEM', text: 'Solved' } })
  expect(updated?.data?.roomEvents).toMatchObject({ __typename: 'RoomUpdatedEvent' })
})

it('delivers nothing of a message that was created and deleted between two polls', async () => {
  const setup = await openRocketChatRoom({ rocketChat: { settings: { Message_ShowDeletedStatus: true } } })
  const { workspace } = setup.rocketChat
  const events = overWebSocket.subscribe(setup.url, VISITOR_TOKEN, Events, { room: setup.room })
  await waitForSubscribers(setup, 1)
  workspace.visitorSends(setup.rid, 'oops', { _id: 'm1' })
  workspace.remove('m1')
  workspace.visitorSends(setup.rid, 'better', { _id: 'm2' })
  expect(summarize(await events.take(1))).toEqual(['added m2 better'])
})
