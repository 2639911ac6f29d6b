import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../../src/domain/ids.ts'
import { sendOperation, waitUntil } from '../../../support/graphql-client.ts'
import { asOperator, asVisitor } from '../../../support/test-gateway.ts'
import {
  BAD_GATEWAY,
  HALF_BODY,
  HTML_PAGE,
  NO_RESPONSE,
  RESET,
  RESET_AFTER_COMMIT,
  ROOM,
  SEND,
  SERVER_ERROR,
  SHORT_TIMEOUT,
  TOO_MANY_REQUESTS,
  timeoutFor,
  VISITOR,
} from '../support/faults.ts'
import { Start } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

const start = (gateway: VisitorGateway, input: object = {}) =>
  sendOperation(gateway.url, Start, { input: { provider: 'rocketchat', ...input } })

const openRooms = ({ workspace }: VisitorGateway) => workspace.rooms().filter(({ open }) => open).length

describe('a room that is not started', () => {
  it.each([
    ['RATE_LIMITED', 'limits the rate', TOO_MANY_REQUESTS],
    ['PROVIDER_UNAVAILABLE', 'fails', SERVER_ERROR],
    ['PROVIDER_UNAVAILABLE', 'resets the connection', RESET],
    ['PROVIDER_UNAVAILABLE', 'sends half a response', HALF_BODY],
    ['PROVIDER_UNAVAILABLE', 'does not respond', NO_RESPONSE],
    ['PROVIDER_ERROR', 'returns an HTML page', HTML_PAGE],
  ] as const)('is %s when the server %s as the visitor registers', async (code, _when, fault) => {
    const gateway = await openVisitorGateway({ config: timeoutFor(fault) })
    gateway.rocketChat.injectFault({ ...fault, route: VISITOR })
    expect(await start(gateway)).toMatchObject({ data: { startRoom: { code } } })
    expect(gateway.rocketChat.counts()).toEqual({ [`POST ${VISITOR}`]: 1 })
    expect(openRooms(gateway)).toBe(1)
  })

  it.each([
    ['CONFLICT', 'no agent is online', 'Sorry, no online agents [no-agent-online]'],
    ['FORBIDDEN', 'the contact is blocked', 'error-contact-channel-blocked'],
    ['FORBIDDEN', 'an app prevents it', '[error-app-prevented]'],
    ['PROVIDER_UNAVAILABLE', 'livechat is disabled', '[error-omnichannel-is-disabled]'],
  ])('is %s when %s', async (code, _when, error) => {
    const gateway = await openVisitorGateway()
    gateway.rocketChat.injectFault({
      kind: 'answer',
      status: 400,
      body: { success: false, error },
      route: ROOM,
    })
    expect(await start(gateway)).toMatchObject({ data: { startRoom: { code } } })
  })

  it('is INVALID_INPUT for invalid input, and the server receives no request', async () => {
    const gateway = await openVisitorGateway()
    const elsewhere = encodeId({ type: 'Department', provider: 'livechat', departmentId: '1' })
    const wrong = [
      ['provider', { provider: 'nobody' }],
      ['email', { email: 'no address' }],
      ['departmentId', { departmentId: elsewhere }],
      ['idempotencyKey', { idempotencyKey: 'short' }],
      ['idempotencyKey', { idempotencyKey: 'a-key-of-sixteen-and-more' }],
      ['idempotencyKey', { idempotencyKey: '5b7e3a52-8a0b-4f57-b3f6-0a3b8a1c2d4e ' }],
      ['text', { text: ' ' }],
    ] as const
    for (const [field, input] of wrong) {
      expect(await start(gateway, input)).toMatchObject({
        data: { startRoom: { code: 'INVALID_INPUT', field } },
      })
    }
    expect(gateway.rocketChat.counts()).toEqual({})
  })
})

it.each([
  ['an operator', asOperator],
  ['a visitor', asVisitor('token')],
])('a short idempotency key of %s starts no room', async (_who, headers) => {
  const gateway = await openVisitorGateway()
  const input = { provider: 'rocketchat', idempotencyKey: 'fifteen-letters' }
  expect(await sendOperation(gateway.url, Start, { input }, headers)).toMatchObject({
    data: { startRoom: { code: 'INVALID_INPUT', field: 'idempotencyKey' } },
  })
  expect(gateway.rocketChat.counts()).toEqual({})
})

describe('the outcome of a start', () => {
  it.each([
    ['fails', SERVER_ERROR],
    ['is down and its proxy responds', BAD_GATEWAY],
    ['resets the connection', RESET],
    ['sends half a response', HALF_BODY],
    ['does not respond', NO_RESPONSE],
    ['returns an HTML page', HTML_PAGE],
  ] as const)('is unknown when the server %s as it opens the room', async (_when, fault) => {
    const gateway = await openVisitorGateway({ config: timeoutFor(fault) })
    gateway.rocketChat.injectFault({ ...fault, route: ROOM })
    expect(await start(gateway)).toMatchObject({ data: { startRoom: { code: 'OUTCOME_UNKNOWN' } } })
  })

  it.each([
    ['lost with its request', RESET],
    ['lost after the commit', RESET_AFTER_COMMIT],
    ['cut in half', HALF_BODY],
  ] as const)('is found when the response was %s once', async (_when, fault) => {
    const gateway = await openVisitorGateway()
    gateway.rocketChat.injectFault({ ...fault, route: ROOM, times: 1 })
    expect(await start(gateway)).toMatchObject({ data: { startRoom: { room: { status: 'OPEN' } } } })
    expect(openRooms(gateway)).toBe(2)
  })

  it('is found by repeating the start with the same key', async () => {
    const gateway = await openVisitorGateway()
    const input = { name: 'Nadia', idempotencyKey: '5b7e3a52-8a0b-4f57-b3f6-0a3b8a1c2d4e' }
    const removeFault = gateway.rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: ROOM })
    expect(await start(gateway, input)).toMatchObject({ data: { startRoom: { code: 'OUTCOME_UNKNOWN' } } })
    removeFault()
    expect(await start(gateway, input)).toMatchObject({ data: { startRoom: { room: { status: 'OPEN' } } } })
    expect(openRooms(gateway)).toBe(2)
  })
})

describe('a room whose first message fails', () => {
  it('is closed again, and the same key starts another one', async () => {
    const gateway = await openVisitorGateway({ config: SHORT_TIMEOUT })
    const input = { text: 'Hello', idempotencyKey: '5b7e3a52-8a0b-4f57-b3f6-0a3b8a1c2d4e' }
    const removeFault = gateway.rocketChat.injectFault({ ...NO_RESPONSE, route: SEND })
    expect(await start(gateway, input)).toMatchObject({ data: { startRoom: { code: 'OUTCOME_UNKNOWN' } } })
    expect(openRooms(gateway)).toBe(1)
    removeFault()
    expect(await start(gateway, input)).toMatchObject({
      data: { startRoom: { room: { status: 'OPEN', lastMessage: { text: 'Hello' } } } },
    })
    expect(openRooms(gateway)).toBe(2)
  })

  it('is closed again, and the start fails', async () => {
    const settings = { Livechat_enable_message_character_limit: true, Livechat_message_character_limit: 3 }
    const gateway = await openVisitorGateway({ rocketChat: { settings } })
    const result = await start(gateway, { text: 'too long' })
    expect(result).toMatchObject({ data: { startRoom: { code: 'INVALID_INPUT', field: 'text' } } })
    expect(openRooms(gateway)).toBe(1)
    expect(JSON.stringify(result)).not.toContain(gateway.workspace.rooms().at(-1)?.v.token)
  })

  it('is closed again although the client has disconnected', async () => {
    const gateway = await openVisitorGateway({ config: SHORT_TIMEOUT })
    gateway.rocketChat.injectFault({ ...NO_RESPONSE, route: SEND })
    const abortController = new AbortController()
    const variables = { input: { provider: 'rocketchat', text: 'Hello' } }
    const request = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: Start.toString(), variables }),
      signal: abortController.signal,
    })
    await waitUntil(() => gateway.rocketChat.calls.some(({ route }) => route === SEND))
    expect(openRooms(gateway)).toBe(2)
    abortController.abort()
    await expect(request).rejects.toThrow()
    await waitUntil(() => openRooms(gateway) === 1)
  })
})
