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

const opened = async () => openLiveChatGateway({ configure: withOAuth })

/** What the new visitor finds in the room, with the token that came with it. */
async function said({ url }: LiveChatGateway, started: Awaited<ReturnType<typeof start>>) {
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

describe('a visitor who starts a room', () => {
  it('becomes a customer with a chat, and gets the customer’s token', async () => {
    const licence = await opened()
    const started = await start(licence)
    const [chat] = licence.liveChat.chats.all
    expect(started).toMatchObject({
      room: { nativeId: chat?.id, status: 'OPEN', visitor: { name: 'Cy', email: 'cy@example.test' } },
    })
    expect(countRequests(licence)).toEqual({
      'v2/customer/token': 1,
      'customer/update_customer': 1,
      'customer/start_chat': 1,
      'customer/get_chat': 1,
    })
    expect(await said(licence, started)).toEqual(['hello'])
  })

  it('may keep name, address and words for later', async () => {
    const licence = await opened()
    const started = await start(licence, { name: null, email: null, text: null })
    expect(started).toMatchObject({ room: { visitor: { name: null, email: null } } })
    expect(await said(licence, started)).toEqual([])
    expect(countRequests(licence)['customer/update_customer']).toBeUndefined()
  })

  it('chooses a department by its id', async () => {
    const licence = await opened()
    const { providers } = await fetchData(licence.url, Providers, {}, asAnonymous)
    const billing = providers[0]?.departments.find(({ name }) => name === 'Orders')
    await start(licence, { departmentId: billing?.id })
    expect(licence.liveChat.chats.all[0]?.groupIds).toEqual([2])
    const nowhere = Buffer.from(JSON.stringify([1, 'd', 'livechat', 'x'])).toString('base64url')
    licence.liveChat.clearCalls()
    expect(await start(licence, { departmentId: nowhere })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'departmentId',
    })
    expect(countRequests(licence)).toEqual({})
    const unknown = Buffer.from(JSON.stringify([1, 'd', 'livechat', '77'])).toString('base64url')
    expect(await start(licence, { departmentId: unknown })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'departmentId',
    })
  })

  it('is told where nobody is there to answer', async () => {
    const licence = await opened()
    for (const { id } of licence.liveChat.chats.agents) licence.liveChat.chats.setRoutingStatus(id, 'offline')
    expect(await start(licence)).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('offline message'),
    })
    expect(licence.liveChat.chats.all).toEqual([])
  })

  it('gets a customer of a renewed token where the app’s has expired', async () => {
    const licence = await opened()
    licence.liveChat.tokens.expireAll()
    expect(await start(licence)).toMatchObject({ __typename: 'StartRoomPayload' })
    expect(countRequests(licence)).toMatchObject({ 'v2/token': 1, 'v2/customer/token': 2 })
  })
})

describe('the same key with the same input', () => {
  it('finds the same room', async () => {
    const licence = await opened()
    const [first, again] = [
      await start(licence, { idempotencyKey: KEY }),
      await start(licence, { idempotencyKey: KEY }),
    ]
    expect(again).toEqual(first)
    expect(licence.liveChat.chats.all).toHaveLength(1)
    await start(licence, { idempotencyKey: KEY, text: 'another' })
    expect(licence.liveChat.chats.all).toHaveLength(2)
  })

  it('may be tried again where nothing happened', async () => {
    const licence = await opened()
    const fault = { ...apiFaults.tooManyRequests, route: customerAction('start_chat'), times: 1 }
    licence.liveChat.injectFault(fault)
    expect(await start(licence, { idempotencyKey: KEY })).toMatchObject({ code: 'RATE_LIMITED' })
    expect(await start(licence, { idempotencyKey: KEY })).toMatchObject({ __typename: 'StartRoomPayload' })
  })

  it('must not be one that is guessed', async () => {
    expect(await start(await opened(), { idempotencyKey: 'short' })).toMatchObject({
      field: 'idempotencyKey',
    })
  })
})

describe('an answer that is lost', () => {
  it('is looked up: nobody else holds the new customer’s token', async () => {
    const licence = await opened()
    licence.liveChat.injectFault({
      kind: 'reset-after-commit',
      route: customerAction('start_chat'),
      times: 1,
    })
    expect(await said(licence, await start(licence))).toEqual(['hello'])
    expect(licence.liveChat.chats.all).toHaveLength(1)
  })

  it('is of unknown outcome where no chat is found; its key opens one once nothing can come of the first', async () => {
    const licence = await opened()
    licence.liveChat.injectFault({ kind: 'reset', route: customerAction('start_chat'), times: 1 })
    expect(await start(licence, { idempotencyKey: KEY })).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(await start(licence, { idempotencyKey: KEY })).toMatchObject({ __typename: 'StartRoomPayload' })
    expect(licence.liveChat.chats.all).toHaveLength(1)
  }, 20_000)
})

describe('without what it takes', () => {
  const variants: readonly (readonly [string, (app: LiveChatConfig) => LiveChatConfig])[] = [
    ['LIVECHAT_ACCOUNT_ID', (app) => ({ ...app, credential: { type: 'pat', accountId: 'a', token: 't' } })],
    ['LIVECHAT_CLIENT_ID', ({ oauth: _none, ...app }) => app],
    ['LIVECHAT_ORGANIZATION_ID', ({ organizationId: _none, ...app }) => app],
    ['LIVECHAT_TOKEN', ({ credential: _none, ...app }) => app],
  ]

  it.each(variants)('no room is started, and the reason names %s', async (setting, configure) => {
    const licence = await openLiveChatGateway({
      configure: (right, sandbox) => configure(withOAuth(right, sandbox)),
    })
    expect(await start(licence)).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining(setting),
    })
    expect(countRequests(licence)).toEqual({})
  })

  it('the manifest says the same', async () => {
    const able = async (configure: (right: LiveChatConfig) => LiveChatConfig) => {
      const licence = await openLiveChatGateway({
        configure: (right, sandbox) => configure(withOAuth(right, sandbox)),
      })
      return (await fetchData(licence.url, Providers, {}, asOperator)).providers[0]?.capabilities
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
