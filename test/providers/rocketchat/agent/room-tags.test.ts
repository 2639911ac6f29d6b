import { describe, expect, it } from 'vitest'
import { CloseWithTags, FeedbackRoom, SetTags } from '../../support/feedback-documents.ts'
import { BAD_GATEWAY, RESET, RESET_AFTER_COMMIT, SERVER_ERROR, TOO_MANY_REQUESTS } from '../support/faults.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'
import { roomIdOf } from '../support/rocketchat-gateway.ts'

const SAVE = '/api/v1/livechat/room.saveInfo'
const CLOSE = '/api/v1/livechat/room.closeByUser'

async function openRoom(options: Parameters<typeof openOperatorGateway>[0] = {}) {
  const gateway = await openOperatorGateway(options)
  const { workspace, rocketChat, asOperator } = gateway
  const department = workspace.createDepartment({ name: 'Orders', requestTagBeforeClosingChat: true })
  const room = gateway.openRoomFor('Vera Visitor', { departmentId: department._id })
  const roomId = roomIdOf(room._id)
  return {
    ...gateway,
    rid: room._id,
    roomId,
    token: room.v.token,
    setTags: (tags: string[]) => asOperator(SetTags, { input: { roomId, tags } }),
    close: (tags: string[] | null) =>
      asOperator(CloseWithTags, { input: { roomId, comment: 'Solved', tags } }),
    bodies: (route: string) =>
      rocketChat.calls.filter(({ path }) => path === route).map(({ body }) => JSON.parse(body)),
  }
}

const payload = (name: string) => ({ data: { [name]: { __typename: expect.stringMatching(/Payload$/) } } })

describe('setting tags', () => {
  it('replaces them, and changes nothing else of room and visitor', async () => {
    const { setTags, bodies, workspace, rid, roomId, asOperator } = await openRoom()
    const before = workspace.room(rid)
    expect(await setTags(['vip', ' refund '])).toMatchObject(payload('setRoomTags'))
    expect(bodies(SAVE)).toEqual([
      { guestData: { _id: before.v._id }, roomData: { _id: rid, tags: ['vip', 'refund'] } },
    ])
    await setTags(['spam'])
    const { data } = await asOperator(FeedbackRoom, { id: roomId })
    expect(data?.room?.tags).toEqual(['spam'])
    const { tags: _tags, _updatedAt, ...after } = workspace.room(rid)
    expect({ ...after, _updatedAt: before._updatedAt }).toEqual(before)
    await setTags([])
    expect(workspace.room(rid)).not.toHaveProperty('tags')
  })

  it('works in a closed room', async () => {
    const { setTags, workspace, rid } = await openRoom()
    workspace.closeRoom(rid)
    expect(await setTags(['vip'])).toMatchObject(payload('setRoomTags'))
    expect(workspace.room(rid)).toMatchObject({ tags: ['vip'] })
  })

  it('costs a read of the room once a minute, and one call', async () => {
    const { setTags, countRequests } = await openRoom()
    expect(await countRequests(() => setTags(['vip']))).toEqual({
      'rooms.info': 1,
      'livechat/room.saveInfo': 1,
    })
    expect(await countRequests(() => setTags(['spam']))).toEqual({ 'livechat/room.saveInfo': 1 })
  })

  it('is read back after a lost response, and sent once more if it was lost', async () => {
    const { setTags, rocketChat, workspace, rid } = await openRoom()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: SAVE, times: 1 })
    expect(await setTags(['vip', 'refund'])).toMatchObject(payload('setRoomTags'))
    expect(rocketChat.counts()[`POST ${SAVE}`]).toBe(1)
    rocketChat.injectFault({ ...RESET, route: SAVE, times: 1 })
    expect(await setTags(['spam'])).toMatchObject(payload('setRoomTags'))
    expect(rocketChat.counts()[`POST ${SAVE}`]).toBe(3)
    expect(workspace.room(rid)).toMatchObject({ tags: ['spam'] })
  })

  it.each([
    ['OUTCOME_UNKNOWN', 'the connection is reset', RESET, 2],
    ['OUTCOME_UNKNOWN', 'a proxy fails', BAD_GATEWAY, 2],
    ['PROVIDER_UNAVAILABLE', 'the server fails', SERVER_ERROR, 2],
    ['RATE_LIMITED', 'the server limits the rate', TOO_MANY_REQUESTS, 1],
  ] as const)('is %s when %s', async (code, _when, fault, sent) => {
    const { setTags, rocketChat } = await openRoom()
    rocketChat.injectFault({ ...fault, route: SAVE })
    expect(await setTags(['vip'])).toMatchObject({ data: { setRoomTags: { code } } })
    expect(rocketChat.counts()[`POST ${SAVE}`]).toBe(sent)
  })

  it('succeeds if the room was saved although the visitor was not, which the server reports without a text', async () => {
    const { setTags, rocketChat, workspace, token } = await openRoom()
    await setTags(['vip'])
    rocketChat.workspace.forgetVisitor(token)
    expect(await setTags(['spam'])).toMatchObject(payload('setRoomTags'))
    expect(workspace.rooms()[0]?.tags).toEqual(['spam'])
  })

  it('is OUTCOME_UNKNOWN after a failure without a text if the room has other tags', async () => {
    const { setTags, rocketChat } = await openRoom()
    rocketChat.injectFault({ kind: 'answer', status: 400, body: { success: false, error: '' }, route: SAVE })
    expect(await setTags(['vip'])).toMatchObject({ data: { setRoomTags: { code: 'OUTCOME_UNKNOWN' } } })
    expect(rocketChat.counts()[`POST ${SAVE}`]).toBe(1)
  })

  it('names the permission that the account lacks', async () => {
    const { setTags, workspace } = await openRoom()
    workspace.setPermissionRoles('save-others-livechat-room-info', ['admin'])
    expect(await setTags(['vip'])).toMatchObject({
      data: {
        setRoomTags: { code: 'FORBIDDEN', detail: expect.stringContaining('save-others-livechat-room-info') },
      },
    })
  })

  it('is NOT_FOUND in an unknown room, and for visitors FORBIDDEN without a call', async () => {
    const { asOperator, asVisitor, rocketChat, token, roomId } = await openRoom()
    expect(await asOperator(SetTags, { input: { roomId: roomIdOf('none'), tags: ['vip'] } })).toMatchObject({
      data: { setRoomTags: { code: 'NOT_FOUND' } },
    })
    rocketChat.clearCalls()
    expect(await asVisitor(token)(SetTags, { input: { roomId, tags: ['vip'] } })).toMatchObject({
      data: { setRoomTags: { code: 'FORBIDDEN' } },
    })
    expect(rocketChat.calls).toEqual([])
  })

  it.each([
    ['a tag twice', ['vip', ' vip ']],
    ['an empty tag', ['vip', ' ']],
    ['a tag of two lines', ['vip\nspam']],
    ['a long tag', ['x'.repeat(101)]],
    ['many tags', Array.from({ length: 26 }, (_, index) => `tag ${index}`)],
  ])('is INVALID_INPUT at `tags` for %s, without a call', async (_name, tags) => {
    const { setTags, close, rocketChat } = await openRoom()
    const invalid = { code: 'INVALID_INPUT', field: 'tags' }
    expect(await setTags(tags)).toMatchObject({ data: { setRoomTags: invalid } })
    expect(await close(tags)).toMatchObject({ data: { closeRoom: invalid } })
    expect(rocketChat.calls).toEqual([])
  })
})

describe('closing a room of a department that requires tags', () => {
  it.each(['4.x', '7.13', '9.0'] as const)(
    'is INVALID_INPUT at `tags` without any in %s',
    async (profile) => {
      const { close, workspace, rid } = await openRoom({ rocketChat: { profile } })
      expect(await close(null)).toMatchObject({
        data: { closeRoom: { code: 'INVALID_INPUT', field: 'tags' } },
      })
      expect(workspace.room(rid).open).toBe(true)
    },
  )

  it('adds the tags to those of the room', async () => {
    const { close, setTags, bodies, rid } = await openRoom()
    await setTags(['vip'])
    expect(await close(['refund'])).toMatchObject({
      data: { closeRoom: { room: { status: 'CLOSED', tags: expect.arrayContaining(['vip', 'refund']) } } },
    })
    expect(bodies(CLOSE)).toEqual([{ rid, comment: 'Solved', tags: ['refund'] }])
  })

  it('is FORBIDDEN for its visitor: with tags without a call, and without because the server refuses', async () => {
    const { asVisitor, rocketChat, token, roomId } = await openRoom()
    const close = (tags: string[] | null) => asVisitor(token)(CloseWithTags, { input: { roomId, tags } })
    expect(await close(['vip'])).toMatchObject({ data: { closeRoom: { code: 'FORBIDDEN' } } })
    expect(rocketChat.calls).toEqual([])
    expect(await close(null)).toMatchObject({
      data: { closeRoom: { code: 'FORBIDDEN', detail: expect.stringContaining('requires tags') } },
    })
    expect(await close([])).toMatchObject({ data: { closeRoom: { code: 'FORBIDDEN' } } })
  })
})
