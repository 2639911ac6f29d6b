import { expect, it } from 'vitest'
import { openSocketClient, subscribe } from '../../../support/graphql-client.ts'
import { OPERATOR_KEY } from '../../../support/test-gateway.ts'
import { Events, Messages, Send } from '../support/operator-documents.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'
import { messageIdOf, roomIdOf } from '../support/rocketchat-gateway.ts'

const newest = { last: 10, first: null, after: null, before: null }

async function watch() {
  const gateway = await openOperatorGateway()
  const room = gateway.openRoomFor('Vera Visitor')
  const { data } = await gateway.asOperator(Messages, { id: room._id, ...newest })
  const after = data?.roomByNativeId?.messages.pageInfo.endCursor ?? null
  const id = roomIdOf(room._id)
  const socket = openSocketClient(gateway.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  return {
    ...gateway,
    id,
    rid: room._id,
    token: room.v.token,
    events: subscribe(socket, Events, { id, after }),
  }
}

it('delivers to an operator the messages that visitor and agent send, update and delete', async () => {
  const { asOperator, workspace, events, id, rid, token } = await watch()
  const question = workspace.visitorSends(rid, 'Where is my parcel?')
  const first = await events.take(1)
  expect(first).toMatchObject([
    {
      data: {
        roomEvents: { room: { id }, message: { text: 'Where is my parcel?', author: { role: 'VISITOR' } } },
      },
    },
  ])
  expect(JSON.stringify(first)).not.toContain(token)
  await asOperator(Send, { input: { roomId: id, text: 'On its way' } })
  expect(await events.take(1)).toMatchObject([
    {
      data: {
        roomEvents: { message: { text: 'On its way', author: { name: 'Support Desk', role: 'AGENT' } } },
      },
    },
  ])
  workspace.edit(question._id, 'Where is it?')
  expect(await events.take(1)).toMatchObject([
    { data: { roomEvents: { __typename: 'MessageUpdatedEvent', message: { text: 'Where is it?' } } } },
  ])
  workspace.remove(question._id)
  expect(await events.take(1)).toMatchObject([
    {
      data: { roomEvents: { __typename: 'MessageDeletedEvent', messageId: messageIdOf(rid, question._id) } },
    },
  ])
})

it('delivers the closing of a room', async () => {
  const { workspace, events, rid } = await watch()
  workspace.closeRoom(rid, 'Solved')
  expect(await events.take(2)).toMatchObject([
    { data: { roomEvents: { message: { kind: 'SYSTEM', text: 'Solved' } } } },
    { data: { roomEvents: { __typename: 'RoomUpdatedEvent' } } },
  ])
})
