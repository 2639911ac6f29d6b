import { describe, expect, test } from 'vitest'
import { messagesOf } from '../api-client.ts'
import { startSandboxWithRoom } from '../start-sandbox.ts'
import { connectDdp, type DdpClient } from './ddp-client.ts'

const STREAM = 'stream-room-messages'

describe('stream-room-messages of a room', () => {
  test('sends new, edited and system messages to the visitor, as the database holds them', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const ddp = await connectDdp(sandbox.url)
    const { answer } = await ddp.subscribe(STREAM, rid, { visitorToken: token, token })
    expect(answer.msg).toBe('ready')

    const sent = sandbox.workspace.agentSends(rid, 'Hello')
    expect(await ddp.frame(({ msg }) => msg === 'changed')).toMatchObject({
      collection: STREAM,
      id: 'id',
      fields: {
        eventName: rid,
        args: [{ _id: sent._id, rid, msg: 'Hello', ts: { $date: sent.ts.getTime() }, u: sent.u }],
      },
    })
    sandbox.workspace.edit(sent._id, 'Hello!')
    expect((await ddp.event(STREAM)).args).toMatchObject([
      { _id: sent._id, msg: 'Hello!', editedAt: { $date: expect.any(Number) } },
    ])
    sandbox.workspace.closeRoom(rid)
    expect((await ddp.event(STREAM)).args).toMatchObject([{ t: 'livechat-close', msg: 'Solved' }])
  })

  test('is refused with a foreign token, and for a closed room', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const stranger = sandbox.workspace.createVisitor()
    const ddp = await connectDdp(sandbox.url)
    const foreign = await ddp.subscribe(STREAM, rid, { visitorToken: stranger.token })
    expect(foreign.answer).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } })
    sandbox.workspace.closeRoom(rid)
    const closed = await ddp.subscribe(STREAM, rid, { visitorToken: token })
    expect(closed.answer).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } })
  })
})

describe('__my_messages__', () => {
  test('covers all rooms of the service account', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const ddp = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    await ddp.subscribe(STREAM, '__my_messages__')
    sandbox.workspace.visitorSends(access.rid, 'Hi')
    expect(await ddp.event(STREAM)).toMatchObject({
      event: '__my_messages__',
      args: [
        { rid: access.rid, msg: 'Hi' },
        { roomParticipant: false, roomType: 'l' },
      ],
    })
  })

  test('is ready without a login, and silent', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const ddp = await connectDdp(sandbox.url)
    expect((await ddp.subscribe(STREAM, '__my_messages__')).answer.msg).toBe('ready')
    sandbox.workspace.visitorSends(access.rid, 'Hi')
    expect(await ddp.pending(STREAM)).toEqual([])
  })

  test('covers a plain agent’s own rooms only, with its participation', async () => {
    const { sandbox, access, agentId } = await startSandboxWithRoom()
    const { workspace } = sandbox
    const other = workspace.createAgent({ name: 'Otto Other' })
    const stranger = workspace.createVisitor()
    const { _id: foreign } = workspace.openRoom({ token: stranger.token, agentId: other._id })
    const ddp = await connectDdp(sandbox.url, workspace.login(agentId)['x-auth-token'])
    await ddp.subscribe(STREAM, '__my_messages__')
    workspace.agentSends(foreign, 'Not yours')
    workspace.agentSends(access.rid, 'Yours')
    expect((await ddp.event(STREAM)).args).toMatchObject([{ msg: 'Yours' }, { roomParticipant: true }])
  })

  test('delivers a second copy of what the room’s own subscription delivers', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const ddp = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    await ddp.subscribe(STREAM, '__my_messages__')
    await ddp.subscribe(STREAM, access.rid)
    await ddp.subscribe(STREAM, access.rid)
    sandbox.workspace.visitorSends(access.rid, 'Hi')
    expect((await ddp.pending(STREAM)).map(({ event }) => event)).toEqual([
      access.rid,
      access.rid,
      '__my_messages__',
    ])
  })
})

describe('what is published', () => {
  test('is every write, also a link’s preview, but neither hidden documents nor hidden kinds', async () => {
    const { sandbox, access } = await startSandboxWithRoom({
      settings: { Hide_System_Messages: ['livechat-close'], Message_KeepHistory: true },
    })
    const { token, rid } = access
    const ddp = await connectDdp(sandbox.url)
    await ddp.subscribe(STREAM, rid, { visitorToken: token })
    const { _id } = sandbox.workspace.agentSends(rid, 'See https://shop.example/x')
    sandbox.workspace.addLinkPreview(_id)
    sandbox.workspace.edit(_id, 'See above')
    sandbox.workspace.closeRoom(rid)
    const events = await ddp.pending(STREAM)
    expect(events.map(({ args: [message] }) => message)).toMatchObject([
      { _id, urls: [{ meta: {} }] },
      { _id, urls: [{ meta: { pageTitle: 'shop.example' } }] },
      { _id, msg: 'See above' },
    ])
  })

  test('is the stored document: a file has no fileUpload, and a visitor’s message its token', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const ddp = await connectDdp(sandbox.url)
    await ddp.subscribe(STREAM, rid, { visitorToken: token })
    const file = { name: 'receipt.pdf', type: 'application/pdf', bytes: Buffer.from('x') }
    const { _id } = sandbox.workspace.sendsFile(rid, 'visitor', file)
    const [pushed] = (await ddp.event(STREAM)).args
    expect(pushed).toMatchObject({ _id, token, file: { name: 'receipt.pdf' } })
    const { ts, _updatedAt, ...fields } = Object(pushed)
    const read = messagesOf(await api.get(`livechat/messages.history/${rid}`, { token }))
    const { fileUpload, filesUpload, ...shown } = Object(read.find((message) => message._id === _id))
    expect(fileUpload).toBeDefined()
    expect(filesUpload).toBeDefined()
    expect(shown).toEqual({
      ...fields,
      ts: new Date(ts.$date).toISOString(),
      _updatedAt: new Date(_updatedAt.$date).toISOString(),
    })
  })
})

describe('a subscription that was granted', () => {
  test('of a visitor survives the closing of the room until it is ended', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const ddp = await connectDdp(sandbox.url)
    const { id } = await ddp.subscribe(STREAM, rid, { visitorToken: token })
    sandbox.workspace.closeRoom(rid)
    sandbox.workspace.insertMessage({ rid, from: sandbox.demo.serviceAccount.userId, msg: 'Afterwards' })
    const events = await ddp.pending(STREAM)
    expect(events.map(({ args: [message] }) => Object(message).msg)).toEqual(['Solved', 'Afterwards'])
    ddp.send({ msg: 'unsub', id })
    await ddp.frame(({ msg }) => msg === 'nosub')
    sandbox.workspace.insertMessage({ rid, from: sandbox.demo.serviceAccount.userId, msg: 'Unheard' })
    expect(await ddp.pending(STREAM)).toEqual([])
  })

  test('of a visitor is granted for a closed room too in older releases', async () => {
    const { sandbox, access } = await startSandboxWithRoom({ profile: '6.13' })
    sandbox.workspace.closeRoom(access.rid)
    const ddp = await connectDdp(sandbox.url)
    const { answer } = await ddp.subscribe(STREAM, access.rid, { visitorToken: access.token })
    expect(answer.msg).toBe('ready')
  })

  test('stops silently for the former agent of a room that was handed on', async () => {
    const { sandbox, access, agentId } = await startSandboxWithRoom()
    const { workspace } = sandbox
    const ddp = await connectDdp(sandbox.url, workspace.login(agentId)['x-auth-token'])
    await ddp.subscribe(STREAM, access.rid)
    workspace.returnRoom(access.rid)
    workspace.takeRoom(access.rid, workspace.createAgent({ name: 'Otto Other' })._id)
    await ddp.pending(STREAM)
    workspace.agentSends(access.rid, 'Between others')
    expect(await ddp.pending(STREAM)).toEqual([])
  })

  test('stops silently for a member who can no longer access the closed room', async () => {
    const { sandbox, api, access, agentId } = await startSandboxWithRoom()
    const { workspace } = sandbox
    const { _id: rid } = workspace.openRoom({ token: access.token, agentId: null })
    const helper = workspace.login(workspace.createAgent({ name: 'Otto Other' })._id)
    // A queued room can be joined by every agent.
    await api.get('livechat/room.join', { roomId: rid }, helper)
    workspace.takeRoom(rid, agentId)
    const serving = await connectDdp(sandbox.url, workspace.login(agentId)['x-auth-token'])
    const helping = await connectDdp(sandbox.url, helper['x-auth-token'])
    await serving.subscribe(STREAM, rid)
    expect((await helping.subscribe(STREAM, rid)).answer.msg).toBe('ready')
    workspace.closeRoom(rid)
    const textsOf = async (ddp: DdpClient) => {
      return (await ddp.pending(STREAM)).map(({ args: [message] }) => Object(message).msg)
    }
    expect(await textsOf(serving)).toEqual(['Solved'])
    expect(await textsOf(helping)).toEqual(['Solved'])
    workspace.insertMessage({ rid, from: agentId, msg: 'Afterwards' })
    expect(await textsOf(serving)).toEqual(['Afterwards'])
    expect(await textsOf(helping)).toEqual([])
  })
})
