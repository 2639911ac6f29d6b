import { describe, expect, test } from 'vitest'
import { startSandbox, startSandboxWithRoom } from '../start-sandbox.ts'
import { connectDdp } from './ddp-client.ts'

const LIVECHAT_ROOM = 'stream-livechat-room'
const QUEUE = 'stream-livechat-inquiry-queue-observer'
const USER = 'stream-notify-user'
const MANUAL = { settings: { Livechat_Routing_Method: 'Manual_Selection' } } as const

describe('stream-livechat-room', () => {
  test('tells the visitor who serves, how present the agent is, and the place in the queue', async () => {
    const { sandbox } = await startSandbox()
    const { workspace } = sandbox
    const agent = workspace.createAgent({ name: 'Ada Agent' })
    const { token } = workspace.createVisitor()
    const { _id: rid } = workspace.openRoom({ token, agentId: null })
    const ddp = await connectDdp(sandbox.url)
    await ddp.subscribe(LIVECHAT_ROOM, rid, { visitorToken: token })
    workspace.reportQueuePosition(rid, { spot: 2, estimatedWaitTimeSeconds: 90 })
    expect((await ddp.event(LIVECHAT_ROOM)).args).toEqual([
      { type: 'queueData', data: { spot: 2, estimatedWaitTimeSeconds: 90 } },
    ])
    workspace.reportQueuePosition(rid, null)
    expect((await ddp.event(LIVECHAT_ROOM)).args).toEqual([{ type: 'queueData' }])
    workspace.takeRoom(rid, agent._id)
    expect((await ddp.event(LIVECHAT_ROOM)).args).toMatchObject([
      { type: 'agentData', data: { _id: agent._id, username: agent.username } },
    ])
    workspace.setStatus(agent._id, 'away')
    expect((await ddp.event(LIVECHAT_ROOM)).args).toEqual([{ type: 'agentStatus', status: 'away' }])
  })

  test('hides the agent where the settings do', async () => {
    const { sandbox } = await startSandbox({ settings: { Livechat_show_agent_info: false } })
    const { workspace } = sandbox
    const agent = workspace.createAgent({ name: 'Ada Agent' })
    const { token } = workspace.createVisitor()
    const { _id: rid } = workspace.openRoom({ token, agentId: null })
    const ddp = await connectDdp(sandbox.url)
    await ddp.subscribe(LIVECHAT_ROOM, rid, { visitorToken: token })
    workspace.takeRoom(rid, agent._id)
    expect((await ddp.event(LIVECHAT_ROOM)).args).toEqual([{ type: 'agentData', data: { hiddenInfo: true } }])
  })

  test('is for the visitor only', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    const { answer } = await account.subscribe(LIVECHAT_ROOM, access.rid)
    expect(answer).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } })
  })
})

describe('the queue', () => {
  test('is observed from the arrival to the closing of a room', async () => {
    const { sandbox, api } = await startSandbox(MANUAL)
    const { workspace } = sandbox
    const { userId, authToken } = sandbox.demo.serviceAccount
    const headers = { 'x-user-id': userId, 'x-auth-token': authToken }
    const agent = workspace.createAgent({ name: 'Ada Agent' })
    const { token } = workspace.createVisitor({ name: 'Vera' })
    const ddp = await connectDdp(sandbox.url, authToken)
    await ddp.subscribe(QUEUE, 'public')
    const { _id: rid } = workspace.openRoom({ token, agentId: null })
    expect((await ddp.event(QUEUE)).args).toMatchObject([{ type: 'added', rid, status: 'queued' }])
    const inquiry = await api.get('livechat/inquiries.getOne', { roomId: rid }, headers)
    const { _id: inquiryId } = Object(Object(inquiry.body).inquiry)
    const own = await connectDdp(sandbox.url, authToken)
    await own.subscribe(QUEUE, inquiryId)
    workspace.takeRoom(rid, agent._id)
    expect((await ddp.event(QUEUE)).args).toMatchObject([{ type: 'changed', rid, status: 'taken' }])
    expect((await own.event(QUEUE)).args).toMatchObject([{ _id: inquiryId, clientAction: 'updated', rid }])
    workspace.closeRoom(rid)
    expect((await ddp.event(QUEUE)).args).toMatchObject([{ type: 'removed', rid }])
    expect((await own.event(QUEUE)).args).toEqual([{ _id: inquiryId, clientAction: 'removed' }])
  })

  test('of a department is observed apart, its changes in public too', async () => {
    const { sandbox } = await startSandbox(MANUAL)
    const { workspace } = sandbox
    const agent = workspace.createAgent({ name: 'Ada Agent' })
    const { _id: departmentId } = workspace.createDepartment({ name: 'Sales', agentIds: [agent._id] })
    const { token } = workspace.createVisitor()
    const ddp = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    await ddp.subscribe(QUEUE, 'public')
    await ddp.subscribe(QUEUE, `department/${departmentId}`)
    const { _id: rid } = workspace.openRoom({ token, agentId: null, departmentId })
    workspace.takeRoom(rid, agent._id)
    expect(await ddp.event(QUEUE)).toMatchObject({
      event: `department/${departmentId}`,
      args: [{ type: 'added' }],
    })
    expect(await ddp.event(QUEUE)).toMatchObject({
      event: `department/${departmentId}`,
      args: [{ type: 'changed' }],
    })
    expect(await ddp.event(QUEUE)).toMatchObject({ event: 'public', args: [{ type: 'changed', rid }] })
  })

  test('is silent with automatic routing, and refused without the permission', async () => {
    const { sandbox } = await startSandbox()
    const { workspace } = sandbox
    const { token } = workspace.createVisitor()
    const user = workspace.createAgent({ name: 'No Agent', roles: ['user'] })
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    const other = await connectDdp(sandbox.url, workspace.login(user._id)['x-auth-token'])
    expect((await other.subscribe(QUEUE, 'public')).answer).toMatchObject({ error: { error: 'not-allowed' } })
    expect((await account.subscribe(QUEUE, 'public')).answer.msg).toBe('ready')
    workspace.openRoom({ token, agentId: null })
    expect(await account.pending(QUEUE)).toEqual([])
  })

  test('loses the room of a visitor who is removed, and the messages vanish silently', async () => {
    const { sandbox, api } = await startSandbox(MANUAL)
    const { workspace } = sandbox
    const { token } = workspace.createVisitor()
    const { _id: rid } = workspace.openRoom({ token, agentId: null })
    workspace.setLogin('login', sandbox.demo.serviceAccount.userId)
    const ddp = await connectDdp(sandbox.url, 'login')
    await ddp.subscribe(QUEUE, 'public')
    await ddp.subscribe('stream-room-messages', '__my_messages__')
    await ddp.subscribe('stream-notify-room', `${rid}/deleteMessage`)
    workspace.removeVisitor(token)
    expect((await ddp.event(QUEUE)).args).toMatchObject([{ type: 'removed', rid }])
    expect(await ddp.pending('stream-room-messages')).toEqual([])
    expect(await ddp.pending('stream-notify-room')).toEqual([])
    expect((await api.get(`livechat/visitor/${token}`)).status).toBe(400)
  })
})

describe('stream-notify-user', () => {
  test('tells an agent of the own rooms, and of closing as leaving', async () => {
    const { sandbox } = await startSandbox()
    const { workspace } = sandbox
    const agent = workspace.createAgent({ name: 'Ada Agent' })
    const { token } = workspace.createVisitor()
    const ddp = await connectDdp(sandbox.url, workspace.login(agent._id)['x-auth-token'])
    await ddp.subscribe(USER, `${agent._id}/rooms-changed`)
    await ddp.subscribe(USER, `${agent._id}/subscriptions-changed`)
    const { _id: rid } = workspace.openRoom({ token, agentId: agent._id })
    expect(await ddp.event(USER)).toMatchObject({
      event: `${agent._id}/subscriptions-changed`,
      args: ['inserted', { rid }],
    })
    expect(await ddp.event(USER)).toMatchObject({
      event: `${agent._id}/rooms-changed`,
      args: ['inserted', { _id: rid }],
    })
    await ddp.pending(USER)
    workspace.closeRoom(rid)
    const events = await ddp.pending(USER)
    expect(events.at(-1)).toMatchObject({
      event: `${agent._id}/subscriptions-changed`,
      args: ['removed', { rid }],
    })
    // The message of the closing writes the room; the closed state does not arrive.
    const rooms = events.slice(0, -1)
    for (const { args } of rooms) expect(args).toMatchObject(['updated', { _id: rid, open: true }])
    expect(rooms.length).toBeGreaterThan(0)
  })

  test('sends rooms without the fields that only REST shows, and nothing to supervisors', async () => {
    const { sandbox, access, agentId } = await startSandboxWithRoom()
    const ddp = await connectDdp(sandbox.url, sandbox.workspace.login(agentId)['x-auth-token'])
    const { userId, authToken } = sandbox.demo.serviceAccount
    const supervisor = await connectDdp(sandbox.url, authToken)
    await ddp.subscribe(USER, `${agentId}/rooms-changed`)
    await supervisor.subscribe(USER, `${userId}/rooms-changed`)
    sandbox.workspace.rateRoom(access.rid, { satisfaction: '5' })
    const { args } = await ddp.event(USER)
    expect(args).toMatchObject(['updated', { _id: access.rid }])
    expect(args[1]).not.toHaveProperty('surveyFeedback')
    expect(await supervisor.pending(USER)).toEqual([])
  })

  test('has a stream of single rooms, for all who can access them', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const anonymous = await connectDdp(sandbox.url)
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    const refused = await anonymous.subscribe('stream-room-data', access.rid, { visitorToken: access.token })
    expect(refused.answer).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } })
    await account.subscribe('stream-room-data', access.rid)
    sandbox.workspace.setTags(access.rid, ['vip'])
    expect(await account.event('stream-room-data')).toMatchObject({
      event: access.rid,
      args: [{ _id: access.rid, tags: ['vip'] }],
    })
  })

  test('is for the user only', async () => {
    const { sandbox, agentId } = await startSandboxWithRoom()
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    const { answer } = await account.subscribe(USER, `${agentId}/rooms-changed`)
    expect(answer).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } })
  })
})

describe('stream-notify-logged', () => {
  test('tells users the presence of agents, and is refused without a login', async () => {
    const { sandbox, agentId } = await startSandboxWithRoom()
    const anonymous = await connectDdp(sandbox.url)
    const account = await connectDdp(sandbox.url, sandbox.demo.serviceAccount.authToken)
    const { answer } = await anonymous.subscribe('stream-notify-logged', 'user-status')
    expect(answer).toMatchObject({ msg: 'nosub', error: { error: 'not-allowed' } })
    await account.subscribe('stream-notify-logged', 'user-status')
    sandbox.workspace.setStatus(agentId, 'busy')
    const { username, name, roles } = sandbox.workspace.agent(agentId)
    expect((await account.event('stream-notify-logged')).args).toEqual([
      [agentId, username, 3, '', name, roles],
    ])
  })
})
