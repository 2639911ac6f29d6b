import { expect, it } from 'vitest'
import { graphql } from '../../generated/index.ts'
import { fetchData, openSocketClient, sendOperation, subscribe } from '../../support/graphql-client.ts'
import { asVisitor, createTestGateway } from '../../support/test-gateway.ts'

const Room = graphql(`query ConversationRoom($id: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $id) { id status messages(last: 5) { nodes { id text } pageInfo { endCursor } } }
}`)
const Send = graphql(`mutation ConversationSend($input: SendMessageInput!) {
  sendMessage(input: $input) { ... on SendMessagePayload { message { id text } } ... on UserError { code detail } }
}`)
const Events = graphql(`subscription ConversationEvents($id: ID!, $after: String) {
  roomEvents(roomId: $id, after: $after) { __typename cursor ... on MessageAddedEvent { message { text } } }
}`)

it('a visitor who sends a message receives it in the subscription', async () => {
  const { url, rocketChat } = await createTestGateway()
  rocketChat.workspace.createVisitor({ token: 'visitor-token' })
  const room = rocketChat.workspace.openRoom({ token: 'visitor-token' })
  const { roomByNativeId } = await fetchData(url, Room, { id: room._id }, asVisitor('visitor-token'))
  const id = roomByNativeId?.id ?? ''
  const events = subscribe(openSocketClient(url, { visitorToken: 'visitor-token' }), Events, {
    id,
    after: roomByNativeId?.messages.pageInfo.endCursor ?? null,
  })
  const sent = await sendOperation(
    url,
    Send,
    { input: { roomId: id, text: 'hello' } },
    asVisitor('visitor-token'),
  )
  expect(sent).toMatchObject({ data: { sendMessage: { message: { text: 'hello' } } } })
  const got = await events.take(1)
  expect(got).toMatchObject([{ data: { roomEvents: { message: { text: 'hello' } } } }])
})
