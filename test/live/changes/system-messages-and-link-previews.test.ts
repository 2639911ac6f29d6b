import { expect, it } from 'vitest'
import { Events } from '../documents.ts'
import { summarize } from '../event-summary.ts'
import { openRocketChatRoom, VISITOR_TOKEN, waitForSubscribers } from '../rocketchat-room.ts'
import { overWebSocket } from '../transports.ts'

it('does not take the write of a link preview for an edit', async () => {
  const scene = await openRocketChatRoom()
  const { workspace } = scene.rocketChat
  const events = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
  await waitForSubscribers(scene, 1)
  workspace.visitorSends(scene.rid, 'see https://parcel.example/1', { _id: 'm1' })
  await events.take(1)
  workspace.addLinkPreview('m1')
  const looks = scene.historyCalls()
  workspace.visitorSends(scene.rid, 'next', { _id: 'm2' })
  expect(summarize(await events.take(1))).toEqual(['added m2 next'])
  expect(scene.historyCalls()).toBeGreaterThan(looks)
})

it('tells of a system message, and that the room changed with it', async () => {
  const scene = await openRocketChatRoom()
  const events = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
  await waitForSubscribers(scene, 1)
  scene.rocketChat.workspace.closeRoom(scene.rid, 'Solved')
  const [added, updated] = await events.take(2)
  expect(added?.data?.roomEvents).toMatchObject({ message: { kind: 'SYSTEM', text: 'Solved' } })
  expect(updated?.data?.roomEvents).toMatchObject({ __typename: 'RoomUpdatedEvent' })
})

it('says nothing of a message that came and went between two looks', async () => {
  const scene = await openRocketChatRoom({ rocketChat: { settings: { Message_ShowDeletedStatus: true } } })
  const { workspace } = scene.rocketChat
  const events = overWebSocket.subscribe(scene.url, VISITOR_TOKEN, Events, { room: scene.room })
  await waitForSubscribers(scene, 1)
  workspace.visitorSends(scene.rid, 'oops', { _id: 'm1' })
  workspace.remove('m1')
  workspace.visitorSends(scene.rid, 'better', { _id: 'm2' })
  expect(summarize(await events.take(1))).toEqual(['added m2 better'])
})
