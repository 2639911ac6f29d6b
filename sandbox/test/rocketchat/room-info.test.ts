import { describe, expect, test } from 'vitest'
import { startSandboxWithAgent } from './agent-client.ts'

/** The room with a way to save its info as its agent. */
async function openRoom() {
  const opened = await startSandboxWithAgent()
  const { sandbox, agent, rid } = opened
  const guest = sandbox.workspace.visitor(opened.access.token)._id
  const save = (roomData: object, guestData: object = {}, as = agent) =>
    as.post('livechat/room.saveInfo', {
      guestData: { _id: guest, ...guestData },
      roomData: { _id: rid, ...roomData },
    })
  return { ...opened, workspace: sandbox.workspace, save }
}

describe('saving the info of a room', () => {
  test('replaces the tags, and removes them if there are none; an absent topic is kept, an empty one removed', async () => {
    const { workspace, rid, save } = await openRoom()
    expect((await save({ tags: ['vip', 'refund'], topic: 'Parcel' })).body).toEqual({ success: true })
    expect(workspace.room(rid)).toMatchObject({ tags: ['vip', 'refund'], topic: 'Parcel' })
    await save({ tags: ['spam'] })
    expect(workspace.room(rid)).toMatchObject({ tags: ['spam'], topic: 'Parcel' })
    await save({ topic: '' })
    expect(workspace.room(rid)).not.toHaveProperty('tags')
    expect(workspace.room(rid)).not.toHaveProperty('topic')
  })

  test('works in a closed room, without a system message', async () => {
    const { workspace, rid, save } = await openRoom()
    workspace.closeRoom(rid)
    const before = workspace.messages(rid)
    expect((await save({ tags: ['vip'] })).status).toBe(200)
    expect(workspace.room(rid)).toMatchObject({ tags: ['vip'] })
    expect(workspace.messages(rid)).toEqual(before)
  })

  test('keeps what is empty of the visitor, whose new name does not reach the room', async () => {
    const { workspace, rid, access, save } = await openRoom()
    await save({}, { name: 'Vera V.', email: '', phone: null })
    expect(workspace.visitor(access.token)).toMatchObject({ name: 'Vera V.' })
    expect(workspace.visitor(access.token)).not.toHaveProperty('visitorEmails')
    expect(workspace.room(rid)).toMatchObject({ fname: 'Vera Visitor', v: { name: 'Vera Visitor' } })
  })

  test('fails without a text for an unknown visitor, although the room was saved', async () => {
    const { workspace, rid, save } = await openRoom()
    expect(await save({ tags: ['vip'] }, { _id: 'nobody' })).toMatchObject({
      status: 400,
      body: { success: false, error: '' },
    })
    expect(workspace.room(rid)).toMatchObject({ tags: ['vip'] })
  })

  test('of others needs a permission, and the room must exist', async () => {
    const { workspace, service, agent, save } = await openRoom()
    const { token } = workspace.createVisitor()
    const other = workspace.createAgent({ name: 'Otto Other' })
    const { _id } = workspace.openRoom({ token, agentId: other._id })
    expect((await save({ _id, tags: ['vip'] })).body).toEqual({ success: false, error: 'unauthorized' })
    expect((await save({ _id, tags: ['vip'] }, {}, service)).status).toBe(200)
    expect((await save({ _id: 'none' }, {}, agent)).body).toMatchObject({ error: 'error-invalid-room' })
  })
})

describe('an agent’s request for a transcript', () => {
  test('is fulfilled when the room closes, once', async () => {
    const { sandbox, service, agent, rid } = await startSandboxWithAgent()
    const { workspace } = sandbox
    const request = (as = service) =>
      as.post(`livechat/transcript/${rid}`, { email: 'vera@example.test', subject: 'Your chat' })
    expect((await request(agent)).status).toBe(403)
    expect((await request()).body).toEqual({ success: true })
    expect((await request()).body).toMatchObject({ error: 'error-transcript-already-requested' })
    expect(workspace.transcripts).toEqual([])
    workspace.closeRoom(rid)
    expect(workspace.transcripts).toMatchObject([{ rid, to: 'vera@example.test' }])
    expect((await request()).body).toMatchObject({ error: 'error-invalid-room' })
  })
})
