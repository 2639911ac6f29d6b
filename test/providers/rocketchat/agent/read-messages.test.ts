import { describe, expect, it } from 'vitest'
import { conversationCapabilities } from '../../../support/conversation-capabilities.ts'
import { ManyNodes, Messages, OneRoom } from '../support/operator-documents.ts'
import { type OperatorGateway, openOperatorGateway } from '../support/operator-gateway.ts'
import { messageIdOf, roomIdOf } from '../support/rocketchat-gateway.ts'

const everything = { last: 100, first: null, after: null, before: null }

async function read(
  { asOperator }: OperatorGateway,
  id: string,
  args: { last?: number; before?: string | null } = {},
) {
  const { data } = await asOperator(Messages, { id, ...everything, ...args })
  return data?.roomByNativeId?.messages
}

/** Opens a room with three messages, the second of them edited. */
async function openRoom() {
  const gateway = await openOperatorGateway()
  const { workspace } = gateway
  const room = gateway.openRoomFor('Vera Visitor')
  const [question, reply, thanks] = [
    workspace.visitorSends(room._id, 'Where is my parcel?'),
    workspace.agentSends(room._id, 'On its wey'),
    workspace.visitorSends(room._id, 'Thanks!'),
  ]
  workspace.edit(reply._id, 'On its way')
  return { ...gateway, gateway, rid: room._id, token: room.v.token, question, reply, thanks }
}

describe('the messages of a room', () => {
  it('are those of visitor, agent and server, each with its author and edit mark', async () => {
    const { gateway, rid, workspace } = await openRoom()
    workspace.closeRoom(rid, 'Solved')
    const nodes = (await read(gateway, rid))?.nodes ?? []
    const lines = nodes.filter(({ kind }) => kind === 'TEXT')
    // Messages of one millisecond are ordered by their ids, so this test does not check the order.
    const byText = new Map(lines.map((line) => [line.text, line]))
    expect(byText.get('Where is my parcel?')).toMatchObject({
      state: 'ACTIVE',
      author: { name: 'Vera Visitor', role: 'VISITOR' },
    })
    expect(byText.get('On its way')).toMatchObject({
      state: 'EDITED',
      author: { name: 'Ada Agent', role: 'AGENT' },
    })
    expect(byText.get('Thanks!')).toMatchObject({ state: 'ACTIVE', author: { role: 'VISITOR' } })
    expect(lines).toHaveLength(3)
    expect(nodes.filter(({ kind }) => kind === 'SYSTEM').length).toBe(3)
    expect(nodes.map(({ text }) => text)).toContain('Solved')
  })

  it('include a deleted message as a mark if the server keeps one', async () => {
    const { gateway, rid, rocketChat, workspace, reply } = await openRoom()
    rocketChat.settings.Message_ShowDeletedStatus = true
    workspace.remove(reply._id)
    const nodes = (await read(gateway, rid))?.nodes
    expect(nodes).toContainEqual(expect.objectContaining({ nativeId: reply._id, state: 'DELETED', text: '' }))
  })

  it('are paged in both directions', async () => {
    const { gateway, rid, workspace } = await openRoom()
    for (let line = 0; line < 60; line += 1) workspace.visitorSends(rid, `line ${line}`)
    const whole = await read(gateway, rid)
    const newest = await read(gateway, rid, { last: 30 })
    const before = await read(gateway, rid, { last: 100, before: newest?.pageInfo.startCursor ?? null })
    const idsOf = (page: typeof whole) => page?.nodes.map(({ id }) => id) ?? []
    expect([...idsOf(before), ...idsOf(newest)]).toEqual(idsOf(whole))
    const { data } = await gateway.asOperator(Messages, { id: rid, ...everything, last: null, first: 10 })
    expect(data?.roomByNativeId?.messages.nodes.map(({ id }) => id)).toEqual(idsOf(whole).slice(0, 10))
  })

  it('are read as a whole room after the visitor was deleted', async () => {
    const { gateway, rid, rocketChat } = await openRoom()
    const all = await read(gateway, rid)
    rocketChat.injectFault({
      kind: 'answer',
      status: 400,
      body: { success: false, error: 'invalid-token' },
      route: '/api/v1/livechat/messages.history/:rid',
    })
    expect(await read(gateway, rid)).toEqual(all)
    const newest = await read(gateway, rid, { last: 2 })
    expect(newest?.nodes.map(({ text }) => text)).toEqual(all?.nodes.slice(-2).map(({ text }) => text))
  })

  it('are found by id in their own room only', async () => {
    const { asOperator, gateway, rid, question, thanks } = await openRoom()
    const other = gateway.openRoomFor('Otto Other')
    const ids = [
      messageIdOf(rid, question._id),
      messageIdOf(rid, 'none'),
      messageIdOf(other._id, thanks._id),
      messageIdOf('none', thanks._id),
    ]
    const { data } = await asOperator(ManyNodes, { ids })
    expect(data?.nodes).toMatchObject([
      { text: 'Where is my parcel?', author: { role: 'VISITOR' } },
      null,
      null,
      null,
    ])
  })
})

describe('a room', () => {
  it('is found open or closed, with an operator’s capabilities', async () => {
    const { asOperator, rid, workspace } = await openRoom()
    const open = await asOperator(OneRoom, { id: rid })
    expect(open.data?.roomByNativeId).toMatchObject({ status: 'OPEN', agents: [{ name: 'Ada Agent' }] })
    expect(
      conversationCapabilities(open.data?.roomByNativeId?.capabilities).every(({ allowed }) => allowed),
    ).toBe(true)
    workspace.closeRoom(rid)
    const closed = await asOperator(OneRoom, { id: rid })
    expect(closed.data?.roomByNativeId?.status).toBe('CLOSED')
    expect(
      conversationCapabilities(closed.data?.roomByNativeId?.capabilities).filter(({ allowed }) => !allowed),
    ).toEqual([
      { capability: 'SEND_MESSAGE', allowed: false, reason: 'The room is closed.' },
      { capability: 'CLOSE_ROOM', allowed: false, reason: 'The room is closed.' },
    ])
  })

  it('that is absent or no livechat room is null', async () => {
    const { asOperator, rocketChat } = await openRoom()
    expect((await asOperator(OneRoom, { id: 'none' })).data?.roomByNativeId).toBeNull()
    const general = { _id: 'GENERAL', t: 'c', name: 'general' }
    rocketChat.injectFault({ kind: 'answer', status: 200, body: { success: true, room: general }, times: 2 })
    expect((await asOperator(OneRoom, { id: 'GENERAL' })).data?.roomByNativeId).toBeNull()
    const { data } = await asOperator(ManyNodes, {
      ids: [messageIdOf('GENERAL', 'secret'), roomIdOf('none')],
    })
    expect(data?.nodes).toEqual([null, null])
    expect(rocketChat.counts()['GET /api/v1/chat.getMessage']).toBeUndefined()
  })

  it('shows an agent by username if the account must not list agents', async () => {
    const { asOperator, rid, workspace } = await openRoom()
    workspace.setPermissionRoles('transfer-livechat-guest', [])
    workspace.setPermissionRoles('edit-omnichannel-contact', [])
    const { data, errors } = await asOperator(OneRoom, { id: rid })
    expect(errors).toBeUndefined()
    expect(data?.roomByNativeId?.agents).toEqual([{ name: 'ada.agent' }])
  })
})
