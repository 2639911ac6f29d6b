import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../../sandbox/livechat/index.ts'
import { createRenewalTokens } from '../../../../src/server/identity/renewal-tokens.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { parseAnswer, post } from '../../../support/http.ts'
import { connectAs } from '../../../support/raw-socket.ts'
import { createTestDirectory } from '../../../support/temporary-directory.ts'
import { asAnonymous, asOperator, asVisitor, createTestGateway } from '../../../support/test-gateway.ts'
import { Events, Providers, Renew, Room, Send, Start, WholeMessages } from '../support/documents.ts'
import {
  countRequests,
  type LiveChatGateway,
  openLiveChatGateway,
  withOAuth,
} from '../support/livechat-gateway.ts'

const SECRET = 'visitor-secret-of-the-renewal-tests'
const TOKEN_ROUTE = '/v2/customer/token'

const openGateway = async () =>
  openLiveChatGateway({ configure: withOAuth, config: { visitorSecret: SECRET } })

async function start({ url }: Pick<LiveChatGateway, 'url'>) {
  const input = { provider: 'livechat', name: 'Cy', text: 'hello' }
  const { startRoom } = await fetchData(url, Start, { input }, asAnonymous)
  if (startRoom.__typename !== 'StartRoomPayload') throw new Error(`not started: ${startRoom.__typename}`)
  return { ...startRoom, renewalToken: startRoom.renewalToken ?? '' }
}

async function renew({ url }: Pick<LiveChatGateway, 'url'>, renewalToken: string, as = asAnonymous) {
  return (await fetchData(url, Renew, { input: { renewalToken } }, as)).renewVisitor
}

async function renewed(gateway: Pick<LiveChatGateway, 'url'>, renewalToken: string) {
  const result = await renew(gateway, renewalToken)
  if (result.__typename !== 'RenewVisitorPayload') throw new Error(`not renewed: ${JSON.stringify(result)}`)
  return { token: result.visitorToken, renewalToken: result.renewalToken ?? '' }
}

describe('a visitor whose token has expired', () => {
  it('gets UNAUTHENTICATED, exchanges its renewal token for a new token in one call, and finds its room', async () => {
    const gateway = await openGateway()
    const { url, liveChat } = gateway
    const { room, visitorToken, renewalToken } = await start(gateway)
    liveChat.tokens.expireAll()
    const { errors } = await sendOperation(url, Room, { id: room.nativeId }, asVisitor(visitorToken))
    expect(errors).toMatchObject([{ path: ['roomByNativeId'], extensions: { code: 'UNAUTHENTICATED' } }])
    liveChat.clearCalls()
    const next = await renewed(gateway, renewalToken)
    // The agent's own bearer had expired too.
    expect(countRequests(gateway)).toEqual({ 'v2/customer/token': 2, 'v2/token': 1 })
    liveChat.clearCalls()
    const again = await renewed(gateway, next.renewalToken)
    expect(countRequests(gateway)).toEqual({ 'v2/customer/token': 1 })
    const { roomByNativeId } = await fetchData(
      url,
      WholeMessages,
      { id: room.nativeId },
      asVisitor(again.token),
    )
    expect(roomByNativeId?.messages.nodes.map(({ text }) => text)).toEqual(['hello'])
    expect(liveChat.chats.customers).toHaveLength(1)
    expect(new Set([visitorToken, next.token, again.token]).size).toBe(3)
    expect(new Set([renewalToken, next.renewalToken, again.renewalToken]).size).toBe(3)
  })

  it('reads the history of a closed room, and writes in it', async () => {
    const gateway = await openGateway()
    const { room, renewalToken } = await start(gateway)
    gateway.liveChat.chats.close(room.nativeId)
    gateway.liveChat.tokens.expireAll()
    const { token } = await renewed(gateway, renewalToken)
    const { roomByNativeId } = await fetchData(gateway.url, Room, { id: room.nativeId }, asVisitor(token))
    expect(roomByNativeId).toMatchObject({ status: 'CLOSED', visitor: { name: 'Cy' } })
    const input = { roomId: roomByNativeId?.id ?? '', text: 'still there?' }
    expect(await fetchData(gateway.url, Send, { input }, asVisitor(token))).toMatchObject({
      sendMessage: { message: { text: 'still there?', author: { name: 'Cy' } } },
    })
  })

  it('loses a subscription with UNAUTHENTICATED, and continues it after the cursor with the new token', async () => {
    const gateway = await openGateway()
    const { url, liveChat } = gateway
    const { room, visitorToken, renewalToken } = await start(gateway)
    const page = await fetchData(url, WholeMessages, { id: room.nativeId }, asVisitor(visitorToken))
    const { id = '', messages } = page.roomByNativeId ?? {}
    const subscribe = async (token: string, after: string | null | undefined) => {
      const socket = await connectAs(url, { visitorToken: token })
      socket.subscribe('1', { query: Events.toString(), variables: { id, after } })
      return socket
    }
    const socket = await subscribe(visitorToken, messages?.pageInfo.endCursor)
    liveChat.chats.agentSends(room.nativeId, 'one')
    const first = await socket.next()
    expect(first).toMatchObject({ payload: { data: { roomEvents: { message: { text: 'one' } } } } })
    liveChat.tokens.expireAll()
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'UNAUTHENTICATED', provider: 'livechat' } }],
    })
    liveChat.chats.agentSends(room.nativeId, 'two')
    const { token } = await renewed(gateway, renewalToken)
    const { cursor } = Object(Object(Object(first.payload).data).roomEvents)
    const next = await subscribe(token, cursor)
    expect(await next.next()).toMatchObject({
      payload: { data: { roomEvents: { message: { text: 'two' } } } },
    })
  })
})

describe('a renewal token', () => {
  it('is exchanged for any caller, an expired visitor token included', async () => {
    const gateway = await openGateway()
    const { visitorToken, renewalToken } = await start(gateway)
    gateway.liveChat.tokens.expireAll()
    for (const as of [asAnonymous, asVisitor(visitorToken), asOperator]) {
      expect(await renew(gateway, renewalToken, as)).toMatchObject({ __typename: 'RenewVisitorPayload' })
    }
    expect(gateway.liveChat.chats.customers).toHaveLength(1)
  })

  it('works at a gateway with the same secret and another database, and at no gateway with another secret', async () => {
    const options = { as: 'agents', configureLiveChat: withOAuth } as const
    const first = await createTestGateway({ ...options, config: { visitorSecret: SECRET } })
    const { renewalToken } = await start(first)
    const [same, other] = [
      await first.startReplica({ visitorSecret: SECRET }),
      await first.startReplica({ visitorSecret: SECRET.toUpperCase() }),
    ]
    expect(await renew(same, renewalToken)).toMatchObject({ __typename: 'RenewVisitorPayload' })
    first.liveChat.clearCalls()
    expect(await renew(other, renewalToken)).toMatchObject({ code: 'INVALID_INPUT', field: 'renewalToken' })
    expect(first.liveChat.calls).toEqual([])
  })

  it('outlives a restart without the setting: the database has a secret', async () => {
    const first = await createTestGateway({ as: 'agents', configureLiveChat: withOAuth })
    const dataDir = createTestDirectory()
    const before = await first.startReplica({ dataDir })
    const { renewalToken } = await start(before)
    await before.gateway.close()
    const after = await first.startReplica({ dataDir })
    expect(await renew(after, renewalToken)).toMatchObject({ __typename: 'RenewVisitorPayload' })
  })

  it('that is changed, empty, too long, or the visitor token itself is INVALID_INPUT without a call', async () => {
    const gateway = await openGateway()
    const { visitorToken, renewalToken } = await start(gateway)
    gateway.liveChat.clearCalls()
    const texts = ['', visitorToken, `${renewalToken}A`, renewalToken.slice(1), 'x'.repeat(10_000)]
    for (const text of texts) {
      expect(await renew(gateway, text)).toMatchObject({ code: 'INVALID_INPUT', field: 'renewalToken' })
    }
    expect(gateway.liveChat.calls).toEqual([])
  })

  it('of a provider that is not configured any more, or of a customer that LiveChat does not know, is INVALID_INPUT', async () => {
    const gateway = await openGateway()
    const tokens = createRenewalTokens(SECRET)
    const gone = tokens.issue({ provider: 'former', visitorId: 'b7eff798-f8df-4364-8059-649c35c9ed0c' })
    const unknown = tokens.issue({ provider: 'livechat', visitorId: 'b7eff798-f8df-4364-8059-649c35c9ed0c' })
    for (const token of [gone, unknown]) {
      expect(await renew(gateway, token)).toMatchObject({ code: 'INVALID_INPUT', field: 'renewalToken' })
    }
    expect(gateway.liveChat.chats.customers).toEqual([])
  })

  it('is not exchanged for a token of another customer, whatever LiveChat answers', async () => {
    const gateway = await openGateway()
    const { renewalToken } = await start(gateway)
    const stranger = gateway.liveChat.chats.addCustomer()
    const body = { access_token: 'dal:token-of-a-stranger', entity_id: stranger.id }
    gateway.liveChat.injectFault({ kind: 'answer', route: TOKEN_ROUTE, status: 200, body })
    expect(await renew(gateway, renewalToken)).toMatchObject({ code: 'INVALID_INPUT', field: 'renewalToken' })
  })

  it('can be tried again after LiveChat failed or was busy', async () => {
    const gateway = await openGateway()
    const { renewalToken } = await start(gateway)
    const fault = { ...apiFaults.tooManyRequestsFor(1), route: TOKEN_ROUTE, times: 1 } as const
    gateway.liveChat.injectFault(fault)
    expect(await renew(gateway, renewalToken)).toMatchObject({ code: 'RATE_LIMITED' })
    gateway.liveChat.injectFault({ kind: 'reset', route: TOKEN_ROUTE, times: 1 })
    const lost = await renew(gateway, renewalToken)
    expect(lost).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' })
    expect(await renew(gateway, renewalToken)).toMatchObject({ __typename: 'RenewVisitorPayload' })
  })

  it('counts as a mutation of its caller, and is exchanged once per operation of an unverified one', async () => {
    const gateway = await openLiveChatGateway({
      configure: withOAuth,
      config: { visitorSecret: SECRET, rateLimits: { anonymous: 2, visitor: 0, operator: 0 } },
    })
    const { renewalToken } = await start(gateway)
    gateway.liveChat.clearCalls()
    for (let attempt = 0; attempt < 3; attempt += 1) await renewed(gateway, renewalToken)
    expect(await renew(gateway, renewalToken)).toMatchObject({ code: 'RATE_LIMITED' })
    expect(countRequests(gateway)).toEqual({ 'v2/customer/token': 3 })
    const one = `renewVisitor(input: { renewalToken: ${JSON.stringify(renewalToken)} }) { __typename }`
    const answer = await post(gateway.url, { query: `mutation { one: ${one} other: ${one} }` })
    expect(parseAnswer(answer).errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }])
    expect(countRequests(gateway)).toEqual({ 'v2/customer/token': 3 })
  })

  it('of a banned visitor is FORBIDDEN', async () => {
    const gateway = await openGateway()
    const { renewalToken } = await start(gateway)
    const body = { error: { type: 'customer_banned', message: 'Customer is banned' } }
    gateway.liveChat.injectFault({ kind: 'answer', route: TOKEN_ROUTE, status: 403, body })
    expect(await renew(gateway, renewalToken)).toMatchObject({ code: 'FORBIDDEN' })
  })
})

it('a provider that cannot renew says so beforehand, and UNSUPPORTED before any call', async () => {
  const gateway = await openLiveChatGateway({ config: { visitorSecret: SECRET } })
  const { providers } = await fetchData(gateway.url, Providers, {}, asOperator)
  expect(providers[0]?.capabilities).not.toContain('RENEW_VISITOR')
  gateway.liveChat.clearCalls()
  const token = createRenewalTokens(SECRET).issue({ provider: 'livechat', visitorId: 'any' })
  expect(await renew(gateway, token)).toMatchObject({ code: 'UNSUPPORTED', provider: 'livechat' })
  expect(gateway.liveChat.calls).toEqual([])
})

it('neither token is in the log', async () => {
  const gateway = await openGateway()
  const { visitorToken, renewalToken } = await start(gateway)
  gateway.liveChat.injectFault({ kind: 'reset', route: TOKEN_ROUTE })
  await renew(gateway, renewalToken)
  await renew(gateway, `${renewalToken}A`)
  const lines = JSON.stringify(gateway.log)
  for (const secret of [visitorToken, renewalToken, SECRET]) expect(lines).not.toContain(secret)
})
