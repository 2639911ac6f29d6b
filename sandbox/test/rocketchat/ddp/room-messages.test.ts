import { describe, expect, test } from 'vitest'
import { startSandboxWithRoom } from '../start-sandbox.ts'
import { connectDdp } from './ddp-client.ts'

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
})
