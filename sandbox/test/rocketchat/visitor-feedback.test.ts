import { describe, expect, test } from 'vitest'
import { startSandboxWithAgent } from './agent-client.ts'

const good = { name: 'satisfaction', value: '5' }

describe('a visitor’s rating', () => {
  test('replaces the one before, in open and in closed rooms, and is in the room’s document', async () => {
    const { sandbox, api, access, rid, service } = await startSandboxWithAgent()
    const rate = (...data: object[]) => api.post('livechat/room.survey', { ...access, data })
    const feedback = { name: 'additionalFeedback', value: 'Thanks' }
    expect((await rate(good, feedback)).body).toEqual({ rid, data: [good, feedback], success: true })
    sandbox.workspace.closeRoom(rid)
    await rate({ name: 'satisfaction', value: '1' })
    expect((await service.get('rooms.info', { roomId: rid })).body).toMatchObject({
      room: { surveyFeedback: { satisfaction: '1' } },
    })
    expect(sandbox.workspace.room(rid).surveyFeedback).not.toHaveProperty('additionalFeedback')
  })

  test('keeps only valid items, and needs one', async () => {
    const { api, access, rid } = await startSandboxWithAgent()
    const rate = (...data: object[]) => api.post('livechat/room.survey', { ...access, data })
    const bad = [
      { name: 'satisfaction', value: '6' },
      { name: 'mood', value: '3' },
    ]
    expect((await rate(...bad)).body).toMatchObject({ error: 'invalid-data' })
    expect((await rate(good, ...bad)).body).toMatchObject({ rid, data: [good] })
  })

  test('needs the visitor’s own room', async () => {
    const { sandbox, api, access } = await startSandboxWithAgent()
    const { token } = sandbox.workspace.createVisitor()
    const rate = (as: object) => api.post('livechat/room.survey', { ...access, ...as, data: [good] })
    expect((await rate({ token: 'nobody' })).body).toMatchObject({ error: 'invalid-token' })
    expect((await rate({ token })).body).toMatchObject({ error: 'invalid-room' })
  })
})

describe('a visitor’s transcript', () => {
  test('is mailed at once, from open and from closed rooms', async () => {
    const { sandbox, api, access, rid } = await startSandboxWithAgent()
    const request = (email: string, as: object = {}) =>
      api.post('livechat/transcript', { ...access, ...as, email })
    expect((await request('vera@example.test')).body).toMatchObject({
      message: 'Omnichannel transcript sent',
    })
    sandbox.workspace.closeRoom(rid)
    await request('again@example.test')
    expect(sandbox.workspace.transcripts).toMatchObject([
      { rid, to: 'vera@example.test' },
      { rid, to: 'again@example.test' },
    ])
  })

  test('needs the room’s own token', async () => {
    const { sandbox, api, access } = await startSandboxWithAgent()
    const { token } = sandbox.workspace.createVisitor()
    const request = (as: object) =>
      api.post('livechat/transcript', { ...access, ...as, email: 'x@example.test' })
    expect((await request({ rid: 'none' })).body).toMatchObject({ error: 'error-invalid-room' })
    expect((await request({ token })).body).toMatchObject({ error: 'error-invalid-visitor' })
    expect(sandbox.workspace.transcripts).toEqual([])
  })

  test('may be requested five times a minute in the newest release', async () => {
    const { api, access } = await startSandboxWithAgent({ profile: '9.0', limiter: true })
    const statuses: number[] = []
    for (let made = 0; made < 6; made += 1) {
      const answer = await api.post('livechat/transcript', { ...access, email: 'x@example.test' })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })
})

test('a visitor cannot close a room whose department demands tags, unless it adds its own', async () => {
  const { sandbox, api } = await startSandboxWithAgent()
  const { workspace } = sandbox
  const { token } = workspace.createVisitor()
  const open = (more: object) => {
    const department = workspace.createDepartment({
      name: 'Orders',
      requestTagBeforeClosingChat: true,
      ...more,
    })
    return workspace.openRoom({ token, departmentId: department._id })._id
  }
  const close = (rid: string) => api.post('livechat/room.close', { token, rid })
  expect((await close(open({}))).body).toMatchObject({
    error: 'error-tags-must-be-assigned-before-closing-chat',
  })
  const rid = open({ chatClosingTags: ['orders'] })
  expect((await close(rid)).status).toBe(200)
  expect(workspace.room(rid).tags).toEqual(['orders'])
})
