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
  VISITOR,
} from '../support/faults.ts'
import { Start } from '../support/visitor-documents.ts'
import { openVisitorGateway, type VisitorGateway } from '../support/visitor-gateway.ts'

const start = (chat: VisitorGateway, input: object = {}) =>
  sendOperation(chat.url, Start, { input: { provider: 'rocketchat', ...input } })

const openRooms = ({ workspace }: VisitorGateway) => workspace.rooms().filter(({ open }) => open).length

describe('a room is not started', () => {
  it.each([
    ['RATE_LIMITED', 'limits the rate', TOO_MANY_REQUESTS],
    ['PROVIDER_UNAVAILABLE', 'fails', SERVER_ERROR],
    ['PROVIDER_UNAVAILABLE', 'cuts the line', RESET],
    ['PROVIDER_UNAVAILABLE', 'breaks off', HALF_BODY],
    ['PROVIDER_UNAVAILABLE', 'stays silent', NO_RESPONSE],
    ['PROVIDER_ERROR', 'shows a page', HTML_PAGE],
  ] as const)('and that is %s when the server %s as the visitor registers', async (code, _when, fault) => {
    const chat = await openVisitorGateway({ config: SHORT_TIMEOUT })
    chat.rocketChat.injectFault({ ...fault, route: VISITOR })
    expect(await start(chat)).toMatchObject({ data: { startRoom: { code } } })
    expect(chat.rocketChat.counts()).toEqual({ [`POST ${VISITOR}`]: 1 })
    expect(openRooms(chat)).toBe(1)
  })

  it.each([
    ['CONFLICT', 'nobody is online', 'Sorry, no online agents [no-agent-online]'],
    ['FORBIDDEN', 'the contact is blocked', 'error-contact-channel-blocked'],
    ['FORBIDDEN', 'an app prevents it', '[error-app-prevented]'],
    ['PROVIDER_UNAVAILABLE', 'livechat is switched off', '[error-omnichannel-is-disabled]'],
  ])('and that is %s when %s', async (code, _when, error) => {
    const chat = await openVisitorGateway()
    chat.rocketChat.injectFault({ kind: 'answer', status: 400, body: { success: false, error }, route: ROOM })
    expect(await start(chat)).toMatchObject({ data: { startRoom: { code } } })
  })

  it('and the server gets no call, with input that makes no room', async () => {
    const chat = await openVisitorGateway()
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
      expect(await start(chat, input)).toMatchObject({
        data: { startRoom: { code: 'INVALID_INPUT', field } },
      })
    }
    expect(chat.rocketChat.counts()).toEqual({})
  })
})

it.each([
  ['an operator', asOperator],
  ['a visitor', asVisitor('token')],
])('a room is not started under a short key of %s', async (_who, headers) => {
  const chat = await openVisitorGateway()
  const input = { provider: 'rocketchat', idempotencyKey: 'fifteen-letters' }
  expect(await sendOperation(chat.url, Start, { input }, headers)).toMatchObject({
    data: { startRoom: { code: 'INVALID_INPUT', field: 'idempotencyKey' } },
  })
  expect(chat.rocketChat.counts()).toEqual({})
})

describe('whether a room was started', () => {
  it.each([
    ['fails', SERVER_ERROR],
    ['is down behind its proxy', BAD_GATEWAY],
    ['cuts the line', RESET],
    ['breaks off', HALF_BODY],
    ['stays silent', NO_RESPONSE],
    ['shows a page', HTML_PAGE],
  ] as const)('is unknown when the server %s as it opens it', async (_when, fault) => {
    const chat = await openVisitorGateway({ config: SHORT_TIMEOUT })
    chat.rocketChat.injectFault({ ...fault, route: ROOM })
    expect(await start(chat)).toMatchObject({ data: { startRoom: { code: 'OUTCOME_UNKNOWN' } } })
  })

  it.each([
    ['cut before', RESET],
    ['cut after the commit', RESET_AFTER_COMMIT],
    ['cut in its middle', HALF_BODY],
  ] as const)('is found out when its answer was %s once', async (_when, fault) => {
    const chat = await openVisitorGateway()
    chat.rocketChat.injectFault({ ...fault, route: ROOM, times: 1 })
    expect(await start(chat)).toMatchObject({ data: { startRoom: { room: { status: 'OPEN' } } } })
    expect(openRooms(chat)).toBe(2)
  })

  it('is found out by asking again with the same key', async () => {
    const chat = await openVisitorGateway({ config: SHORT_TIMEOUT })
    const input = { name: 'Nadia', idempotencyKey: '5b7e3a52-8a0b-4f57-b3f6-0a3b8a1c2d4e' }
    const takeBack = chat.rocketChat.injectFault({ ...RESET_AFTER_COMMIT, route: ROOM })
    expect(await start(chat, input)).toMatchObject({ data: { startRoom: { code: 'OUTCOME_UNKNOWN' } } })
    takeBack()
    expect(await start(chat, input)).toMatchObject({ data: { startRoom: { room: { status: 'OPEN' } } } })
    expect(openRooms(chat)).toBe(2)
  })
})

describe('a room whose first message fails', () => {
  it('is closed again, and the failure told', async () => {
    const settings = { Livechat_enable_message_character_limit: true, Livechat_message_character_limit: 3 }
    const chat = await openVisitorGateway({ rocketChat: { settings } })
    const answer = await start(chat, { text: 'too long' })
    expect(answer).toMatchObject({ data: { startRoom: { code: 'INVALID_INPUT', field: 'text' } } })
    expect(openRooms(chat)).toBe(1)
    expect(JSON.stringify(answer)).not.toContain(chat.workspace.rooms().at(-1)?.v.token)
  })

  it('is closed again though its visitor has left', async () => {
    const chat = await openVisitorGateway({ config: SHORT_TIMEOUT })
    chat.rocketChat.injectFault({ ...NO_RESPONSE, route: SEND })
    const leaving = new AbortController()
    const variables = { input: { provider: 'rocketchat', text: 'Hello' } }
    const asking = fetch(chat.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: Start.toString(), variables }),
      signal: leaving.signal,
    })
    await waitUntil(() => chat.rocketChat.calls.some(({ route }) => route === SEND))
    expect(openRooms(chat)).toBe(2)
    leaving.abort()
    await expect(asking).rejects.toThrow()
    await waitUntil(() => openRooms(chat) === 1)
  })
})
