import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { conversationCapabilities } from '../../../support/conversation-capabilities.ts'
import { HISTORY, ROOM } from '../support/faults.ts'
import { roomIdOf } from '../support/rocketchat-gateway.ts'
import { RoomById, RoomByNativeId } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']

describe('a visitor who reads a room', () => {
  it('gets it with its participants and capabilities', async () => {
    const { workspace, ada, vera } = await openVisitorGateway()
    workspace.agentSends(vera.rid, 'How may I help?')
    const room = workspace.room(vera.rid)
    const { data } = await vera.ask(RoomById, { id: vera.roomId })
    expect({ ...data?.room, capabilities: conversationCapabilities(data?.room?.capabilities) }).toEqual({
      id: vera.roomId,
      nativeId: vera.rid,
      status: 'OPEN',
      visitor: { nativeId: room.v._id, name: 'Vera Visitor', role: 'VISITOR' },
      agents: [{ nativeId: ada._id, name: ada.username, role: 'AGENT' }],
      tags: [],
      createdAt: room.ts.toISOString(),
      closedAt: null,
      lastActivityAt: room.lm.toISOString(),
      lastMessage: expect.objectContaining({ text: 'How may I help?', kind: 'TEXT' }),
      capabilities: ['READ_MESSAGES', 'SEND_MESSAGE', 'UPDATE_MESSAGE', 'DELETE_MESSAGE', 'CLOSE_ROOM'].map(
        (capability) => ({ capability, allowed: true, reason: null }),
      ),
    })
  })

  it('gets the same room by the server’s id', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const result = await vera.ask(RoomByNativeId, { nativeId: vera.rid })
    expect(result).toMatchObject({ data: { roomByNativeId: { id: vera.roomId, status: 'OPEN' } } })
    expect(rocketChat.counts()).toEqual({ [`GET ${ROOM}`]: 1, [`GET ${HISTORY}`]: 1 })
  })

  it('finds it QUEUED while it has no agent', async () => {
    const { workspace, askWith } = await openVisitorGateway()
    const { token } = workspace.createVisitor()
    const { _id } = workspace.openRoom({ token, agentId: null })
    const result = await askWith({ 'x-visitor-token': token })(RoomById, { id: roomIdOf(_id) })
    expect(result).toMatchObject({ data: { room: { status: 'QUEUED', agents: [] } } })
  })

  it('gets null for another visitor’s room as for an absent one', async () => {
    const { vera, addVisitor } = await openVisitorGateway()
    const bob = addVisitor('Bob')
    expect(await bob.ask(RoomById, { id: vera.roomId })).toEqual({ data: { room: null } })
    expect(await bob.ask(RoomById, { id: roomIdOf('nowhere') })).toEqual({ data: { room: null } })
    expect(await bob.ask(RoomByNativeId, { nativeId: vera.rid })).toEqual({ data: { roomByNativeId: null } })
  })

  it('gets UNAUTHENTICATED with a token unknown to the server', async () => {
    const { askWith, vera } = await openVisitorGateway()
    const result = await askWith({ 'x-visitor-token': 'nobody-s-token' })(RoomById, { id: vera.roomId })
    expect(result).toMatchObject({
      data: { room: null },
      errors: [{ path: ['room'], extensions: { code: 'UNAUTHENTICATED', provider: 'rocketchat' } }],
    })
  })

  it('gets UNAUTHENTICATED without a token, and the server receives no request', async () => {
    const { askWith, rocketChat, vera } = await openVisitorGateway()
    const result = await askWith({})(RoomById, { id: vera.roomId })
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(rocketChat.counts()).toEqual({})
  })
})

describe.each(releases)('reading rooms of Rocket.Chat %s', (profile) => {
  it('shows a closed room as closed, by its history', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile } })
    workspace.closeRoom(vera.rid, 'Solved')
    const result = await vera.ask(RoomById, { id: vera.roomId })
    expect(result).toMatchObject({
      data: {
        room: {
          id: vera.roomId,
          status: 'CLOSED',
          closedAt: expect.stringMatching(/Z$/),
          lastMessage: { kind: 'SYSTEM', text: 'Solved' },
        },
      },
    })
    const allowed = result.data?.room?.capabilities.filter((one) => one.allowed)
    expect(allowed?.map(({ capability }) => capability)).toEqual([
      'READ_MESSAGES',
      'UPDATE_MESSAGE',
      'DELETE_MESSAGE',
      'RATE_ROOM',
      'REQUEST_TRANSCRIPT',
    ])
  })

  it('opens no room, whatever is requested', async () => {
    const { rocketChat, workspace, vera, addVisitor } = await openVisitorGateway({ rocketChat: { profile } })
    const bob = addVisitor('Bob')
    workspace.closeRoom(bob.rid)
    const rooms = workspace.rooms().length
    for (const nativeId of [bob.rid, vera.rid, 'nowhere', '', ' ', '../room', '?token=x', '%00']) {
      await bob.ask(RoomByNativeId, { nativeId })
      await bob.ask(RoomById, { id: roomIdOf(nativeId) })
    }
    expect(workspace.rooms()).toHaveLength(rooms)
    const withoutRoom = rocketChat.calls.filter(
      ({ route, rawQuery }) => route === ROOM && !/rid=./.test(rawQuery),
    )
    expect(withoutRoom).toEqual([])
  })
})
