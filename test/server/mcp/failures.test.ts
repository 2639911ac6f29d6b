import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Permission } from '../../../src/domain/caller.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { schema } from '../../../src/schema/index.ts'
import { createToolCatalog } from '../../../src/server/mcp/tool-catalog.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { callTool, connectMcp } from './mcp-client.ts'
import { openWorkingRoom } from './working-room.ts'

const SEND_ROUTE = '/api/v1/chat.sendMessage'
const UNKNOWN_ROOM = encodeId({ type: 'Room', provider: 'rocketchat', roomId: 'nobody' })
const RESET = { kind: 'reset' } as const
const failed = (error: object) => ({ isError: true, data: { error: expect.objectContaining(error) } })

describe('arguments', () => {
  it.each([
    ['is missing', 'read_room', {}, 'roomId'],
    ['has the wrong type', 'read_room', { roomId: 'x', last: 'ten' }, 'last'],
    ['is no value of its enum', 'list_open_rooms', { status: ['GONE'] }, 'status'],
    ['is unknown', 'read_room', { roomId: 'x', room: 'x' }, 'room'],
    ['is out of range', 'list_open_rooms', { first: 1_000 }, 'first'],
    ['is no id of a room', 'read_room', { roomId: 'nonsense' }, 'roomId'],
    ['is an unknown provider', 'list_open_rooms', { providers: ['telegram'] }, 'providers'],
    ['is empty', 'send_message', { roomId: UNKNOWN_ROOM, text: '' }, 'text'],
  ])('one that %s is named', async (_fault, tool, args, field) => {
    const { call } = await openWorkingRoom('rocketchat')
    const result = await call(tool, args)
    expect(result).toMatchObject(failed({ code: 'INVALID_INPUT', field }))
    expect(result.summary).toBe(`Failed: INVALID_INPUT at ${field}.`)
  })
})

it('an unknown room is NOT_FOUND, for reads and writes', async () => {
  const { call } = await openWorkingRoom('rocketchat')
  const roomId = UNKNOWN_ROOM
  expect(await call('read_room', { roomId })).toMatchObject(failed({ code: 'NOT_FOUND' }))
  expect(await call('send_message', { roomId, text: 'hello' })).toMatchObject(failed({ code: 'NOT_FOUND' }))
})

it('a closed room is ROOM_CLOSED', async () => {
  const { call, roomId, stored } = await openWorkingRoom('rocketchat')
  await call('take_room', { roomId })
  expect(await call('close_room', { roomId, comment: 'Solved' })).toMatchObject({ isError: false })
  const { texts } = stored()
  expect(await call('send_message', { roomId, text: 'late' })).toMatchObject(failed({ code: 'ROOM_CLOSED' }))
  expect(await call('close_room', { roomId })).toMatchObject(failed({ code: 'ROOM_CLOSED' }))
  expect(stored().texts).toEqual(texts)
})

it('a provider that fails is named, and the rooms of the other one are shown', async () => {
  const { call, gateway, roomId } = await openWorkingRoom('livechat')
  gateway.rocketChat.injectFault(RESET)
  const partial = await call('list_open_rooms')
  expect(partial).toMatchObject({
    isError: false,
    data: {
      rooms: { nodes: [{ id: roomId }] },
      errors: [expect.objectContaining({ code: 'PROVIDER_UNAVAILABLE', provider: 'rocketchat' })],
    },
  })
  expect(partial.summary).toContain('Incomplete: PROVIDER_UNAVAILABLE at rocketchat.')
  gateway.liveChat.injectFault(RESET)
  expect(await call('read_room', { roomId })).toMatchObject(
    failed({ code: 'PROVIDER_UNAVAILABLE', provider: 'livechat' }),
  )
})

it('a write without a response tells the key with which it can be repeated, and then happens once', async () => {
  const { call, gateway, roomId, stored } = await openWorkingRoom('rocketchat')
  await call('take_room', { roomId })
  const removeFault = gateway.rocketChat.injectFault({ ...RESET, route: SEND_ROUTE })
  const unknown = await call('send_message', { roomId, text: 'Good morning' })
  expect(unknown).toMatchObject(failed({ code: 'OUTCOME_UNKNOWN', provider: 'rocketchat' }))
  const { idempotencyKey } = z
    .object({ error: z.object({ idempotencyKey: z.uuid() }) })
    .parse(unknown.data).error
  removeFault()
  const repeated = [
    await call('send_message', { roomId, text: 'Good morning', idempotencyKey }),
    await call('send_message', { roomId, text: 'Good morning', idempotencyKey }),
  ]
  expect(repeated.map(({ isError }) => isError)).toEqual([false, false])
  expect(repeated[0]?.data).toEqual(repeated[1]?.data)
  expect(stored().texts.filter(({ text }) => text === 'Good morning')).toHaveLength(1)
})

it('two calls without a key are two messages', async () => {
  const { call, roomId, stored } = await openWorkingRoom('livechat')
  await call('take_room', { roomId })
  for (const _call of ['first', 'second']) await call('send_message', { roomId, text: 'Hello?' })
  expect(stored().texts.filter(({ text }) => text === 'Hello?')).toHaveLength(2)
})

it('mutations count for the operator’s limit', async () => {
  const { call, roomId } = await openWorkingRoom('livechat', {
    config: { rateLimits: { anonymous: 0, visitor: 0, operator: 1 } },
  })
  await call('take_room', { roomId })
  await call('send_message', { roomId, text: 'one' })
  const third = await call('send_message', { roomId, text: 'two' })
  expect(third).toMatchObject(failed({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) }))
})

describe('permissions', () => {
  const permissions: readonly Permission[] = ['READ', 'WRITE', 'MANAGE']
  const keyOf = (permission: Permission) => `key-of-the-operator-with-${permission}`
  const operators = permissions.map((permission) => ({
    name: permission.toLowerCase(),
    key: keyOf(permission),
    permissions: [permission],
  }))
  const catalog = createToolCatalog(schema)

  it.each(permissions)(
    'an operator with %s sees its tools, and other tools are FORBIDDEN',
    async (permission) => {
      const { url } = await openGatewayWithoutProviders({ mcp: true, operators })
      const client = await connectMcp(url, { authorization: `Bearer ${keyOf(permission)}` })
      const { tools } = await client.listTools()
      const own = [...catalog.values()].filter((tool) => tool.permission === permission)
      expect(tools.map(({ name }) => name)).toEqual(own.map(({ name }) => name))
      const id = UNKNOWN_ROOM
      const args = { roomId: id, agentId: id, departmentId: id, offlineMessageId: id, text: 'x', tags: [] }
      for (const { name, permission: needed, argumentsSchema } of catalog.values()) {
        // It shows an operator nothing but itself and its providers.
        if (needed === permission || name === 'list_providers') continue
        const required = argumentsSchema.required.map((argument) => [argument, Object(args)[argument]])
        const result = await callTool(client, name, Object.fromEntries(required))
        expect(result, name).toMatchObject(failed({ code: 'FORBIDDEN' }))
      }
    },
  )

  it('an operator of one provider sees nothing of the other', async () => {
    const key = 'operator-key-of-one-provider'
    const { gateway, roomId } = await openWorkingRoom('livechat', {
      config: {
        operators: [
          { name: 'one', key, providers: ['rocketchat'] },
          { name: 'ann', key: 'operator-key-of-ann' },
        ],
      },
    })
    const client = await connectMcp(gateway.url, { authorization: `Bearer ${key}` })
    expect(await callTool(client, 'read_room', { roomId })).toMatchObject(failed({ code: 'NOT_FOUND' }))
    expect(await callTool(client, 'list_open_rooms')).toMatchObject({ data: { rooms: { nodes: [] } } })
  })
})
