import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { encodeId } from '../../src/chat/ids.ts'
import type { Permission } from '../../src/sandbox/rocketchat/index.ts'
import { messageIdOf, roomIdOf } from '../rocketchat/chat.ts'
import { type Desk, openDesk } from './desk.ts'
import { Close, Departments, Health, ManyNodes, OneRoom, RoomIds, Send } from './documents.ts'

const REFUSED = 'ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN are refused'
const all = { first: 10, after: null, filter: null }

async function healthOf({ asOperator }: Desk) {
  return (await asOperator(Health, {})).data?.providers[0]?.health
}

describe('a credential that the server refuses', () => {
  it.each(['8.8', '9.0'] as const)(
    'names its settings and marks the provider DOWN, in %s',
    async (profile) => {
      const desk = await openDesk({ rocketChat: { profile }, authToken: 'a-wrong-auth-token' })
      const { errors } = await desk.asOperator(RoomIds, all)
      expect(errors).toMatchObject([{ message: `${REFUSED}.`, extensions: { code: 'PROVIDER_ERROR' } }])
      const room = desk.enter('Vera')
      const input = { roomId: roomIdOf(room._id), text: 'Hello' }
      expect(await desk.asOperator(Send, { input })).toMatchObject({
        data: { sendMessage: { code: 'PROVIDER_ERROR' } },
      })
      expect(await healthOf(desk)).toEqual({ status: 'DOWN', reason: REFUSED })
    },
  )

  it('is told to the log once, without the credential', async () => {
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    const desk = await openDesk({ authToken: 'a-wrong-auth-token', log })
    for (let asked = 0; asked < 3; asked += 1) await desk.asOperator(RoomIds, all)
    expect(lines.filter((line) => line.includes(REFUSED)).length).toBe(1)
    expect(lines.join()).not.toContain('a-wrong-auth-token')
  })

  it('leaves visitors what is theirs', async () => {
    const desk = await openDesk({ authToken: 'a-wrong-auth-token' })
    const room = desk.enter('Vera')
    await desk.asOperator(RoomIds, all)
    const { data } = await desk.asVisitor(room.v.token)(OneRoom, { id: room._id })
    expect(data?.roomByNativeId?.status).toBe('OPEN')
  })

  it('that is accepted again ends it', async () => {
    const desk = await openDesk()
    const body = { success: false, error: 'You must be logged in to do this.' }
    desk.rocketChat.fail({ kind: 'answer', status: 401, body, times: 1 })
    await desk.asOperator(RoomIds, all)
    await desk.asOperator(RoomIds, all)
    expect(await healthOf(desk)).toEqual({ status: 'UP', reason: null })
  })
})

describe('a permission that the account lacks', () => {
  async function deny(permission: Permission, more: Permission[] = []) {
    const desk = await openDesk()
    const room = desk.enter('Vera')
    for (const denied of [permission, ...more]) desk.workspace.setHolders(denied, [])
    return { ...desk, roomId: roomIdOf(room._id), rid: room._id }
  }
  const lacks = (permission: string) => `The service account lacks the permission ${permission}.`

  it('is named where rooms are listed, and where one is looked at', async () => {
    const { asOperator, rid } = await deny('view-livechat-rooms')
    const told = { message: lacks('view-livechat-rooms'), extensions: { code: 'FORBIDDEN' } }
    expect((await asOperator(RoomIds, all)).errors).toMatchObject([told])
    expect((await asOperator(OneRoom, { id: rid })).errors).toMatchObject([told])
    const ids = [messageIdOf(rid, 'any')]
    expect((await asOperator(ManyNodes, { ids })).errors).toMatchObject([told])
  })

  it.each([
    ['close-livechat-room', 'close-livechat-room'],
    ['close-others-livechat-room', 'close-others-livechat-room'],
  ] as const)('is named where a room is closed without %s', async (permission, named) => {
    const { asOperator, roomId } = await deny(permission)
    expect(await asOperator(Close, { input: { roomId, comment: 'Solved' } })).toMatchObject({
      data: { closeRoom: { code: 'FORBIDDEN', detail: lacks(named) } },
    })
  })

  it('is named where departments are looked up', async () => {
    const { asOperator } = await deny('view-livechat-departments', ['view-l-room'])
    const ids = [encodeId({ type: 'Department', provider: 'rocketchat', departmentId: 'orders' })]
    expect((await asOperator(ManyNodes, { ids })).errors).toMatchObject([
      { message: lacks('view-livechat-departments or view-l-room'), extensions: { code: 'FORBIDDEN' } },
    ])
  })
})

describe('departments', () => {
  it('are all shown to operators, and to others those that the widget shows', async () => {
    const { asOperator, asVisitor, workspace, ada } = await openDesk()
    for (let made = 0; made < 120; made += 1) workspace.createDepartment({ name: `Department ${made}` })
    workspace.createDepartment({ name: 'Orders', agentIds: [ada._id] })
    const { data } = await asOperator(Departments, {})
    expect(data?.providers[0]?.departments.length).toBe(121)
    expect(data?.providers[0]?.departments.every(({ online }) => online === null)).toBe(true)
    const shown = await asVisitor('nobody')(Departments, {})
    expect(shown.data?.providers[0]?.departments).toMatchObject([{ name: 'Orders' }])
  })
})

describe('the manifest', () => {
  it('has what agents do, and keeps the list from visitors', async () => {
    const { asOperator, asVisitor, enter } = await openDesk()
    const { data } = await asOperator(Health, {})
    expect(data?.providers[0]?.capabilities).toContain('LIST_ROOMS')
    const { errors } = await asVisitor(enter('Vera').v.token)(RoomIds, all)
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})
