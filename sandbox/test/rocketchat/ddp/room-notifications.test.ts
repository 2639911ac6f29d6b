import { describe, expect, test } from 'vitest'
import { startSandboxWithRoom } from '../start-sandbox.ts'
import { connectDdp } from './ddp-client.ts'

const STREAM = 'stream-notify-room'
const MESSAGES = 'stream-room-messages'

describe('deletions', () => {
  test('are sent to the visitor of the room, and to those who can access it', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const visitor = await connectDdp(sandbox.url)
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    await visitor.subscribe(STREAM, `${rid}/deleteMessage`, { token })
    await account.subscribe(STREAM, `${rid}/deleteMessage`)
    await account.subscribe(MESSAGES, '__my_messages__')
    const { _id } = sandbox.workspace.agentSends(rid, 'Oops')
    sandbox.workspace.remove(_id)
    const deletion = { event: `${rid}/deleteMessage`, args: [{ _id }] }
    expect(await visitor.event(STREAM)).toEqual(deletion)
    expect(await account.event(STREAM)).toEqual(deletion)
    // The messages' stream says nothing of it.
    expect(await account.pending(MESSAGES)).toHaveLength(1)
  })

  test('are refused to others', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const stranger = sandbox.workspace.createVisitor()
    const agent = sandbox.workspace.createAgent({ name: 'Otto Other' })
    const login = sandbox.workspace.login(agent._id)
    for (const ddp of [await connectDdp(sandbox.url), await connectDdp(sandbox.url, login['x-auth-token'])]) {
      const { answer } = await ddp.subscribe(STREAM, `${access.rid}/deleteMessage`, { token: stranger.token })
      expect(answer).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } })
    }
  })

  test('need membership of users in old releases', async () => {
    const { sandbox, access, agentId } = await startSandboxWithRoom({ profile: '4.x' })
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    const member = await connectDdp(sandbox.url, sandbox.workspace.login(agentId)['x-auth-token'])
    const event = `${access.rid}/deleteMessage`
    expect((await account.subscribe(STREAM, event)).answer.msg).toBe('nosub')
    expect((await member.subscribe(STREAM, event)).answer.msg).toBe('ready')
  })

  test('are messages of type rm where their status is shown', async () => {
    const { sandbox, access } = await startSandboxWithRoom({ settings: { Message_ShowDeletedStatus: true } })
    const { token, rid } = access
    const ddp = await connectDdp(sandbox.url)
    await ddp.subscribe(STREAM, `${rid}/deleteMessage`, { token })
    await ddp.subscribe(MESSAGES, rid, { visitorToken: token })
    const { _id } = sandbox.workspace.agentSends(rid, 'Oops')
    sandbox.workspace.remove(_id)
    await ddp.event(MESSAGES)
    expect((await ddp.event(MESSAGES)).args).toMatchObject([{ _id, t: 'rm', msg: '' }])
    expect(await ddp.pending(STREAM)).toEqual([])
  })

  test('of a hidden message name its id only', async () => {
    const { sandbox, access } = await startSandboxWithRoom({ settings: { Message_KeepHistory: true } })
    const { token, rid } = access
    const ddp = await connectDdp(sandbox.url)
    await ddp.subscribe(STREAM, `${rid}/deleteMessage`, { token })
    const { _id } = sandbox.workspace.agentSends(rid, 'Oops')
    await ddp.subscribe(MESSAGES, rid, { visitorToken: token })
    sandbox.workspace.remove(_id)
    expect((await ddp.event(STREAM)).args).toEqual([{ _id }])
    expect(await ddp.pending(MESSAGES)).toEqual([])
  })

  test('by a retention policy name a span of time', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const ddp = await connectDdp(sandbox.url)
    await ddp.subscribe(STREAM, `${rid}/deleteMessageBulk`, { token })
    const { _id, ts } = sandbox.workspace.agentSends(rid, 'Old')
    sandbox.workspace.prune(_id)
    const [bulk] = (await ddp.event(STREAM)).args
    expect(bulk).toMatchObject({
      rid,
      ts: { $gt: { $date: ts.getTime() - 1 }, $lt: { $date: ts.getTime() + 1 } },
      users: [],
    })
    expect(bulk).not.toHaveProperty('ids')
  })
})

describe('typing', () => {
  test('of a visitor reaches other clients with its token, and not the sender', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const event = `${rid}/user-activity`
    const visitor = await connectDdp(sandbox.url)
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    await visitor.subscribe(STREAM, event, { token })
    await account.subscribe(STREAM, event)
    const result = await visitor.call(STREAM, event, 'Whoever', ['user-typing'], { token })
    expect(result).not.toHaveProperty('error')
    expect(await account.event(STREAM)).toEqual({ event, args: ['Whoever', ['user-typing'], { token }] })
    expect(await visitor.pending(STREAM)).toEqual([])
  })

  test('works in a closed room', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const event = `${rid}/user-activity`
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    await account.subscribe(STREAM, event)
    sandbox.workspace.closeRoom(rid)
    const visitor = await connectDdp(sandbox.url)
    await visitor.call(STREAM, event, 'Vera', [], { token })
    expect(await account.event(STREAM)).toEqual({ event, args: ['Vera', [], { token }] })
  })

  test('of an agent needs the own username, and no access to the room', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const event = `${access.rid}/user-activity`
    const other = sandbox.workspace.createAgent({ name: 'Otto Other', username: 'otto' })
    const agent = await connectDdp(sandbox.url, sandbox.workspace.login(other._id)['x-auth-token'])
    const visitor = await connectDdp(sandbox.url)
    await visitor.subscribe(STREAM, event, { token: access.token })
    await agent.call(STREAM, event, 'otto', ['user-typing'])
    expect(await visitor.event(STREAM)).toEqual({ event, args: ['otto', ['user-typing']] })
  })

  test.each([
    ['a foreign name', 'user-activity', ['Ada', ['user-typing']]],
    ['a foreign token', 'user-activity', ['Vera', ['user-typing'], { token: 'foreign' }]],
    ['another event', 'deleteMessage', [{ _id: 'x' }]],
    ['the event of older releases', 'typing', ['otto', true]],
  ])('is refused without an error for %s', async (_name, event, args) => {
    const { sandbox, access } = await startSandboxWithRoom()
    const { token, rid } = access
    const other = sandbox.workspace.createAgent({ name: 'Otto Other', username: 'otto' })
    const agent = await connectDdp(sandbox.url, sandbox.workspace.login(other._id)['x-auth-token'])
    const visitor = await connectDdp(sandbox.url)
    await visitor.subscribe(STREAM, `${rid}/${event}`, { token })
    const result = await agent.call(STREAM, `${rid}/${event}`, ...args)
    expect(result).toMatchObject({ msg: 'result' })
    expect(result).not.toHaveProperty('error')
    expect(await visitor.pending(STREAM)).toEqual([])
  })

  test('by real names, where the workspace shows them', async () => {
    const { sandbox, access } = await startSandboxWithRoom({ settings: { UI_Use_Real_Name: true } })
    const event = `${access.rid}/user-activity`
    const ddp = await connectDdp(sandbox.url)
    await ddp.subscribe(STREAM, event, { token: access.token })
    sandbox.workspace.types(access.rid, 'agent', true)
    expect((await ddp.event(STREAM)).args).toEqual(['Ada Agent', ['user-typing']])
  })

  test('is translated between both events in older releases', async () => {
    const { sandbox, access } = await startSandboxWithRoom({ profile: '7.13' })
    const { token, rid } = access
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    await account.subscribe(STREAM, `${rid}/typing`)
    await account.subscribe(STREAM, `${rid}/user-activity`)
    const visitor = await connectDdp(sandbox.url)
    await visitor.call(STREAM, `${rid}/user-activity`, 'Vera', ['user-typing'], { token })
    await visitor.call(STREAM, `${rid}/typing`, 'Vera', false, { token })
    await visitor.call(STREAM, `${rid}/user-activity`, 'Vera', ['user-uploading'], { token })
    expect(await account.pending(STREAM)).toEqual([
      { event: `${rid}/user-activity`, args: ['Vera', ['user-typing'], { token }] },
      { event: `${rid}/typing`, args: ['Vera', true] },
      { event: `${rid}/typing`, args: ['Vera', false, { token }] },
      { event: `${rid}/user-activity`, args: ['Vera', [], { token }] },
      { event: `${rid}/user-activity`, args: ['Vera', ['user-uploading'], { token }] },
    ])
  })

  test('has the older event only in the oldest release', async () => {
    const { sandbox, access, agentId } = await startSandboxWithRoom({ profile: '0.70' })
    const { token, rid } = access
    const agent = await connectDdp(sandbox.url, sandbox.workspace.login(agentId)['x-auth-token'])
    await agent.subscribe(STREAM, `${rid}/typing`)
    await agent.subscribe(STREAM, `${rid}/user-activity`)
    sandbox.workspace.types(rid, 'visitor', true)
    const { username } = sandbox.workspace.room(rid).v
    expect(await agent.pending(STREAM)).toEqual([
      { event: `${rid}/typing`, args: [username, true, { token }] },
    ])
  })
})
