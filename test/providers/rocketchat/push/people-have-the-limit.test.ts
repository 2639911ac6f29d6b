import { expect, test } from 'vitest'
import { encodeId } from '../../../../src/domain/ids.ts'
import { openSocketClient, sendOperation, waitUntil } from '../../../support/graphql-client.ts'
import { asOperator, createTestGateway, OPERATOR_KEY } from '../../../support/test-gateway.ts'
import { Send, Watch } from './documents.ts'

const ROOMS = 10
const INFO = 'GET /api/v1/rooms.info'
const HISTORY = 'GET /api/v1/livechat/messages.history/:rid'
const LIST = 'GET /api/v1/livechat/rooms'

test('operators’ pushed rooms leave the limit of rooms.info to what operators send', async () => {
  const { rocketChat, gateway, url } = await createTestGateway({
    as: 'agents',
    liveChat: null,
    rocketChat: { limiter: true },
    configureRocketChat: (config) => ({ ...config, push: true }),
  })
  const { workspace } = rocketChat
  const agent = workspace.createAgent({ username: 'agent', name: 'Agent' })
  const rooms = Array.from({ length: ROOMS }, (_, index) => {
    const { token } = workspace.createVisitor({ name: `Visitor ${index}` })
    const { _id: roomId } = workspace.openRoom({ token, agentId: agent._id })
    return encodeId({ type: 'Room', provider: 'rocketchat', roomId })
  })
  const client = openSocketClient(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  for (const room of rooms)
    client.subscribe(
      { query: Watch.toString(), variables: { room } },
      { next: () => {}, error: () => {}, complete: () => {} },
    )
  await waitUntil(() => gateway.startedSubscribers() === ROOMS)
  // The comparison after the start of push: the background has begun to read the rooms.
  await waitUntil(() => (rocketChat.counts()[HISTORY] ?? 0) > 0)
  const sent = []
  for (const room of rooms.slice(0, 9))
    sent.push(await sendOperation(url, Send, { room, text: 'On its way.' }, asOperator))
  expect(sent).toEqual(sent.map(() => ({ data: { sendMessage: { __typename: 'SendMessagePayload' } } })))
  // One for each message: whether its room is open. One of the ten rooms may have been read by itself, before others
  // joined its read: it does so any time while the messages are sent.
  expect(rocketChat.counts()[INFO]).toBeLessThanOrEqual(10)
})

test('whether the account sees a visitor’s room is asked only when push has ended', async () => {
  const { rocketChat, gateway, url } = await createTestGateway({
    as: 'agents',
    liveChat: null,
    configureRocketChat: (config) => ({ ...config, push: true }),
    config: { pollIntervalMs: 20, pollIdleIntervalMs: 50 },
  })
  const { workspace } = rocketChat
  const { token } = workspace.createVisitor({ name: 'Visitor' })
  const { _id: roomId } = workspace.openRoom({ token, agentId: workspace.createAgent({ name: 'Agent' })._id })
  const room = encodeId({ type: 'Room', provider: 'rocketchat', roomId })
  openSocketClient(url, { visitorToken: token }).subscribe(
    { query: Watch.toString(), variables: { room } },
    { next: () => {}, error: () => {}, complete: () => {} },
  )
  await waitUntil(() => gateway.startedSubscribers() === 1)
  // The comparison, and polls of the account after it.
  await waitUntil(() => (rocketChat.counts()[HISTORY] ?? 0) > 0)
  await waitUntil(() => (rocketChat.counts()[LIST] ?? 0) > 3)
  expect(rocketChat.counts()[INFO]).toBeUndefined()
  rocketChat.push.injectFault({ kind: 'refuse-upgrade', status: 502 })
  rocketChat.push.drop()
  await waitUntil(() => (rocketChat.counts()[INFO] ?? 0) > 0)
})
