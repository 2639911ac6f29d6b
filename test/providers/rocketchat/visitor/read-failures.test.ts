import { describe, expect, it } from 'vitest'
import {
  BAD_GATEWAY,
  CONFIG,
  HALF_BODY,
  HISTORY,
  HTML_PAGE,
  MESSAGE,
  NO_RESPONSE,
  RESET,
  ROOM,
  SERVER_ERROR,
  TOO_MANY_REQUESTS,
  timeoutFor,
} from '../support/faults.ts'
import { PROVIDER_ID } from '../support/rocketchat-gateway.ts'
import { Departments, History, NodeById, RoomById, RoomByNativeId } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

const failures = [
  ['RATE_LIMITED', 'limits the rate', TOO_MANY_REQUESTS],
  ['PROVIDER_UNAVAILABLE', 'fails', SERVER_ERROR],
  ['PROVIDER_UNAVAILABLE', 'is down and its proxy responds', BAD_GATEWAY],
  ['PROVIDER_ERROR', 'returns an HTML page', HTML_PAGE],
  ['PROVIDER_ERROR', 'returns another object', { kind: 'answer', status: 200, body: { success: true } }],
  ['PROVIDER_ERROR', 'returns no object', { kind: 'answer', status: 200, body: [1] }],
  ['PROVIDER_ERROR', 'redirects', { kind: 'answer', status: 302, body: {} }],
  ['PROVIDER_UNAVAILABLE', 'sends half a response', HALF_BODY],
  ['PROVIDER_UNAVAILABLE', 'resets the connection', RESET],
  ['PROVIDER_UNAVAILABLE', 'does not respond', NO_RESPONSE],
] as const

const reads = [
  ['room', ROOM, ({ vera }: VisitorGateway) => vera.ask(RoomById, { id: vera.roomId })],
  ['roomByNativeId', ROOM, ({ vera }: VisitorGateway) => vera.ask(RoomByNativeId, { nativeId: vera.rid })],
  [
    'node',
    MESSAGE,
    async ({ vera }: VisitorGateway) => vera.ask(NodeById, { id: (await vera.send('one')).id }),
  ],
  ['Room.messages', HISTORY, ({ vera }: VisitorGateway) => vera.ask(History, { id: vera.roomId })],
  [
    'Provider.departments',
    CONFIG,
    ({ vera }: VisitorGateway) => vera.ask(Departments, { provider: PROVIDER_ID }),
  ],
] as const

describe.each(reads)('%s', (_read, route, ask) => {
  it.each(failures)('is %s when the server %s', async (code, _when, fault) => {
    const gateway = await openVisitorGateway({ config: timeoutFor(fault) })
    gateway.rocketChat.injectFault({ ...fault, method: 'GET', route })
    const { errors } = await ask(gateway)
    expect(errors).toMatchObject([{ extensions: { code, provider: 'rocketchat' } }])
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|html|socket|undici/i)
  })

  it.each([
    ['sent half a response', HALF_BODY],
    ['reset the connection', RESET],
    ['reset the connection after processing', { kind: 'reset-after-commit' }],
  ] as const)('sends the request once more if the server %s', async (_when, fault) => {
    const gateway = await openVisitorGateway()
    gateway.rocketChat.injectFault({ ...fault, method: 'GET', route, times: 1 })
    const { errors } = await ask(gateway)
    expect(errors).toBeUndefined()
    expect(gateway.rocketChat.counts()[`GET ${route}`]).toBe(2)
  })
})

it('a room that cannot be read does not affect the rest of a response', async () => {
  const { rocketChat, vera } = await openVisitorGateway()
  rocketChat.injectFault({ ...SERVER_ERROR, route: HISTORY })
  const result = await vera.ask(RoomById, { id: vera.roomId })
  expect(result).toMatchObject({ data: { room: { id: vera.roomId, status: 'OPEN' } } })
})
