import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../../sandbox/livechat/index.ts'
import type { LiveChatConfig } from '../../../../src/config/index.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { Health, Room, RoomList, RoomNodes, Send } from '../support/documents.ts'
import {
  agentAction,
  asVisitorOf,
  configurationAction,
  countRequests,
  type LiveChatGateway,
  openLiveChatGateway,
  roomIdOf,
  withOAuth,
} from '../support/livechat-gateway.ts'

const list = ({ url }: LiveChatGateway) => sendOperation(url, RoomList, {}, asOperator)

async function health({ url }: LiveChatGateway) {
  return (await fetchData(url, Health, {})).providers[0]?.health
}

const withToken = (token: string) => (right: LiveChatConfig) => ({
  ...right,
  credential: { type: 'pat', accountId: 'd24fa41e-bc16-41b8-a15b-9ca45ff7e0cf', token } as const,
})

describe('a credential that LiveChat refuses', () => {
  it('is named once in the log and as the reason why the provider is DOWN', async () => {
    const licence = await openLiveChatGateway({ configure: withToken('dal:wrong') })
    for (let time = 0; time < 3; time += 1) {
      expect(await list(licence)).toMatchObject({
        errors: [{ extensions: { code: 'PROVIDER_ERROR', provider: 'livechat' } }],
      })
    }
    const told = licence.log.filter(({ provider }) => provider === 'livechat')
    expect(told).toMatchObject([{ level: 50, setting: 'LIVECHAT_ACCOUNT_ID and LIVECHAT_TOKEN' }])
    expect(await health(licence)).toMatchObject({
      status: 'DOWN',
      reason: expect.stringContaining('LIVECHAT_TOKEN'),
    })
    expect(JSON.stringify(licence.log)).not.toContain('dal:wrong')
  })

  it('does not hinder visitors, nor do they make it right', async () => {
    const licence = await openLiveChatGateway({ configure: withToken('dal:wrong') })
    const chat = licence.liveChat.chats.start()
    await list(licence)
    const visitor = asVisitorOf(licence, chat)
    const { data } = await sendOperation(licence.url, Room, { id: chat.id }, visitor)
    expect(data?.roomByNativeId?.status).toBe('OPEN')
    expect(await health(licence)).toMatchObject({ status: 'DOWN' })
  })

  it('is right again as soon as LiveChat takes it', async () => {
    const licence = await openLiveChatGateway()
    const { authentication } = refused
    licence.liveChat.injectFault({ ...authentication, route: agentAction('list_chats'), times: 1 })
    await list(licence)
    expect(await health(licence)).toMatchObject({ status: 'DOWN' })
    await list(licence)
    expect(await health(licence)).toMatchObject({ status: 'UP', reason: null })
  })

  it('may be the organization id', async () => {
    const licence = await openLiveChatGateway({
      configure: (right) => ({ ...right, organizationId: 'nobody' }),
    })
    const chat = licence.liveChat.chats.start()
    const { errors } = await sendOperation(licence.url, Room, { id: chat.id }, asVisitorOf(licence, chat))
    expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_ERROR' } }])
    expect(await health(licence)).toMatchObject({
      status: 'DOWN',
      reason: expect.stringContaining('ORGANIZATION_ID'),
    })
  })

  it('is the visitor’s own matter where it is the visitor’s', async () => {
    const licence = await openLiveChatGateway()
    const chat = licence.liveChat.chats.start()
    const { errors } = await sendOperation(licence.url, Room, { id: chat.id }, asVisitor('dal:nobody'))
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(await health(licence)).toMatchObject({ status: 'UP' })
    expect(licence.log).toEqual([])
  })

  it('that lacks a scope is told as such', async () => {
    const licence = await openLiveChatGateway({
      configure: (right, { tokens }) => ({
        ...right,
        credential: { type: 'pat', ...tokens.personalAccessToken({ scopes: ['chats--all:ro'] }) },
      }),
    })
    const chat = licence.liveChat.chats.start()
    const roomId = Buffer.from(JSON.stringify([1, 'r', 'livechat', chat.id])).toString('base64url')
    const { sendMessage } = await fetchData(licence.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
    expect(sendMessage).toMatchObject({ code: 'FORBIDDEN', detail: expect.stringContaining('scope') })
  })
})

describe('an app’s token that has expired', () => {
  it('is renewed once for all who find it so, and kept', async () => {
    const licence = await openLiveChatGateway({ configure: withOAuth })
    const ids = Array.from({ length: 5 }, () => licence.liveChat.chats.start().id)
    const nodes = ids.map((id) => Buffer.from(JSON.stringify([1, 'r', 'livechat', id])).toString('base64url'))
    await list(licence)
    licence.liveChat.tokens.expireAll()
    licence.liveChat.clearCalls()
    const { nodes: rooms } = await fetchData(licence.url, RoomNodes, { ids: nodes }, asOperator)
    expect(rooms.map((room) => room && 'nativeId' in room && room.nativeId)).toEqual(ids)
    expect(countRequests(licence)['v2/token']).toBe(1)
    expect((await list(licence)).errors).toBeUndefined()
    expect(countRequests(licence)['v2/token']).toBe(1)
    expect(await health(licence)).toMatchObject({ status: 'UP' })
  })

  it('does not cost the write that met it', async () => {
    const licence = await openLiveChatGateway({ configure: withOAuth })
    const chat = licence.liveChat.chats.start()
    const roomId = await roomIdOf(licence, chat)
    licence.liveChat.tokens.expireAll()
    const { sendMessage } = await fetchData(licence.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
    expect(sendMessage).toMatchObject({ message: { text: 'hi' } })
    expect(chat.threads[0]?.events).toHaveLength(1)
  })

  it('is a refused credential where the refresh token is refused too', async () => {
    const licence = await openLiveChatGateway({
      configure: (right, sandbox) => ({
        ...withOAuth(right, sandbox),
        oauth: { clientId: sandbox.credentials.clientId, clientSecret: 'wrong', refreshToken: 'dal:refresh' },
      }),
    })
    licence.liveChat.tokens.expireAll()
    expect(await list(licence)).toMatchObject({ errors: [{ extensions: { code: 'PROVIDER_ERROR' } }] })
    expect(await health(licence)).toMatchObject({
      status: 'DOWN',
      reason: expect.stringContaining('LIVECHAT_REFRESH_TOKEN'),
    })
  })

  it('is the provider’s absence, not the token’s fault, where the accounts host fails', async () => {
    const licence = await openLiveChatGateway({ configure: withOAuth })
    licence.liveChat.tokens.expireAll()
    licence.liveChat.injectFault({ kind: 'answer', route: '/v2/token', status: 503, body: 'busy' })
    expect(await list(licence)).toMatchObject({ errors: [{ extensions: { code: 'PROVIDER_UNAVAILABLE' } }] })
  })

  it('stays expired without a refresh token', async () => {
    const licence = await openLiveChatGateway({
      configure: (right, sandbox) => ({
        ...right,
        credential: { type: 'bearer', token: sandbox.credentials.accessToken },
      }),
    })
    expect((await list(licence)).errors).toBeUndefined()
    licence.liveChat.tokens.expireAll()
    expect(await list(licence)).toMatchObject({ errors: [{ extensions: { code: 'PROVIDER_ERROR' } }] })
    expect(countRequests(licence)['v2/token']).toBeUndefined()
  })
})

describe('a licence in another region', () => {
  it('is asked by its token’s prefix', async () => {
    const licence = await openLiveChatGateway({ sandbox: { switches: { region: 'dal' } } })
    expect((await list(licence)).errors).toBeUndefined()
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 2 })
  })

  it('is asked again where LiveChat says that it lies, once for good', async () => {
    const licence = await openLiveChatGateway({ sandbox: { switches: { region: 'fra' } } })
    const chat = licence.liveChat.chats.start()
    const roomId = Buffer.from(JSON.stringify([1, 'r', 'livechat', chat.id])).toString('base64url')
    const { sendMessage } = await fetchData(licence.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
    expect(sendMessage).toMatchObject({ message: { text: 'hi' } })
    expect(licence.liveChat.calls.map(({ status }) => status)).toEqual([421, 200, 200, 200])
    expect(licence.liveChat.calls.map(({ headers }) => headers['x-region'])).toEqual([
      'dal',
      'fra',
      'fra',
      'fra',
    ])
  })

  it('is not asked for ever', async () => {
    const licence = await openLiveChatGateway()
    const body = { error: { type: 'misdirected_request', message: 'no', data: { region: 'fra' } } }
    licence.liveChat.injectFault({ kind: 'answer', route: agentAction('list_chats'), status: 421, body })
    expect(await list(licence)).toMatchObject({ errors: [{ extensions: { code: 'PROVIDER_ERROR' } }] })
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 2 })
  })
})

describe('a version that comes to its end', () => {
  it('is told in the log, once', async () => {
    const licence = await openLiveChatGateway({
      sandbox: { switches: { lifecycleHeaders: { Legacy: '2027-02-01' } } },
    })
    await list(licence)
    await list(licence)
    expect(licence.log).toMatchObject([{ version: 'v3.6', ends: '2027-02-01' }])
  })
})

describe('health', () => {
  it('costs one call where nothing is known, and none later', async () => {
    const licence = await openLiveChatGateway()
    expect(await health(licence)).toMatchObject({ status: 'UP' })
    await health(licence)
    expect(countRequests(licence)).toEqual({ 'configuration/list_groups': 1 })
  })

  it('is not UP where that call fails', async () => {
    const licence = await openLiveChatGateway()
    licence.liveChat.injectFault({ ...apiFaults.internal, route: configurationAction('list_groups') })
    expect(await health(licence)).toMatchObject({
      status: 'DEGRADED',
      reason: expect.stringContaining('500'),
    })
  })
})

const refused = {
  authentication: {
    kind: 'answer',
    status: 401,
    body: { error: { type: 'authentication', message: 'Invalid access token' } },
  },
} as const
