import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import type { Permission } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { openSocketClient, subscribe, waitUntil } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import {
  Close,
  Departments,
  Events,
  Health,
  ManyNodes,
  Messages,
  OneRoom,
  RoomIds,
  Send,
} from '../support/operator-documents.ts'
import { type OperatorGateway, openOperatorGateway } from '../support/operator-gateway.ts'
import { messageIdOf, roomIdOf } from '../support/visitor-gateway.ts'

const REFUSED = 'ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN are refused'
const all = { first: 10, after: null, filter: null }

async function healthOf({ asOperator }: OperatorGateway) {
  return (await asOperator(Health, {})).data?.providers[0]?.health
}

describe('a credential that the server refuses', () => {
  it.each(['8.8', '9.0'] as const)(
    'names its settings and marks the provider DOWN, in %s',
    async (profile) => {
      const desk = await openOperatorGateway({ rocketChat: { profile }, authToken: 'a-wrong-auth-token' })
      const { errors } = await desk.asOperator(RoomIds, all)
      expect(errors).toMatchObject([{ message: `${REFUSED}.`, extensions: { code: 'PROVIDER_ERROR' } }])
      const room = desk.openRoomFor('Vera')
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
    const desk = await openOperatorGateway({ authToken: 'a-wrong-auth-token', log })
    for (let asked = 0; asked < 3; asked += 1) await desk.asOperator(RoomIds, all)
    expect(lines.filter((line) => line.includes(REFUSED)).length).toBe(1)
    expect(lines.join()).not.toContain('a-wrong-auth-token')
  })

  it('leaves visitors what is theirs', async () => {
    const desk = await openOperatorGateway({ authToken: 'a-wrong-auth-token' })
    const room = desk.openRoomFor('Vera')
    await desk.asOperator(RoomIds, all)
    const { data } = await desk.asVisitor(room.v.token)(OneRoom, { id: room._id })
    expect(data?.roomByNativeId?.status).toBe('OPEN')
  })

  it('that is accepted again ends it', async () => {
    const desk = await openOperatorGateway()
    const body = { success: false, error: 'You must be logged in to do this.' }
    desk.rocketChat.injectFault({ kind: 'answer', status: 401, body, times: 1 })
    await desk.asOperator(RoomIds, all)
    await desk.asOperator(RoomIds, all)
    expect(await healthOf(desk)).toEqual({ status: 'UP', reason: null })
  })
})

describe('a token that is revoked while the gateway runs', () => {
  async function running() {
    const lines: string[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
    const desk = await openOperatorGateway({ log })
    const { userId, authToken } = desk.workspace.serviceAccount()
    return {
      ...desk,
      health: () => healthOf(desk),
      revoke: () => desk.workspace.setLogin(authToken, null),
      giveBack: () => desk.workspace.setLogin(authToken, userId),
      told: () => lines.filter((line) => line.includes('ROCKETCHAT_')).length,
      lines,
      authToken,
    }
  }

  it('is told once each time, whatever is asked, and no more once it is given back', async () => {
    const {
      asOperator,
      openRoomFor: enter,
      health,
      revoke,
      giveBack,
      told,
      lines,
      authToken,
    } = await running()
    const room = enter('Vera')
    const input = { roomId: roomIdOf(room._id), text: 'Hello' }
    const ask = async () => [
      await asOperator(RoomIds, all),
      await asOperator(OneRoom, { id: room._id }),
      await asOperator(Send, { input }),
    ]
    await ask()
    expect(await health()).toEqual({ status: 'UP', reason: null })
    for (let time = 1; time <= 2; time += 1) {
      revoke()
      for (let asked = 0; asked < 2; asked += 1) {
        expect(await ask()).toMatchObject([
          { errors: [{ message: `${REFUSED}.`, extensions: { code: 'PROVIDER_ERROR' } }] },
          { errors: [{ message: `${REFUSED}.`, extensions: { code: 'PROVIDER_ERROR' } }] },
          { data: { sendMessage: { code: 'PROVIDER_ERROR' } } },
        ])
      }
      expect(await health()).toEqual({ status: 'DOWN', reason: REFUSED })
      giveBack()
      expect((await ask()).map(({ errors }) => errors)).toEqual([undefined, undefined, undefined])
      expect(await health()).toEqual({ status: 'UP', reason: null })
      expect(told()).toBe(time)
    }
    expect(lines.join()).not.toContain(authToken)
  })

  it('is noticed by looks alone, and costs who watches a room no message', async () => {
    const desk = await running()
    const room = desk.openRoomFor('Vera')
    const { authorization } = asOperator
    const { data } = await desk.asOperator(Messages, { id: room._id, last: 1 })
    const after = data?.roomByNativeId?.messages.pageInfo.endCursor ?? null
    const variables = { id: roomIdOf(room._id), after }
    const stream = subscribe(openSocketClient(desk.url, { authorization }), Events, variables)
    desk.workspace.visitorSends(room._id, 'one')
    const text = async () => {
      const [event] = await stream.take(1)
      const happened = event?.data?.roomEvents
      return happened?.__typename === 'MessageAddedEvent' ? happened.message.text : happened
    }
    expect(await text()).toBe('one')
    desk.revoke()
    await waitUntil(async () => (await desk.health())?.status === 'DOWN')
    desk.workspace.visitorSends(room._id, 'two')
    desk.giveBack()
    await waitUntil(async () => (await desk.health())?.status === 'UP')
    desk.workspace.visitorSends(room._id, 'three')
    expect([await text(), await text()]).toEqual(['two', 'three'])
    expect(desk.told()).toBe(1)
  })
})

describe('a permission that the account lacks', () => {
  async function deny(permission: Permission, more: Permission[] = []) {
    const desk = await openOperatorGateway()
    const room = desk.openRoomFor('Vera')
    for (const denied of [permission, ...more]) desk.workspace.setPermissionRoles(denied, [])
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
    const { asOperator, asVisitor, workspace, ada } = await openOperatorGateway()
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
    const { asOperator, asVisitor, openRoomFor: enter } = await openOperatorGateway()
    const { data } = await asOperator(Health, {})
    expect(data?.providers[0]?.capabilities).toContain('LIST_ROOMS')
    const { errors } = await asVisitor(enter('Vera').v.token)(RoomIds, all)
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})
