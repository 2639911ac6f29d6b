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

describe('a credential that LiveChat rejects', () => {
  it('is named once in the log, and as the reason why the provider is DOWN', async () => {
    const gateway = await openLiveChatGateway({ configure: withToken('dal:wrong') })
    for (let time = 0; time < 3; time += 1) {
      expect(await list(gateway)).toMatchObject({
        errors: [{ extensions: { code: 'PROVIDER_ERROR', provider: 'livechat' } }],
      })
    }
    const logged = gateway.log.filter(({ provider }) => provider === 'livechat')
    expect(logged).toMatchObject([
      {
        level: 50,
        setting: 'accountId and token (LIVECHAT_ACCOUNT_ID and LIVECHAT_TOKEN in the environment)',
      },
    ])
    expect(await health(gateway)).toMatchObject({
      status: 'DOWN',
      reason: expect.stringContaining('LIVECHAT_TOKEN'),
    })
    expect(JSON.stringify(gateway.log)).not.toContain('dal:wrong')
  })

  it('does not affect visitors, whose successful requests do not clear it', async () => {
    const gateway = await openLiveChatGateway({ configure: withToken('dal:wrong') })
    const chat = gateway.liveChat.chats.start()
    await list(gateway)
    const visitor = asVisitorOf(gateway, chat)
    const { data } = await sendOperation(gateway.url, Room, { id: chat.id }, visitor)
    expect(data?.roomByNativeId?.status).toBe('OPEN')
    expect(await health(gateway)).toMatchObject({ status: 'DOWN' })
  })

  it('is cleared as soon as LiveChat accepts it', async () => {
    const gateway = await openLiveChatGateway()
    const { authentication } = refused
    gateway.liveChat.injectFault({ ...authentication, route: agentAction('list_chats'), times: 1 })
    await list(gateway)
    expect(await health(gateway)).toMatchObject({ status: 'DOWN' })
    await list(gateway)
    expect(await health(gateway)).toMatchObject({ status: 'UP', reason: null })
  })

  it('can be the organization id', async () => {
    const gateway = await openLiveChatGateway({
      configure: (right) => ({ ...right, organizationId: 'nobody' }),
    })
    const chat = gateway.liveChat.chats.start()
    const { errors } = await sendOperation(gateway.url, Room, { id: chat.id }, asVisitorOf(gateway, chat))
    expect(errors).toMatchObject([{ extensions: { code: 'PROVIDER_ERROR' } }])
    expect(await health(gateway)).toMatchObject({
      status: 'DOWN',
      reason: expect.stringContaining('ORGANIZATION_ID'),
    })
  })

  it('does not affect the health if it is a visitor’s token', async () => {
    const gateway = await openLiveChatGateway()
    const chat = gateway.liveChat.chats.start()
    const { errors } = await sendOperation(gateway.url, Room, { id: chat.id }, asVisitor('dal:nobody'))
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(await health(gateway)).toMatchObject({ status: 'UP' })
    expect(gateway.log).toEqual([])
  })

  it('without a required scope causes FORBIDDEN', async () => {
    const gateway = await openLiveChatGateway({
      configure: (right, { tokens }) => ({
        ...right,
        credential: { type: 'pat', ...tokens.personalAccessToken({ scopes: ['chats--all:ro'] }) },
      }),
    })
    const chat = gateway.liveChat.chats.start()
    const roomId = Buffer.from(JSON.stringify([1, 'r', 'livechat', chat.id])).toString('base64url')
    const { sendMessage } = await fetchData(gateway.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
    expect(sendMessage).toMatchObject({ code: 'FORBIDDEN', detail: expect.stringContaining('scope') })
  })
})

describe('an app’s expired token', () => {
  it('is renewed once for all concurrent requests, and the new one is kept', async () => {
    const gateway = await openLiveChatGateway({ configure: withOAuth })
    const ids = Array.from({ length: 5 }, () => gateway.liveChat.chats.start().id)
    const nodes = ids.map((id) => Buffer.from(JSON.stringify([1, 'r', 'livechat', id])).toString('base64url'))
    await list(gateway)
    gateway.liveChat.tokens.expireAll()
    gateway.liveChat.clearCalls()
    const { nodes: rooms } = await fetchData(gateway.url, RoomNodes, { ids: nodes }, asOperator)
    expect(rooms.map((room) => room && 'nativeId' in room && room.nativeId)).toEqual(ids)
    expect(countRequests(gateway)['v2/token']).toBe(1)
    expect((await list(gateway)).errors).toBeUndefined()
    expect(countRequests(gateway)['v2/token']).toBe(1)
    expect(await health(gateway)).toMatchObject({ status: 'UP' })
  })

  it('does not fail the write that used it', async () => {
    const gateway = await openLiveChatGateway({ configure: withOAuth })
    const chat = gateway.liveChat.chats.start()
    const roomId = await roomIdOf(gateway, chat)
    gateway.liveChat.tokens.expireAll()
    const { sendMessage } = await fetchData(gateway.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
    expect(sendMessage).toMatchObject({ message: { text: 'hi' } })
    expect(chat.threads[0]?.events).toHaveLength(1)
  })

  it('is a rejected credential if the refresh token is rejected too', async () => {
    const gateway = await openLiveChatGateway({
      configure: (right, sandbox) => ({
        ...withOAuth(right, sandbox),
        oauth: { clientId: sandbox.credentials.clientId, clientSecret: 'wrong', refreshToken: 'dal:refresh' },
      }),
    })
    gateway.liveChat.tokens.expireAll()
    expect(await list(gateway)).toMatchObject({ errors: [{ extensions: { code: 'PROVIDER_ERROR' } }] })
    expect(await health(gateway)).toMatchObject({
      status: 'DOWN',
      reason: expect.stringContaining('LIVECHAT_REFRESH_TOKEN'),
    })
  })

  it('is PROVIDER_UNAVAILABLE, not a rejected credential, if the accounts host fails', async () => {
    const gateway = await openLiveChatGateway({ configure: withOAuth })
    gateway.liveChat.tokens.expireAll()
    gateway.liveChat.injectFault({ kind: 'answer', route: '/v2/token', status: 503, body: 'busy' })
    expect(await list(gateway)).toMatchObject({ errors: [{ extensions: { code: 'PROVIDER_UNAVAILABLE' } }] })
  })

  it('stays expired without a refresh token', async () => {
    const gateway = await openLiveChatGateway({
      configure: (right, sandbox) => ({
        ...right,
        credential: { type: 'bearer', token: sandbox.credentials.accessToken },
      }),
    })
    expect((await list(gateway)).errors).toBeUndefined()
    gateway.liveChat.tokens.expireAll()
    expect(await list(gateway)).toMatchObject({ errors: [{ extensions: { code: 'PROVIDER_ERROR' } }] })
    expect(countRequests(gateway)['v2/token']).toBeUndefined()
  })
})

describe('an account in another region', () => {
  it('is addressed by its token’s prefix', async () => {
    const gateway = await openLiveChatGateway({ sandbox: { switches: { region: 'dal' } } })
    expect((await list(gateway)).errors).toBeUndefined()
    expect(countRequests(gateway)).toEqual({ 'agent/list_chats': 2 })
  })

  it('is addressed by the region in LiveChat’s error, from then on', async () => {
    const gateway = await openLiveChatGateway({ sandbox: { switches: { region: 'fra' } } })
    const chat = gateway.liveChat.chats.start()
    const roomId = Buffer.from(JSON.stringify([1, 'r', 'livechat', chat.id])).toString('base64url')
    const { sendMessage } = await fetchData(gateway.url, Send, { input: { roomId, text: 'hi' } }, asOperator)
    expect(sendMessage).toMatchObject({ message: { text: 'hi' } })
    expect(gateway.liveChat.calls.map(({ status }) => status)).toEqual([421, 200, 200, 200])
    expect(gateway.liveChat.calls.map(({ headers }) => headers['x-region'])).toEqual([
      'dal',
      'fra',
      'fra',
      'fra',
    ])
  })

  it('is not retried without end', async () => {
    const gateway = await openLiveChatGateway()
    const body = { error: { type: 'misdirected_request', message: 'no', data: { region: 'fra' } } }
    gateway.liveChat.injectFault({ kind: 'answer', route: agentAction('list_chats'), status: 421, body })
    expect(await list(gateway)).toMatchObject({ errors: [{ extensions: { code: 'PROVIDER_ERROR' } }] })
    expect(countRequests(gateway)).toEqual({ 'agent/list_chats': 2 })
  })
})

describe('a deprecated API version', () => {
  it('is logged once', async () => {
    const gateway = await openLiveChatGateway({
      sandbox: { switches: { lifecycleHeaders: { Legacy: '2027-02-01' } } },
    })
    await list(gateway)
    await list(gateway)
    expect(gateway.log).toMatchObject([{ version: 'v3.6', ends: '2027-02-01' }])
  })
})

describe('health', () => {
  it('costs one request while it is unknown, and none later', async () => {
    const gateway = await openLiveChatGateway()
    expect(await health(gateway)).toMatchObject({ status: 'UP' })
    await health(gateway)
    expect(countRequests(gateway)).toEqual({ 'configuration/list_groups': 1 })
  })

  it('is not UP if that request fails', async () => {
    const gateway = await openLiveChatGateway()
    gateway.liveChat.injectFault({ ...apiFaults.internal, route: configurationAction('list_groups') })
    expect(await health(gateway)).toMatchObject({
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
