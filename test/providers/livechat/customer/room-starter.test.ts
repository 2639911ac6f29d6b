import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../../sandbox/livechat/index.ts'
import type { LiveChatConfig } from '../../../../src/config/index.ts'
import { fetchData } from '../../../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { Providers, Start, WholeMessages } from '../support/documents.ts'
import {
  countRequests,
  customerAction,
  type LiveChatGateway,
  openLiveChatGateway,
  withOAuth,
} from '../support/livechat-gateway.ts'

const KEY = '5b7e3a52-8a0b-4f57-b3f6-0a3b8a1c2d4e'

async function start({ url }: LiveChatGateway, more: object = {}) {
  const input = { provider: 'livechat', name: 'Cy', email: 'cy@example.test', text: 'hello', ...more }
  return (await fetchData(url, Start, { input }, asAnonymous)).startRoom
}

const openGateway = async () => openLiveChatGateway({ configure: withOAuth })

/** Reads the texts in the room with the new visitor's token. */
async function readTexts({ url }: LiveChatGateway, started: Awaited<ReturnType<typeof start>>) {
  if (!('room' in started)) throw new Error(`not started: ${JSON.stringify(started)}`)
  const { room, visitorToken } = started
  const { roomByNativeId } = await fetchData(
    url,
    WholeMessages,
    { id: room.nativeId },
    asVisitor(visitorToken),
  )
  return roomByNativeId?.messages.nodes.map(({ text }) => text)
}

describe('a visitor that starts a room', () => {
  it('becomes a customer with a chat, and receives the customer’s token', async () => {
    const gateway = await openGateway()
    const started = await start(gateway)
    const [chat] = gateway.liveChat.chats.all
    expect(started).toMatchObject({
      room: { nativeId: chat?.id, status: 'OPEN', visitor: { name: 'Cy', email: 'cy@example.test' } },
    })
    expect(countRequests(gateway)).toEqual({
      'v2/customer/token': 1,
      'customer/update_customer': 1,
      'customer/start_chat': 1,
      'customer/get_chat': 1,
    })
    expect(await readTexts(gateway, started)).toEqual(['hello'])
  })

  it('may omit name, e-mail address and text', async () => {
    const gateway = await openGateway()
    const started = await start(gateway, { name: null, email: null, text: null })
    expect(started).toMatchObject({ room: { visitor: { name: null, email: null } } })
    expect(await readTexts(gateway, started)).toEqual([])
    expect(countRequests(gateway)['customer/update_customer']).toBeUndefined()
  })

  it('chooses a department by its id', async () => {
    const gateway = await openGateway()
    const { providers } = await fetchData(gateway.url, Providers, {}, asAnonymous)
    const billing = providers[0]?.departments.find(({ name }) => name === 'Orders')
    await start(gateway, { departmentId: billing?.id })
    expect(gateway.liveChat.chats.all[0]?.groupIds).toEqual([2])
    const nowhere = Buffer.from(JSON.stringify([1, 'd', 'livechat', 'x'])).toString('base64url')
    gateway.liveChat.clearCalls()
    expect(await start(gateway, { departmentId: nowhere })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'departmentId',
    })
    expect(countRequests(gateway)).toEqual({})
    const unknown = Buffer.from(JSON.stringify([1, 'd', 'livechat', '77'])).toString('base64url')
    expect(await start(gateway, { departmentId: unknown })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'departmentId',
    })
  })

  it('receives CONFLICT if no agent is online', async () => {
    const gateway = await openGateway()
    for (const { id } of gateway.liveChat.chats.agents) gateway.liveChat.chats.setRoutingStatus(id, 'offline')
    expect(await start(gateway)).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('offline message'),
    })
    expect(gateway.liveChat.chats.all).toEqual([])
  })

  it('becomes a customer after the app’s expired token is renewed', async () => {
    const gateway = await openGateway()
    gateway.liveChat.tokens.expireAll()
    expect(await start(gateway)).toMatchObject({ __typename: 'StartRoomPayload' })
    expect(countRequests(gateway)).toMatchObject({ 'v2/token': 1, 'v2/customer/token': 2 })
  })
})

describe('a repeated idempotency key with the same input', () => {
  it('returns the same room', async () => {
    const gateway = await openGateway()
    const [first, again] = [
      await start(gateway, { idempotencyKey: KEY }),
      await start(gateway, { idempotencyKey: KEY }),
    ]
    // Each response has a renewal token of its own.
    expect({ ...again, renewalToken: null }).toEqual({ ...first, renewalToken: null })
    expect(gateway.liveChat.chats.all).toHaveLength(1)
    await start(gateway, { idempotencyKey: KEY, text: 'another' })
    expect(gateway.liveChat.chats.all).toHaveLength(2)
  })

  it('is retried if the first attempt had no effect', async () => {
    const gateway = await openGateway()
    const fault = { ...apiFaults.tooManyRequests, route: customerAction('start_chat'), times: 1 }
    gateway.liveChat.injectFault(fault)
    expect(await start(gateway, { idempotencyKey: KEY })).toMatchObject({ code: 'RATE_LIMITED' })
    expect(await start(gateway, { idempotencyKey: KEY })).toMatchObject({ __typename: 'StartRoomPayload' })
  })

  it('must not be guessable', async () => {
    expect(await start(await openGateway(), { idempotencyKey: 'short' })).toMatchObject({
      field: 'idempotencyKey',
    })
  })
})

describe('a lost response', () => {
  it('is recovered by a read: nobody else has the new customer’s token', async () => {
    const gateway = await openGateway()
    gateway.liveChat.injectFault({
      kind: 'reset-after-commit',
      route: customerAction('start_chat'),
      times: 1,
    })
    expect(await readTexts(gateway, await start(gateway))).toEqual(['hello'])
    expect(gateway.liveChat.chats.all).toHaveLength(1)
  })

  it('is OUTCOME_UNKNOWN if no chat is found; the key starts one after the first request can no longer complete', async () => {
    const gateway = await openGateway()
    gateway.liveChat.injectFault({ kind: 'reset', route: customerAction('start_chat'), times: 1 })
    expect(await start(gateway, { idempotencyKey: KEY })).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(await start(gateway, { idempotencyKey: KEY })).toMatchObject({ __typename: 'StartRoomPayload' })
    expect(gateway.liveChat.chats.all).toHaveLength(1)
  })
})

describe('with a missing setting', () => {
  const variants: readonly (readonly [string, (app: LiveChatConfig) => LiveChatConfig])[] = [
    [
      'accountId (LIVECHAT_ACCOUNT_ID in the environment)',
      (app) => ({ ...app, credential: { type: 'pat', accountId: 'a', token: 't' } }),
    ],
    ['clientId (LIVECHAT_CLIENT_ID in the environment)', ({ oauth: _none, ...app }) => app],
    [
      'organizationId (LIVECHAT_ORGANIZATION_ID in the environment)',
      ({ organizationId: _none, ...app }) => app,
    ],
    ['token (LIVECHAT_TOKEN in the environment)', ({ credential: _none, ...app }) => app],
  ]

  it.each(variants)('no room is started, and the reason names %s', async (setting, configure) => {
    const gateway = await openLiveChatGateway({
      configure: (right, sandbox) => configure(withOAuth(right, sandbox)),
    })
    expect(await start(gateway)).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining(setting),
    })
    expect(countRequests(gateway)).toEqual({})
  })

  it('the manifest has the same reason', async () => {
    const able = async (configure: (right: LiveChatConfig) => LiveChatConfig) => {
      const gateway = await openLiveChatGateway({
        configure: (right, sandbox) => configure(withOAuth(right, sandbox)),
      })
      return (await fetchData(gateway.url, Providers, {}, asOperator)).providers[0]?.capabilities
    }
    const rooms = ['READ_MESSAGES', 'SEND_MESSAGE', 'CLOSE_ROOM', 'LIST_OFFLINE_MESSAGES']
    expect(await able((app) => app)).toEqual(
      expect.arrayContaining([...rooms, 'LIST_ROOMS', 'START_ROOM', 'DELETE_MESSAGE']),
    )
    expect(await able(({ organizationId: _none, ...app }) => app)).not.toContain('DELETE_MESSAGE')
    expect(await able(({ credential: _none, ...app }) => app)).not.toContain('LIST_ROOMS')
    expect(await able(({ credential: _a, organizationId: _b, ...app }) => app)).toEqual([
      'LIST_OFFLINE_MESSAGES',
    ])
  })
})
