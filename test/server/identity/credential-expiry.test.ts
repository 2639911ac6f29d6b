import { beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { openBothProviders, rocketChatFixture } from '../../live/both-providers.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { makeKey, openJwtIssuer, type SigningKey, sign } from './jwt-issuer.ts'

const YEAR_9999 = 253_402_300_799
/** Lifetime of a JWT that expires within a test: longer than a test may take, shorter than HTTP clients wait for data. */
const LIFETIME_MS = 120_000

let key: SigningKey
beforeAll(async () => {
  key = await makeKey('EdDSA')
})

/** A gateway that accepts JWTs, with a room. Its clock runs, and `expire` moves it past the end of a JWT's lifetime. */
async function openGatewayWithJwt() {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
  const { jwt } = await openJwtIssuer(key)
  const operators = [{ name: 'ann', subject: 'idp|ann' }]
  const providers = await openBothProviders({ config: { operators, jwt } })
  const roomId = rocketChatFixture.openRoom(providers)
  const query = `subscription { roomEvents(roomId: "${await globalIdOf(providers.url, roomId)}") { cursor } }`
  return {
    providers,
    query,
    sendMessage: (text: string) => rocketChatFixture.sendAsVisitor(providers, roomId, text),
    expire: () => vi.advanceTimersByTime(LIFETIME_MS),
  }
}

async function bearer(exp: number) {
  return { authorization: `Bearer ${await sign(key, { exp })}` }
}

async function globalIdOf(url: string, nativeId: string): Promise<string> {
  const query = `{ roomByNativeId(provider: "rocketchat", nativeId: "${nativeId}") { id } }`
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await bearer(YEAR_9999)) },
    body: JSON.stringify({ query }),
  })
  return /"id":"([^"]+)"/.exec(await response.text())?.[1] ?? ''
}

const soon = () => (Date.now() + LIFETIME_MS) / 1000

it('a socket closes when its JWT expires, and its operations end', async () => {
  const { providers, query, expire } = await openGatewayWithJwt()
  const socket = await connectAs(providers.url, await bearer(soon()))
  socket.subscribe('1', { query })
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 1)
  expire()
  expect(await socket.closed).toEqual({ code: 4403, reason: 'Credential expired' })
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 0)
})

it('an event stream sends an error when its JWT expires, and ends', async () => {
  const { providers, query, sendMessage, expire } = await openGatewayWithJwt()
  const stream = await openEventStream(providers.url, { query }, await bearer(soon()))
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 1)
  sendMessage('hello')
  expect(await stream.next()).toMatchObject({ event: 'next', data: { data: { roomEvents: {} } } })
  expire()
  expect(await stream.next()).toMatchObject({
    event: 'next',
    data: { errors: [{ message: 'This credential has expired.', extensions: { code: 'UNAUTHENTICATED' } }] },
  })
  expect(await stream.next()).toEqual({ event: 'complete', id: null, data: null })
  await expect(stream.next()).rejects.toThrow('ended')
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 0)
})

it('a stream that is not shared ends as well', async () => {
  const { providers, query, expire } = await openGatewayWithJwt()
  const response = await fetch(providers.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: '*/*',
      ...(await bearer(soon())),
    },
    body: JSON.stringify({ query }),
  })
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 1)
  expire()
  await response.text().catch(() => {})
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 0)
})

it('a socket stays open whose JWT expires after the longest possible timer', async () => {
  const { providers, query, sendMessage, expire } = await openGatewayWithJwt()
  const socket = await connectAs(providers.url, await bearer(YEAR_9999))
  const short = await connectAs(providers.url, await bearer(soon()))
  socket.subscribe('1', { query })
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 1)
  sendMessage('before')
  expect(await socket.next()).toMatchObject({ payload: { data: { roomEvents: {} } } })
  expire()
  expect(await short.closed).toMatchObject({ code: 4403 })
  sendMessage('after')
  expect(await socket.next()).toMatchObject({ payload: { data: { roomEvents: {} } } })
})

it('a stream continues when the JWT of another subscriber of the same shared execution expires', async () => {
  const { providers, query, sendMessage, expire } = await openGatewayWithJwt()
  const first = await connectAs(providers.url, await bearer(soon()))
  first.subscribe('1', { query })
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 1)
  const second = await connectAs(providers.url, await bearer(YEAR_9999))
  second.subscribe('1', { query })
  await waitUntil(() => providers.gateway.liveCounts().subscribers === 2)
  sendMessage('before')
  expect(await second.next()).toMatchObject({ payload: { data: { roomEvents: {} } } })
  expire()
  expect(await first.closed).toMatchObject({ code: 4403 })
  sendMessage('after')
  expect(await second.next()).toMatchObject({ payload: { data: { roomEvents: {} } } })
})
