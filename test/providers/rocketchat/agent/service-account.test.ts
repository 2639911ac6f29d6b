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
import { messageIdOf, roomIdOf } from '../support/rocketchat-gateway.ts'

const SETTINGS = 'userId and authToken (ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN in the environment)'
const CREDENTIAL_REJECTED = `Rocket.Chat rejects ${SETTINGS}.`
const all = { first: 10, after: null, filter: null }

async function healthOf({ asOperator }: OperatorGateway) {
  return (await asOperator(Health, {})).data?.providers[0]?.health
}

describe('a credential that the server rejects', () => {
  it.each(['8.8', '9.0'] as const)(
    'names its settings and marks the provider DOWN, in %s',
    async (profile) => {
      const gateway = await openOperatorGateway({ rocketChat: { profile }, authToken: 'a-wrong-auth-token' })
      const { errors } = await gateway.asOperator(RoomIds, all)
      expect(errors).toMatchObject([{ message: CREDENTIAL_REJECTED, extensions: { code: 'PROVIDER_ERROR' } }])
      const room = gateway.openRoomFor('Vera')
      const input = { roomId: roomIdOf(room._id), text: 'Hello' }
      expect(await gateway.asOperator(Send, { input })).toMatchObject({
        data: { sendMessage: { code: 'PROVIDER_ERROR' } },
      })
      expect(await healthOf(gateway)).toEqual({ status: 'DOWN', reason: CREDENTIAL_REJECTED })
    },
  )

  it('is logged once, without the credential', async () => {
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    const gateway = await openOperatorGateway({ authToken: 'a-wrong-auth-token', gateway: { log } })
    for (let count = 0; count < 3; count += 1) await gateway.asOperator(RoomIds, all)
    expect(lines.filter((line) => line.includes(SETTINGS)).length).toBe(1)
    expect(lines.join()).not.toContain('a-wrong-auth-token')
  })

  it('does not affect visitors', async () => {
    const gateway = await openOperatorGateway({ authToken: 'a-wrong-auth-token' })
    const room = gateway.openRoomFor('Vera')
    await gateway.asOperator(RoomIds, all)
    const { data } = await gateway.asVisitor(room.v.token)(OneRoom, { id: room._id })
    expect(data?.roomByNativeId?.status).toBe('OPEN')
  })

  it('is no problem any more once the server accepts it again', async () => {
    const gateway = await openOperatorGateway()
    const body = { success: false, error: 'You must be logged in to do this.' }
    gateway.rocketChat.injectFault({ kind: 'answer', status: 401, body, times: 1 })
    await gateway.asOperator(RoomIds, all)
    await gateway.asOperator(RoomIds, all)
    expect(await healthOf(gateway)).toEqual({ status: 'UP', reason: null })
  })
})

describe('a token that is revoked while the gateway is running', () => {
  async function running() {
    const lines: string[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
    const gateway = await openOperatorGateway({ gateway: { log } })
    const { userId, authToken } = gateway.workspace.serviceAccount()
    return {
      ...gateway,
      health: () => healthOf(gateway),
      revoke: () => gateway.workspace.setLogin(authToken, null),
      restore: () => gateway.workspace.setLogin(authToken, userId),
      countLogged: () =>
        lines.filter((line) => line.includes('"msg":"Rocket.Chat rejects the service account"')).length,
      lines,
      authToken,
    }
  }

  it('is logged once per revocation, whatever is requested, and not after it is restored', async () => {
    const { asOperator, openRoomFor, health, revoke, restore, countLogged, lines, authToken } =
      await running()
    const room = openRoomFor('Vera')
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
      for (let count = 0; count < 2; count += 1) {
        expect(await ask()).toMatchObject([
          { errors: [{ message: CREDENTIAL_REJECTED, extensions: { code: 'PROVIDER_ERROR' } }] },
          { errors: [{ message: CREDENTIAL_REJECTED, extensions: { code: 'PROVIDER_ERROR' } }] },
          { data: { sendMessage: { code: 'PROVIDER_ERROR' } } },
        ])
      }
      expect(await health()).toEqual({ status: 'DOWN', reason: CREDENTIAL_REJECTED })
      restore()
      expect((await ask()).map(({ errors }) => errors)).toEqual([undefined, undefined, undefined])
      expect(await health()).toEqual({ status: 'UP', reason: null })
      expect(countLogged()).toBe(time)
    }
    expect(lines.join()).not.toContain(authToken)
  })

  it('is noticed by polls alone, and costs subscribers of a room no message', async () => {
    const gateway = await running()
    const room = gateway.openRoomFor('Vera')
    const { authorization } = asOperator
    const { data } = await gateway.asOperator(Messages, { id: room._id, last: 1 })
    const after = data?.roomByNativeId?.messages.pageInfo.endCursor ?? null
    const variables = { id: roomIdOf(room._id), after }
    const stream = subscribe(openSocketClient(gateway.url, { authorization }), Events, variables)
    gateway.workspace.visitorSends(room._id, 'one')
    const text = async () => {
      const [event] = await stream.take(1)
      const happened = event?.data?.roomEvents
      return happened?.__typename === 'MessageAddedEvent' ? happened.message.text : happened
    }
    expect(await text()).toBe('one')
    gateway.revoke()
    await waitUntil(async () => (await gateway.health())?.status === 'DOWN')
    gateway.workspace.visitorSends(room._id, 'two')
    gateway.restore()
    await waitUntil(async () => (await gateway.health())?.status === 'UP')
    gateway.workspace.visitorSends(room._id, 'three')
    expect([await text(), await text()]).toEqual(['two', 'three'])
    expect(gateway.countLogged()).toBe(1)
  })
})

describe('a permission that the service account lacks', () => {
  async function deny(permission: Permission, more: Permission[] = []) {
    const gateway = await openOperatorGateway()
    const room = gateway.openRoomFor('Vera')
    for (const denied of [permission, ...more]) gateway.workspace.setPermissionRoles(denied, [])
    return { ...gateway, roomId: roomIdOf(room._id), rid: room._id }
  }
  const missingPermission = (permission: string) => `The service account lacks the permission ${permission}.`

  it('is named when rooms are listed or one is read', async () => {
    const { asOperator, rid } = await deny('view-livechat-rooms')
    const error = { message: missingPermission('view-livechat-rooms'), extensions: { code: 'FORBIDDEN' } }
    expect((await asOperator(RoomIds, all)).errors).toMatchObject([error])
    expect((await asOperator(OneRoom, { id: rid })).errors).toMatchObject([error])
    const ids = [messageIdOf(rid, 'any')]
    expect((await asOperator(ManyNodes, { ids })).errors).toMatchObject([error])
  })

  it.each([
    ['close-livechat-room', 'close-livechat-room'],
    ['close-others-livechat-room', 'close-others-livechat-room'],
  ] as const)('is named when a room is closed without %s', async (permission, named) => {
    const { asOperator, roomId } = await deny(permission)
    expect(await asOperator(Close, { input: { roomId, comment: 'Solved' } })).toMatchObject({
      data: { closeRoom: { code: 'FORBIDDEN', detail: missingPermission(named) } },
    })
  })

  it('is named when departments are read', async () => {
    const { asOperator } = await deny('view-livechat-departments', ['view-l-room'])
    const ids = [encodeId({ type: 'Department', provider: 'rocketchat', departmentId: 'orders' })]
    expect((await asOperator(ManyNodes, { ids })).errors).toMatchObject([
      {
        message: missingPermission('view-livechat-departments or view-l-room'),
        extensions: { code: 'FORBIDDEN' },
      },
    ])
  })
})

describe('departments', () => {
  it('are all visible to operators, and to others only those of the public configuration', async () => {
    const { asOperator, asVisitor, workspace, ada } = await openOperatorGateway()
    for (let made = 0; made < 120; made += 1) workspace.createDepartment({ name: `Department ${made}` })
    workspace.createDepartment({ name: 'Orders', agentIds: [ada._id] })
    const { data } = await asOperator(Departments, {})
    expect(data?.providers[0]?.departments.length).toBe(121)
    const online = data?.providers[0]?.departments.filter((department) => department.online)
    expect(online).toMatchObject([{ name: 'Orders' }])
    const shown = await asVisitor('nobody')(Departments, {})
    expect(shown.data?.providers[0]?.departments).toMatchObject([{ name: 'Orders' }])
  })
})

describe('the manifest', () => {
  it('contains the capabilities of agents, and lists rooms for operators only', async () => {
    const { asOperator, asVisitor, openRoomFor } = await openOperatorGateway()
    const { data } = await asOperator(Health, {})
    expect(data?.providers[0]?.capabilities).toContain('LIST_ROOMS')
    const { errors } = await asVisitor(openRoomFor('Vera').v.token)(RoomIds, all)
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})
