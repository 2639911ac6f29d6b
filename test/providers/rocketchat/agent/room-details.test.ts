import { describe, expect, it } from 'vitest'
import { ListedRoomDetails, RoomDetails, VisitorOfRoom } from '../support/operator-documents.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'

const NO_DETAILS = { phone: null, seenUpTo: null, customFields: [] }

describe('the details of a room', () => {
  it('of a queued room are its time in the queue, and since when the visitor waits', async () => {
    const { asOperator, openRoomFor, workspace, countRequests } = await openOperatorGateway()
    const { _id: id } = openRoomFor('Vera', { agentId: null })
    const { queuedAt } = workspace.room(id)
    const first = workspace.visitorSends(id, 'Anybody?')
    workspace.visitorSends(id, 'Hello?', { ts: new Date(first.ts.getTime() + 1_000) })

    const requests = await countRequests(async () => {
      const { data } = await asOperator(RoomDetails, { id })
      expect(data?.room).toMatchObject({
        status: 'QUEUED',
        queue: { position: null, estimatedWaitMs: null, since: queuedAt?.toISOString() },
        unansweredSince: first.ts.toISOString(),
        firstResponseAt: null,
        closedBy: null,
      })
    })
    expect(requests).toEqual({ 'rooms.info': 1 })
  })

  it('of a served room are its first response, and since when the visitor waits again', async () => {
    const { asOperator, openRoomFor, workspace } = await openOperatorGateway()
    const { _id: id, ts: openedAt } = openRoomFor('Vera')
    const at = (seconds: number) => ({ ts: new Date(openedAt.getTime() + seconds * 1000) })
    const details = async () => (await asOperator(RoomDetails, { id })).data?.room

    workspace.visitorSends(id, 'Hello', at(1))
    expect(await details()).toMatchObject({ unansweredSince: at(1).ts.toISOString(), firstResponseAt: null })
    workspace.agentSends(id, 'Hi', at(2))
    const answered = { queue: null, firstResponseAt: at(2).ts.toISOString() }
    expect(await details()).toMatchObject({ ...answered, unansweredSince: null })
    workspace.visitorSends(id, 'One more thing', at(3))
    workspace.visitorSends(id, 'Well?', at(4))
    expect(await details()).toMatchObject({ ...answered, unansweredSince: at(3).ts.toISOString() })
  })

  it('of a closed room name who closed it, in lists too', async () => {
    const { asOperator, openRoomFor, workspace, ada, countRequests } = await openOperatorGateway()
    const byAgent = openRoomFor('Vera')
    const byVisitor = openRoomFor('Willi')
    workspace.closeRoom(byAgent._id)
    workspace.closeRoomByVisitor(byVisitor._id)

    const closers = {
      [byAgent._id]: { nativeId: ada._id, name: ada.name, role: 'AGENT' },
      [byVisitor._id]: { nativeId: byVisitor.v._id, name: 'Willi', role: 'VISITOR' },
    }
    for (const [id, closedBy] of Object.entries(closers)) {
      const { data } = await asOperator(RoomDetails, { id })
      expect(data?.room).toMatchObject({ status: 'CLOSED', closedBy, queue: null })
    }
    const requests = await countRequests(async () => {
      const { data } = await asOperator(ListedRoomDetails, { filter: { status: ['CLOSED'] } })
      const listed = data?.rooms.nodes.map(({ nativeId, closedBy }) => [nativeId, closedBy])
      expect(Object.fromEntries(listed ?? [])).toEqual(closers)
    })
    expect(requests).toEqual({ 'livechat/rooms': 1 })
  })

  it('include the fields of the room', async () => {
    const { asOperator, workspace } = await openOperatorGateway()
    const room = workspace.openRoom({ token: workspace.createVisitor({ name: 'Vera' }).token })
    workspace.setRoomFields(room._id, { machine: 'Mini 2', serial: '0815' })
    const { data } = await asOperator(RoomDetails, { id: room._id })
    expect(data?.room).toMatchObject({
      customFields: [
        { key: 'machine', value: 'Mini 2' },
        { key: 'serial', value: '0815' },
      ],
      visitor: { seenUpTo: null },
      agents: [NO_DETAILS],
    })
  })
})

describe('the details of a visitor', () => {
  const customFields = [{ key: 'plan', value: 'team', overwrite: true }]

  it('are read once a minute if the room does not contain them', async () => {
    const { asOperator, workspace, countRequests } = await openOperatorGateway()
    workspace.defineCustomField({ _id: 'plan' })
    const email = 'vera@shop.example'
    const { token } = workspace.createVisitor({ name: 'Vera', email, phone: '+49 221 1234', customFields })
    const { _id: id } = workspace.openRoom({ token })
    const read = () => asOperator(VisitorOfRoom, { id })
    const visitor = {
      name: 'Vera',
      email,
      phone: '+49 221 1234',
      customFields: [{ key: 'plan', value: 'team' }],
    }
    expect(await read()).toEqual({ data: { room: { visitor } } })
    expect(await countRequests(read)).toEqual({ 'rooms.info': 1 })
    const other = workspace.openRoom({ token: workspace.createVisitor({ customFields }).token })
    const requests = await countRequests(() => asOperator(VisitorOfRoom, { id: other._id }))
    expect(requests).toEqual({ 'rooms.info': 1, 'livechat/visitors.info': 1 })
  })

  it('are those of the room for the visitor itself', async () => {
    const { asVisitor, workspace, countRequests } = await openOperatorGateway()
    workspace.defineCustomField({ _id: 'plan' })
    const { token } = workspace.createVisitor({ name: 'Vera', phone: '+49 221 1234', customFields })
    const { _id: id } = workspace.openRoom({ token })
    const requests = await countRequests(async () => {
      const { data } = await asVisitor(token)(VisitorOfRoom, { id })
      expect(data?.room?.visitor).toEqual({
        name: 'Vera',
        email: null,
        phone: '+49 221 1234',
        customFields: [],
      })
    })
    expect(requests).toEqual({ 'livechat/room': 1 })
  })

  it('that cannot be read are an error, and no empty list', async () => {
    const { asOperator, workspace, openRoomFor } = await openOperatorGateway()
    workspace.setPermissionRoles('view-l-room', [])
    const { data, errors } = await asOperator(VisitorOfRoom, { id: openRoomFor('Vera')._id })
    expect(data).toEqual({ room: { visitor: null } })
    expect(errors).toMatchObject([
      { path: ['room', 'visitor', 'email'], extensions: { code: 'FORBIDDEN', provider: 'rocketchat' } },
      { path: ['room', 'visitor', 'phone'], extensions: { code: 'FORBIDDEN', provider: 'rocketchat' } },
      { path: ['room', 'visitor', 'customFields'], extensions: { code: 'FORBIDDEN' } },
    ])
  })
})

describe('the details that a visitor gets', () => {
  it('are those of its own room’s document', async () => {
    const { asVisitor, openRoomFor, workspace } = await openOperatorGateway()
    const { _id: id, v } = openRoomFor('Vera')
    const { ts } = workspace.visitorSends(id, 'Hello')
    const { data } = await asVisitor(v.token)(RoomDetails, { id })
    expect(data?.room).toMatchObject({ status: 'OPEN', unansweredSince: ts.toISOString(), closedBy: null })
  })

  it.each(['agent', 'visitor'] as const)(
    'name the %s who closed it, from the closing message',
    async (by) => {
      const { asVisitor, openRoomFor, workspace, ada } = await openOperatorGateway()
      const { _id: id, v } = openRoomFor('Vera')
      if (by === 'agent') workspace.closeRoom(id)
      else workspace.closeRoomByVisitor(id)
      const { data } = await asVisitor(v.token)(RoomDetails, { id })
      const closedBy =
        by === 'agent' ? { nativeId: ada._id, role: 'AGENT' } : { nativeId: v._id, role: 'VISITOR' }
      expect(data?.room).toMatchObject({ status: 'CLOSED', closedBy, firstResponseAt: null })
    },
  )
})
