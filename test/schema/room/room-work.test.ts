import { expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import {
  fetchData,
  openSocketClient,
  sendOperation,
  subscribe,
  waitUntil,
} from '../../support/graphql-client.ts'
import { asAnn, asBen, type OwnAgentsGateway, openOwnAgentsGateway } from '../../support/own-agents.ts'
import { asAnonymous } from '../../support/test-gateway.ts'
import {
  AssignRoom,
  RequeueRoom,
  RoomWorkActivity,
  RoomWorkEvents,
  RoomWorkSources,
  TakeRoom,
  TransferRoom,
} from './room-work-documents.ts'

const providers = ['rocketchat', 'livechat'] as const
type Provider = (typeof providers)[number]

/** No poll is due within a test: what subscribers receive, a mutation has caused. */
const HOURLY_POLLS = { pollIntervalMs: 3_600_000, pollIdleIntervalMs: 3_600_000 }

/** A queued room, and a department for which Ann and Ben work. */
interface OpenedRoom {
  readonly nativeId: string
  readonly id: string
  readonly departmentId: string
}

/** Opens a gateway whose operators are agents that may transfer, and a queued room. */
async function openQueuedRoom(provider: Provider) {
  const gateway = await openOwnAgentsGateway(HOURLY_POLLS)
  const { nativeId, department } =
    provider === 'rocketchat' ? queueAtRocketChat(gateway) : queueAtLiveChat(gateway)
  const room: OpenedRoom = {
    nativeId,
    id: encodeId({ type: 'Room', provider, roomId: nativeId }),
    departmentId: encodeId({ type: 'Department', provider, departmentId: department }),
  }
  return { gateway, room, ...gateway.agents[provider] }
}

function queueAtRocketChat({ rocketChat: { settings, workspace }, agents }: OwnAgentsGateway) {
  settings.Livechat_Routing_Method = 'Manual_Selection'
  workspace.setPermissionRoles('transfer-livechat-guest', ['livechat-agent'])
  const agentIds = [agents.rocketchat.ann.nativeId, agents.rocketchat.ben.nativeId]
  const { _id: department } = workspace.createDepartment({ name: 'Orders', agentIds })
  const { token } = workspace.createVisitor({ name: 'Vera' })
  return { nativeId: workspace.openRoom({ token, agentId: null })._id, department }
}

function queueAtLiveChat({ liveChat: { chats } }: OwnAgentsGateway) {
  const statuses = chats.agents.map(({ id, routingStatus }) => [id, routingStatus] as const)
  for (const [id] of statuses) chats.setRoutingStatus(id, 'not_accepting_chats')
  const { id: nativeId } = chats.start({ groupId: 1, say: 'hello' })
  chats.requeue(nativeId)
  for (const [id, status] of statuses) chats.setRoutingStatus(id, status)
  return { nativeId, department: '2' }
}

const agentIdOf = (provider: Provider, agentId: string) => encodeId({ type: 'Agent', provider, agentId })
const resultOf = (result: object) => ({ data: { result } })

it.each(providers)(
  'an operator takes a room of %s as its own agent, and a colleague’s conflict names that agent',
  async (provider) => {
    const { gateway, room, ann } = await openQueuedRoom(provider)
    const take = (headers: Readonly<Record<string, string>>) =>
      sendOperation(gateway.url, TakeRoom, { input: { roomId: room.id } }, headers)
    expect(await take(asAnn)).toMatchObject(
      resultOf({ room: { status: 'OPEN', agents: [{ nativeId: ann.nativeId }] } }),
    )
    const detail = `The agent ${ann.name} serves the room.`
    expect(await take(asBen)).toMatchObject(resultOf({ code: 'CONFLICT', detail }))
    expect(await take(asAnn)).toMatchObject(resultOf({ room: { status: 'OPEN' } }))
  },
)

it.each(providers)('of two operators who take a room of %s at once, one serves it', async (provider) => {
  const { gateway, room, ann, ben } = await openQueuedRoom(provider)
  const take = (headers: Readonly<Record<string, string>>) =>
    sendOperation(gateway.url, TakeRoom, { input: { roomId: room.id } }, headers)
  const results = await Promise.all([take(asAnn), take(asBen)])
  const [won] = results.flatMap(({ data }) => ('room' in (data?.result ?? {}) ? [data?.result] : []))
  const winner = JSON.stringify(won).includes(ann.nativeId) ? ann : ben
  expect(results).toContainEqual(
    expect.objectContaining(resultOf(expect.objectContaining({ code: 'CONFLICT' }))),
  )
  expect(won).toMatchObject({ room: { agents: [{ nativeId: winner.nativeId }] } })
})

it.each(providers)('subscribers of a room of %s receive each change of who serves it', async (provider) => {
  const { gateway, room, ann, ben } = await openQueuedRoom(provider)
  const { url } = gateway
  const socket = openSocketClient(url, asAnn)
  const events = subscribe(socket, RoomWorkEvents, { id: room.id })
  await waitUntil(() => gateway.gateway.liveCounts().subscribers === 1)
  const nextState = async () => {
    for (;;) {
      const [event] = await events.take(1)
      const update = event?.data?.roomEvents
      if (update?.__typename === 'RoomUpdatedEvent') return update.room
    }
  }
  const roomId = room.id
  await sendOperation(url, TakeRoom, { input: { roomId } }, asAnn)
  expect(await nextState()).toMatchObject({ status: 'OPEN', agents: [{ nativeId: ann.nativeId }] })
  const assigned = { roomId, agentId: agentIdOf(provider, ben.nativeId) }
  await sendOperation(url, AssignRoom, { input: assigned }, asAnn)
  expect(await nextState()).toMatchObject({ status: 'OPEN', agents: [{ nativeId: ben.nativeId }] })
  const transferred = { roomId, departmentId: room.departmentId }
  await sendOperation(url, TransferRoom, { input: transferred }, asAnn)
  expect(await nextState()).toMatchObject({ department: { id: room.departmentId } })
  await sendOperation(url, AssignRoom, { input: assigned }, asAnn)
  await nextState()
  for (const { id } of gateway.liveChat.chats.agents)
    gateway.liveChat.chats.setRoutingStatus(id, 'not_accepting_chats')
  await sendOperation(url, RequeueRoom, { input: { roomId } }, asAnn)
  expect(await nextState()).toMatchObject({ status: 'QUEUED', agents: [] })
})

it.each(providers)('roomActivity reports a room of %s with its new agent', async (provider) => {
  const { gateway, room, ann } = await openQueuedRoom(provider)
  const activity = subscribe(openSocketClient(gateway.url, asAnn), RoomWorkActivity, { provider })
  await waitUntil(async () => {
    const { providers: all } = await fetchData(gateway.url, RoomWorkSources, {}, asAnn)
    return all.find(({ name }) => name === provider)?.live.source === 'DIGEST'
  })
  await sendOperation(gateway.url, TakeRoom, { input: { roomId: room.id } }, asAnn)
  expect(await activity.take(1)).toMatchObject([
    {
      data: {
        roomActivity: { nativeId: room.nativeId, status: 'OPEN', agents: [{ nativeId: ann.nativeId }] },
      },
    },
  ])
})

it.each(providers)('callers without a credential change nothing at %s', async (provider) => {
  const { gateway, room, ann } = await openQueuedRoom(provider)
  const { url, rocketChat, liveChat } = gateway
  const roomId = room.id
  const agentId = agentIdOf(provider, ann.nativeId)
  const refused = resultOf({ code: 'UNAUTHENTICATED' })
  rocketChat.clearCalls()
  liveChat.clearCalls()
  expect(await sendOperation(url, TakeRoom, { input: { roomId } }, asAnonymous)).toMatchObject(refused)
  expect(await sendOperation(url, AssignRoom, { input: { roomId, agentId } }, asAnonymous)).toMatchObject(
    refused,
  )
  expect(await sendOperation(url, RequeueRoom, { input: { roomId } }, asAnonymous)).toMatchObject(refused)
  expect([...rocketChat.calls, ...liveChat.calls]).toEqual([])
})
