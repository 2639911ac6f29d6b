import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startSandboxWithAgent } from './agent-client.ts'
import type { Answer } from './api-client.ts'

const listed = z.looseObject({ rooms: z.array(z.looseObject({ _id: z.string() })) })
const updated = z.looseObject({ update: z.array(z.looseObject({ _id: z.string() })) })

function idsOf(answer: Answer): string[] {
  return listed.parse(answer.body).rooms.map(({ _id }) => _id)
}

/** The room there is, and three more: closed, waiting, on hold. */
async function openRooms(options: Parameters<typeof startSandboxWithAgent>[0] = {}) {
  const opened = await startSandboxWithAgent(options)
  const { workspace } = opened.sandbox
  const department = workspace.createDepartment({ name: 'Orders', agentIds: [opened.agentId] })
  const add = (name: string, plan: { agentId?: null; departmentId?: string } = {}) => {
    const { token } = workspace.createVisitor({ name })
    return workspace.openRoom({ token, ...plan })._id
  }
  const closed = add('Clara Closed')
  workspace.closeRoom(closed)
  const waiting = add('Willi Waiting', { agentId: null, departmentId: department._id })
  const held = add('Hanna Held')
  workspace.holdRoom(held)
  return { ...opened, workspace, department, open: opened.rid, closed, waiting, held }
}

describe('the list of rooms', () => {
  test.each(['6.13', '7.13', '8.8', '9.0'] as const)(
    'of Rocket.Chat %s leaves out of `open` who waits and who is on hold, and has filters for both',
    async (profile) => {
      const { service, open, closed, waiting, held } = await openRooms({ profile })
      const ask = async (query: Record<string, string>) => idsOf(await service.get('livechat/rooms', query))
      for (const word of ['true', 't', '1']) {
        expect(await ask({ open: word })).toEqual([open])
        expect(await ask({ queued: word })).toEqual([waiting])
        expect(await ask({ onhold: word })).toEqual([held])
      }
      // Any other word for `open` asks for closed rooms, and none is no filter.
      expect(await ask({ open: 'maybe' })).toEqual([closed])
      expect((await ask({ queued: 'maybe' })).length).toBe(4)
      expect(await ask({ open: 'true', queued: 'true' })).toEqual([waiting])
      expect(await ask({ open: 'true', onhold: 'true' })).toEqual([held])
      expect((await ask({})).length).toBe(4)
    },
  )

  test('of Rocket.Chat 4.x has who waits among the open ones, and does not read `queued`', async () => {
    const { service, open, closed, waiting, held } = await openRooms({ profile: '4.x' })
    const ask = async (query: Record<string, string>) => idsOf(await service.get('livechat/rooms', query))
    expect((await ask({ open: 'true' })).sort()).toEqual([open, waiting].sort())
    expect(await ask({ open: 'false' })).toEqual([closed])
    expect(await ask({ onhold: 'true' })).toEqual([held])
    expect((await ask({ queued: 'true' })).length).toBe(4)
  })

  test('is filtered by name, department, agent, tag and times', async () => {
    const { service, workspace, department, agentId, open, closed, waiting } = await openRooms()
    const ask = async (query: Record<string, string>) => idsOf(await service.get('livechat/rooms', query))
    expect(await ask({ roomName: 'waiting' })).toEqual([waiting])
    expect(await ask({ departmentId: department._id })).toEqual([waiting])
    expect(await ask({ 'agents[]': agentId, open: 'true' })).toEqual([open])
    const answer = await service.post('livechat/room.closeByUser', {
      rid: open,
      comment: 'ok',
      tags: ['vip'],
    })
    expect(answer.status).toBe(200)
    expect(await ask({ 'tags[]': 'vip' })).toEqual([open])
    const past = JSON.stringify({ start: '2020-01-01T00:00:00Z', end: '2020-02-01T00:00:00Z' })
    expect(await ask({ createdAt: past })).toEqual([])
    const since = JSON.stringify({ start: workspace.room(closed).closedAt })
    expect((await ask({ closedAt: since })).sort()).toEqual([open, closed].sort())
  })

  test('embeds the department’s name', async () => {
    const { service, department } = await openRooms()
    const answer = await service.get('livechat/rooms', { queued: 'true' })
    expect(answer.body).toMatchObject({ rooms: [{ department: { _id: department._id, name: 'Orders' } }] })
  })

  test('is paged, newest room first, with 50 rooms unless told and 100 at most', async () => {
    const { sandbox, service } = await startSandboxWithAgent()
    const { token } = sandbox.workspace.createVisitor()
    for (let made = 0; made < 120; made += 1) sandbox.workspace.openRoom({ token })
    const ask = (query: Record<string, string>) => service.get('livechat/rooms', query)
    expect((await ask({})).body).toMatchObject({ count: 50, offset: 0, total: 121 })
    expect((await ask({ count: '1000' })).body).toMatchObject({ count: 100 })
    expect((await ask({ count: '0' })).body).toMatchObject({ count: 121 })
    expect((await ask({ offset: '120' })).body).toMatchObject({ count: 1, offset: 120 })
  })

  test('is sorted by what `sort` says', async () => {
    const { service, workspace, open, closed, waiting, held } = await openRooms()
    const later = new Date(Date.now() + 60_000)
    workspace.visitorSends(open, 'still there?', { ts: later })
    const byActivity = await service.get('livechat/rooms', { sort: '{"lm":-1}' })
    expect(idsOf(byActivity)[0]).toBe(open)
    const byName = await service.get('livechat/rooms', { sort: '{"fname":1}' })
    expect(idsOf(byName)).toEqual([closed, held, open, waiting])
    const wrong = await service.get('livechat/rooms', { sort: '{"lm":"down"}' })
    expect(wrong).toMatchObject({ status: 400, body: { errorType: 'error-invalid-sort' } })
  })

  test('refuses what is no date and no filter', async () => {
    const { service } = await startSandboxWithAgent()
    const date = await service.get('livechat/rooms', { createdAt: '{"start":"soon"}' })
    const text = 'The "createdAt.start" query parameter must be a valid date.'
    expect(date.body).toEqual({ success: false, error: text })
    const filter = await service.get('livechat/rooms', { rids: 'a' })
    expect(filter.body).toMatchObject({ errorType: 'invalid-params' })
  })
})

describe('one room', () => {
  test('is shown with its visitor’s token, open or closed', async () => {
    const { sandbox, service, access } = await startSandboxWithAgent()
    const ask = () => service.get('rooms.info', { roomId: access.rid })
    expect((await ask()).body).toMatchObject({ room: { _id: access.rid, v: { token: access.token } } })
    sandbox.workspace.closeRoom(access.rid)
    expect((await ask()).body).toMatchObject({ room: { closer: 'user' } })
  })

  test('that is absent or another agent’s is refused, each in its own shape', async () => {
    const { sandbox, api, agent } = await startSandboxWithAgent()
    const other = sandbox.workspace.createAgent({ name: 'Otto Other' })
    const { token } = sandbox.workspace.createVisitor()
    const room = sandbox.workspace.openRoom({ token, agentId: other._id })
    const absent = await agent.get('rooms.info', { roomId: 'none' })
    expect(absent).toMatchObject({ status: 400, body: { errorType: 'error-room-not-found' } })
    const foreign = await agent.get('rooms.info', { roomId: room._id })
    expect(foreign.body).toEqual({ success: false, error: 'not-allowed', errorType: 'Not Allowed' })
    const theirs = sandbox.workspace.login(other._id)
    expect((await api.get('rooms.info', { roomId: room._id }, theirs)).status).toBe(200)
  })
})

describe('rooms that changed', () => {
  test('are those the caller is in; closing one makes it disappear without a word', async () => {
    const { sandbox, agent, service, rid } = await startSandboxWithAgent()
    const before = await agent.get('rooms.get')
    expect(updated.parse(before.body).update).toMatchObject([{ _id: rid, open: true }])
    expect((await service.get('rooms.get')).body).toMatchObject({ update: [], remove: [] })
    sandbox.workspace.closeRoom(rid)
    const after = await agent.get('rooms.get', { updatedSince: '2020-01-01T00:00:00.000Z' })
    expect(after.body).toEqual({ success: true, update: [], remove: [] })
  })

  test('are those written after the moment, and rooms that were deleted anywhere', async () => {
    const { sandbox, api, agent, rid } = await startSandboxWithAgent()
    const { token } = sandbox.workspace.createVisitor()
    const other = sandbox.workspace.openRoom({ token, agentId: null })
    sandbox.settings.Livechat_Allow_collect_and_store_HTTP_header_informations = true
    const { _updatedAt } = sandbox.workspace.visitorSends(rid, 'Hello')
    await api.raw(`/api/v1/livechat/visitor/${token}`, { method: 'DELETE' })
    const early = new Date(_updatedAt.getTime() - 1).toISOString()
    expect((await agent.get('rooms.get', { updatedSince: early })).body).toMatchObject({
      update: [{ _id: rid, lastMessage: { msg: 'Hello' } }],
      remove: [{ _id: other._id }],
    })
    const late = new Date(Date.now() + 60_000).toISOString()
    expect((await agent.get('rooms.get', { updatedSince: late })).body).toMatchObject({ update: [] })
  })
})

describe('closing as an agent', () => {
  test('wants a comment where the setting says so, and leaves it as a message without a token', async () => {
    const { sandbox, agent, rid } = await startSandboxWithAgent()
    const close = (body: object) => agent.post('livechat/room.closeByUser', { rid, ...body })
    expect((await close({})).body).toEqual({ success: false, error: 'error-comment-is-required' })
    expect((await close({ comment: 'Solved' })).body).toEqual({ success: true })
    const last = sandbox.workspace.messages(rid).at(-1)
    expect(last).toMatchObject({ t: 'livechat-close', msg: 'Solved' })
    expect(last).not.toHaveProperty('token')
    expect((await close({ comment: 'again' })).body).toMatchObject({ error: 'error-room-already-closed' })
  })

  test('a room of others needs a permission; a department may want tags', async () => {
    const { sandbox, agent, service, agentId } = await startSandboxWithAgent()
    const { workspace } = sandbox
    const other = workspace.createAgent({ name: 'Otto Other' })
    const { _id } = workspace.createDepartment({ name: 'Orders', requestTagBeforeClosingChat: true })
    const { token } = workspace.createVisitor()
    const theirs = workspace.openRoom({ token, agentId: other._id })
    const tagged = workspace.openRoom({ token, agentId, departmentId: _id })
    const close = (rid: string, as = agent) => as.post('livechat/room.closeByUser', { rid, comment: 'ok' })
    expect((await close(theirs._id)).body).toMatchObject({ error: 'error-not-authorized' })
    expect((await close(theirs._id, service)).status).toBe(200)
    expect((await close(tagged._id)).body).toMatchObject({
      error: 'error-tags-must-be-assigned-before-closing-chat',
    })
    expect((await close('none')).body).toMatchObject({ error: 'error-invalid-room' })
  })
})

describe('joining', () => {
  test('is a GET that writes a message, once, in open rooms only', async () => {
    const { sandbox, service, rid } = await startSandboxWithAgent()
    const join = () => service.get('livechat/room.join', { roomId: rid })
    expect((await join()).body).toEqual({ success: true })
    await join()
    expect(sandbox.workspace.messages(rid).filter(({ t }) => t === 'uj').length).toBe(1)
    expect(updated.parse((await service.get('rooms.get')).body).update.length).toBe(1)
    sandbox.workspace.closeRoom(rid)
    expect((await join()).body).toMatchObject({ errorType: 'room-closed' })
  })
})
