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
  SHORT_TIMEOUT,
  TOO_MANY_REQUESTS,
} from '../support/faults.ts'
import { Departments, History, NodeById, RoomById, RoomByNativeId } from '../support/visitor-documents.ts'
import { openVisitorGateway, PROVIDER_ID, type VisitorGateway } from '../support/visitor-gateway.ts'

const failures = [
  ['RATE_LIMITED', 'is asked too often', TOO_MANY_REQUESTS],
  ['PROVIDER_UNAVAILABLE', 'fails', SERVER_ERROR],
  ['PROVIDER_UNAVAILABLE', 'is down behind its proxy', BAD_GATEWAY],
  ['PROVIDER_ERROR', 'shows a page', HTML_PAGE],
  ['PROVIDER_ERROR', 'answers something else', { kind: 'answer', status: 200, body: { success: true } }],
  ['PROVIDER_ERROR', 'answers no object', { kind: 'answer', status: 200, body: [1] }],
  ['PROVIDER_ERROR', 'sends elsewhere', { kind: 'answer', status: 302, body: {} }],
  ['PROVIDER_UNAVAILABLE', 'breaks off in its answers', HALF_BODY],
  ['PROVIDER_UNAVAILABLE', 'cuts the line', RESET],
  ['PROVIDER_UNAVAILABLE', 'stays silent', NO_RESPONSE],
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
    const chat = await openVisitorGateway({ config: SHORT_TIMEOUT })
    chat.rocketChat.injectFault({ ...fault, method: 'GET', route })
    const { errors } = await ask(chat)
    expect(errors).toMatchObject([{ extensions: { code, provider: 'rocketchat' } }])
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|html|socket|undici/i)
  })

  it.each([
    ['broke off', HALF_BODY],
    ['cut the line', RESET],
    ['had gone before it was heard', { kind: 'reset-after-commit' }],
  ] as const)('asks once more where the server %s', async (_when, fault) => {
    const chat = await openVisitorGateway()
    chat.rocketChat.injectFault({ ...fault, method: 'GET', route, times: 1 })
    const { errors } = await ask(chat)
    expect(errors).toBeUndefined()
    expect(chat.rocketChat.counts()[`GET ${route}`]).toBe(2)
  })
})

it('one room that cannot be read takes nothing from the rest of an answer', async () => {
  const { rocketChat, vera } = await openVisitorGateway()
  rocketChat.injectFault({ ...SERVER_ERROR, route: HISTORY })
  const answer = await vera.ask(RoomById, { id: vera.roomId })
  expect(answer).toMatchObject({ data: { room: { id: vera.roomId, status: 'OPEN' } } })
})
