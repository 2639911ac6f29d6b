import { describe, expect, it } from 'vitest'
import type { RocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import { countRequests, withOAuth } from '../../providers/livechat/support/livechat-gateway.ts'
import { CONFIG, ROOM } from '../../providers/rocketchat/support/faults.ts'
import { fetchData, sendOperation } from '../../support/graphql-client.ts'
import {
  asAnonymous,
  asOperator,
  asVisitor,
  createTestGateway,
  rocketChatConfig,
  startTestGateway,
  type TestGateway,
  type TestGatewayOptions,
} from '../../support/test-gateway.ts'
import { OwnRoomIds, OwnRoomMessages, OwnRooms } from './documents.ts'

const HISTORY = '/api/v1/livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId'
const LIST = '/api/v1/livechat/rooms'

/** A visitor of Rocket.Chat with two closed rooms and an open one, in the order of their creation. */
function addRocketChatVisitor({ rocketChat }: TestGateway, token = 'vera') {
  const { workspace } = rocketChat
  const { _id: agentId } = workspace.createAgent({ name: 'Ada' })
  workspace.createVisitor({ token, name: 'Vera' })
  const open = (closes: boolean) => {
    const { _id } = workspace.openRoom({ token, agentId })
    workspace.agentSends(_id, `message of ${_id}`)
    if (closes) workspace.closeRoom(_id)
    return _id
  }
  return { token, roomIds: [open(true), open(true), open(false)] }
}

function addLiveChatVisitor({ liveChat }: TestGateway) {
  const { id: roomId } = liveChat.chats.start({ say: 'hello' })
  return { token: liveChat.tokens.customerToken(liveChat.chats.customerOf(roomId).id), roomId }
}

/** Two rooms are never opened in the same millisecond: the order of their creation is checked. */
const openGateway = (options: TestGatewayOptions = {}) => {
  let now = Date.now()
  const rocketChat = {
    now: () => {
      now += 1
      return now
    },
  }
  return createTestGateway({ as: 'agents', rocketChat, ...options })
}

async function idsOf({ url }: Pick<TestGateway, 'url'>, token: string, provider: string | null = null) {
  const { viewer } = await fetchData(url, OwnRoomIds, { provider }, asVisitor(token))
  return viewer.rooms.map(({ nativeId }) => nativeId)
}

/** Whether the server received a call with this token, or one that could have opened a room. */
const hasOpened = ({ calls }: RocketChatSandbox) =>
  calls.some(({ route, rawQuery }) => route === ROOM && !rawQuery.includes('rid='))

describe('a visitor’s rooms at Rocket.Chat', () => {
  it('are all of them, newest first, in two calls with a service account', async () => {
    const gateway = await openGateway()
    const { token, roomIds } = addRocketChatVisitor(gateway)
    addRocketChatVisitor(gateway, 'another')
    expect(await idsOf(gateway, token)).toEqual(roomIds.toReversed())
    expect(gateway.rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1, [`GET ${HISTORY}`]: 1 })
    const { viewer } = await fetchData(gateway.url, OwnRooms, {}, asVisitor(token))
    const [first, , last] = viewer.rooms
    expect(first).toMatchObject({ status: 'OPEN', visitor: { name: 'Vera', role: 'VISITOR' } })
    expect(last).toMatchObject({
      status: 'CLOSED',
      closedAt: expect.any(String),
      provider: { name: 'rocketchat' },
    })
    expect(hasOpened(gateway.rocketChat)).toBe(false)
  })

  it('are found without an open one too, through any room that the service account may see', async () => {
    const gateway = await openGateway()
    const { token, roomIds } = addRocketChatVisitor(gateway)
    gateway.rocketChat.workspace.closeRoom(roomIds[2] ?? '')
    expect(await idsOf(gateway, token)).toEqual(roomIds.toReversed())
    expect(gateway.rocketChat.counts()).toEqual({
      [`GET ${CONFIG}`]: 1,
      [`GET ${LIST}`]: 1,
      [`GET ${HISTORY}`]: 1,
    })
    expect(gateway.rocketChat.workspace.rooms().filter(({ open }) => open)).toEqual([])
  })

  it('take nothing of the limit of operators’ lists, once a room is known that the service account may see', async () => {
    const gateway = await openGateway()
    const { workspace } = gateway.rocketChat
    const vera = addRocketChatVisitor(gateway)
    const other = addRocketChatVisitor(gateway, 'another')
    for (const { roomIds } of [vera, other]) workspace.closeRoom(roomIds[2] ?? '')
    for (const { token, roomIds } of [vera, other, vera]) {
      expect(await idsOf(gateway, token)).toEqual(roomIds.toReversed())
    }
    expect(gateway.rocketChat.counts()).toMatchObject({ [`GET ${LIST}`]: 1, [`GET ${HISTORY}`]: 3 })
    // As for a room that was removed in the meantime.
    const body = { success: false, error: 'invalid-room' }
    gateway.rocketChat.injectFault({ kind: 'answer', status: 400, body, route: HISTORY, times: 1 })
    expect(await idsOf(gateway, vera.token)).toEqual(vera.roomIds.toReversed())
    expect(gateway.rocketChat.counts()).toMatchObject({ [`GET ${LIST}`]: 2, [`GET ${HISTORY}`]: 5 })
  })

  it('can be read with the token: messages of closed rooms as well', async () => {
    const gateway = await openGateway()
    const { token, roomIds } = addRocketChatVisitor(gateway)
    const { viewer } = await fetchData(gateway.url, OwnRoomMessages, { last: 10 }, asVisitor(token))
    const texts = viewer.rooms.map(({ messages }) => messages.nodes.map(({ text }) => text))
    for (const [index, id] of roomIds.toReversed().entries()) {
      expect(texts[index]).toContain(`message of ${id}`)
    }
  })

  it('do not contain what the token does not grant: a room of the same visitor with another token', async () => {
    const gateway = await openGateway()
    const { token, roomIds } = addRocketChatVisitor(gateway)
    const { workspace } = gateway.rocketChat
    const { _id } = workspace.visitor(token)
    workspace.createVisitor({ token: 'former', _id })
    workspace.openRoom({ token: 'former' })
    expect(await idsOf(gateway, token)).toEqual(roomIds.toReversed())
  })

  it('show of a closed room nothing that agents noted', async () => {
    const gateway = await openGateway()
    const { token, roomIds } = addRocketChatVisitor(gateway)
    const { workspace } = gateway.rocketChat
    const { userId, authToken } = workspace.serviceAccount()
    await fetch(`${gateway.rocketChat.url}/api/v1/livechat/room.closeByUser`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': userId, 'x-auth-token': authToken },
      body: JSON.stringify({ rid: roomIds[2], comment: 'done', tags: ['difficult'] }),
    })
    const { viewer } = await fetchData(gateway.url, OwnRooms, {}, asVisitor(token))
    expect(workspace.room(roomIds[2] ?? '').tags).toEqual(['difficult'])
    expect(viewer.rooms[0]).toMatchObject({ nativeId: roomIds[2], tags: [] })
  })

  it('are the open one without a service account, or if that may not read the others', async () => {
    const visitorsOnly = await createTestGateway()
    const { token, roomIds } = addRocketChatVisitor(visitorsOnly)
    expect(await idsOf(visitorsOnly, token)).toEqual([roomIds[2]])
    expect(visitorsOnly.rocketChat.counts()).toEqual({ [`GET ${CONFIG}`]: 1 })
    const refused = await openGateway()
    const vera = addRocketChatVisitor(refused)
    refused.rocketChat.workspace.setPermissionRoles('view-l-room', ['nobody'])
    expect(await idsOf(refused, vera.token)).toEqual([vera.roomIds[2]])
    expect(hasOpened(refused.rocketChat)).toBe(false)
  })

  it('are incomplete with an error if the server fails, not silently', async () => {
    const gateway = await openGateway()
    const { token } = addRocketChatVisitor(gateway)
    gateway.rocketChat.injectFault({ kind: 'answer', status: 500, body: {}, route: HISTORY })
    const { data, errors } = await sendOperation(gateway.url, OwnRoomIds, {}, asVisitor(token))
    expect(data?.viewer.rooms).toEqual([])
    expect(errors).toMatchObject([
      { path: ['viewer', 'rooms'], extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'rocketchat' } },
    ])
  })
})

describe('a visitor’s rooms at LiveChat', () => {
  it('are the customer’s chats, open or closed, in one call', async () => {
    const gateway = await openGateway()
    const { token, roomId } = addLiveChatVisitor(gateway)
    addLiveChatVisitor(gateway)
    expect(await idsOf(gateway, token)).toEqual([roomId])
    expect(countRequests(gateway)).toEqual({ 'customer/list_chats': 1 })
    gateway.liveChat.chats.close(roomId)
    gateway.liveChat.clearCalls()
    const { viewer } = await fetchData(gateway.url, OwnRooms, {}, asVisitor(token))
    expect(viewer.rooms).toMatchObject([{ nativeId: roomId, status: 'CLOSED' }])
    expect(countRequests(gateway)).toEqual({ 'customer/list_chats': 1, 'customer/get_chat': 1 })
  })

  it('are empty for a customer without a chat', async () => {
    const gateway = await openGateway()
    const { id } = gateway.liveChat.chats.addCustomer()
    expect(await idsOf(gateway, gateway.liveChat.tokens.customerToken(id))).toEqual([])
  })

  it('are empty with UNAUTHENTICATED once the token has expired', async () => {
    const gateway = await openGateway({ configureLiveChat: withOAuth })
    const { token } = addLiveChatVisitor(gateway)
    gateway.liveChat.tokens.expireAll()
    const { data, errors } = await sendOperation(gateway.url, OwnRoomIds, {}, asVisitor(token))
    expect(data?.viewer).toEqual({ role: 'VISITOR', rooms: [] })
    expect(errors).toMatchObject([{ path: ['viewer', 'rooms'], extensions: { code: 'UNAUTHENTICATED' } }])
  })
})

describe('the token of a visitor that asks for its rooms', () => {
  it('is sent to no account if several may have issued it, and to the one that the query names', async () => {
    const [one, other] = [await createTestGateway(), await createTestGateway()]
    const { token, roomIds } = addRocketChatVisitor(one)
    const { url } = await startTestGateway([
      rocketChatConfig(one.rocketChat.url, 'one'),
      rocketChatConfig(other.rocketChat.url, 'other'),
    ])
    const { data, errors } = await sendOperation(url, OwnRoomIds, {}, asVisitor(token))
    expect(data?.viewer.rooms).toEqual([])
    expect(errors).toMatchObject([{ path: ['viewer', 'rooms'], extensions: { code: 'INVALID_INPUT' } }])
    expect([...one.rocketChat.calls, ...other.rocketChat.calls]).toEqual([])
    expect(await idsOf({ url }, token, 'one')).toEqual([roomIds[2]])
    // From now on the gateway knows the account of the token.
    expect(await idsOf({ url }, token)).toEqual([roomIds[2]])
    const wrong = await sendOperation(url, OwnRoomIds, { provider: 'other' }, asVisitor(token))
    expect(wrong.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(other.rocketChat.calls).toEqual([])
  })

  it('of Rocket.Chat is not sent to LiveChat, nor the other way round', async () => {
    const gateway = await openGateway()
    const { token } = addRocketChatVisitor(gateway)
    await idsOf(gateway, token)
    expect(gateway.liveChat.calls).toEqual([])
    gateway.rocketChat.clearCalls()
    await idsOf(gateway, addLiveChatVisitor(gateway).token)
    expect(gateway.rocketChat.calls).toEqual([])
  })

  it('that no server knows finds nothing, with UNAUTHENTICATED', async () => {
    const gateway = await openGateway()
    const { errors } = await sendOperation(gateway.url, OwnRoomIds, {}, asVisitor('of-nobody'))
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  })

  it('must be a visitor’s: operators and anonymous callers have no rooms, and nothing is sent', async () => {
    const gateway = await openGateway()
    addRocketChatVisitor(gateway)
    for (const headers of [asOperator, asAnonymous]) {
      const { viewer } = await fetchData(gateway.url, OwnRoomIds, { provider: 'rocketchat' }, headers)
      expect(viewer.rooms).toEqual([])
    }
    expect(gateway.rocketChat.calls).toEqual([])
  })

  it('needs a configured provider', async () => {
    const gateway = await openGateway()
    const { errors } = await sendOperation(gateway.url, OwnRoomIds, { provider: 'none' }, asVisitor('vera'))
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
  })
})
