import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { sendOperation } from '../../../support/graphql-client.ts'
import { asOperator, asVisitor, OPERATOR_KEY } from '../../../support/test-gateway.ts'
import { CONFIG, ROOM, SEND, VISITOR } from '../support/faults.ts'
import { expectNoToken, visibleTexts } from '../support/rocketchat-gateway.ts'
import { RoomById, Start } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']
const KEY = '5b7e3a52-8a0b-4f57-b3f6-0a3b8a1c2d4e'
const WORDS = 'a-key-of-sixteen-and-more'
const OPERATORS = [
  { name: 'tester', key: OPERATOR_KEY },
  { name: 'second', key: 'key-of-the-second-operator' },
]
const asSecondOperator = { authorization: 'Bearer key-of-the-second-operator' }

/** Starts a room that must succeed, and checks that the token is in its own field only. */
async function start({ url, workspace }: VisitorGateway, input: object = {}, headers = {}) {
  const { data } = await sendOperation(url, Start, { input: { provider: 'rocketchat', ...input } }, headers)
  if (data?.startRoom.__typename !== 'StartRoomPayload') throw new Error(`no room: ${JSON.stringify(data)}`)
  const { visitorToken, ...shown } = data.startRoom
  expectNoToken(shown, [visitorToken])
  return { token: visitorToken, ...shown, stored: workspace.room(shown.room.nativeId) }
}

describe.each(releases)('starting a room on Rocket.Chat %s', (profile) => {
  it('returns a visitor token with which the room can be read', async () => {
    const gateway = await openVisitorGateway({ rocketChat: { profile } })
    const { token, room, stored } = await start(gateway, { name: 'Nadia', email: 'nadia@example.org' })
    expect(room).toMatchObject({ status: 'OPEN', visitor: { name: 'Nadia', role: 'VISITOR' } })
    expect(stored.v.token).toBe(token)
    expect(gateway.workspace.visitor(token).visitorEmails).toEqual([{ address: 'nadia@example.org' }])
    const result = await gateway.askWith({ 'x-visitor-token': token })(RoomById, { id: room.id })
    expect(result).toMatchObject({ data: { room: { id: room.id, status: 'OPEN' } } })
  })

  it('returns the same room for the same key and input, even simultaneously', async () => {
    const gateway = await openVisitorGateway({ rocketChat: { profile } })
    const before = gateway.workspace.rooms().length
    const input = { name: 'Nadia', text: 'Hello', idempotencyKey: KEY }
    const [first, second] = await Promise.all([start(gateway, input), start(gateway, input)])
    const third = await start(gateway, input)
    expect([second.room.id, third.room.id]).toEqual([first.room.id, first.room.id])
    expect([second.token, third.token]).toEqual([first.token, first.token])
    expect(gateway.workspace.rooms()).toHaveLength(before + 1)
    expect(visibleTexts(gateway.workspace, first.room.nativeId)).toEqual(['Hello'])
  })
})

describe('a started room', () => {
  it('begins with the first message, in three requests', async () => {
    const gateway = await openVisitorGateway()
    const { room, stored } = await start(gateway, { text: 'My order is late' })
    expect(room.lastMessage).toMatchObject({ text: 'My order is late', author: { role: 'VISITOR' } })
    expect(visibleTexts(gateway.workspace, stored._id)).toEqual(['My order is late'])
    expect(gateway.rocketChat.counts()).toEqual({
      [`POST ${VISITOR}`]: 1,
      [`GET ${ROOM}`]: 1,
      [`POST ${SEND}`]: 1,
    })
  })

  it('belongs to the given department', async () => {
    const gateway = await openVisitorGateway()
    const bea = gateway.workspace.createAgent({ name: 'Bea Agent' })
    const { _id } = gateway.workspace.createDepartment({ name: 'Repairs', agentIds: [bea._id] })
    const departmentId = encodeId({ type: 'Department', provider: 'rocketchat', departmentId: _id })
    const { room } = await start(gateway, { departmentId })
    expect(room).toMatchObject({
      department: { id: departmentId, name: 'Repairs' },
      agents: [{ nativeId: bea._id }],
    })
    expect(gateway.rocketChat.counts()[`GET ${CONFIG}`]).toBe(1)
  })

  it('is a new one of a new visitor each time without a key', async () => {
    const gateway = await openVisitorGateway()
    const [first, second] = [await start(gateway), await start(gateway)]
    expect(first.room.id).not.toBe(second.room.id)
    expect(first.token).not.toBe(second.token)
    expect(first.token).toMatch(/^[\w-]{32}$/)
  })

  it('is a new one for other input under the same key: the key alone finds nothing', async () => {
    const gateway = await openVisitorGateway()
    const first = await start(gateway, { name: 'Nadia', idempotencyKey: KEY })
    const second = await start(gateway, { name: 'Mallory', idempotencyKey: KEY })
    expect(second.token).not.toBe(first.token)
    expect(second.room.id).not.toBe(first.room.id)
  })

  it.each([
    ['another operator', asOperator, asSecondOperator],
    ['a visitor', asOperator, asVisitor(WORDS)],
    ['another visitor', asVisitor('one'), asVisitor('another')],
  ])('is a new one for the same key and input of %s', async (_who, one, other) => {
    const gateway = await openVisitorGateway({ config: { operators: [...OPERATORS] } })
    for (const token of [WORDS, 'one', 'another']) gateway.workspace.createVisitor({ token })
    const input = { name: 'Nadia', text: 'Hello', idempotencyKey: WORDS }
    const [first, second] = [await start(gateway, input, one), await start(gateway, input, other)]
    expect(second.token).not.toBe(first.token)
    expect(second.room.id).not.toBe(first.room.id)
    expect((await start(gateway, input, one)).room.id).toBe(first.room.id)
  })

  it('of an operator is not found by others that repeat its UUID and input', async () => {
    const gateway = await openVisitorGateway()
    const input = { name: 'Nadia', idempotencyKey: KEY }
    const [first, second] = [await start(gateway, input, asOperator), await start(gateway, input)]
    expect(second.token).not.toBe(first.token)
  })

  it('can be started by an operator, which does not become a visitor', async () => {
    const gateway = await openVisitorGateway()
    const { room } = await start(gateway, { name: 'Walk-in' }, asOperator)
    expect(room.status).toBe('OPEN')
    const result = await gateway.askWith(asOperator)(RoomById, { id: room.id })
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'UNSUPPORTED' } }] })
  })
})
