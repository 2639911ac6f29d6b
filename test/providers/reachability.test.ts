import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { ProviderConfig } from '../../src/config/index.ts'
import type { Gateway } from '../../src/gateway.ts'
import { fetchData, sendOperation } from '../support/graphql-client.ts'
import { createLogSink } from '../support/log.ts'
import { selfSigned } from '../support/self-signed-certificate.ts'
import { liveChatAgentConfig, rocketChatConfig, startTestGateway } from '../support/test-gateway.ts'
import { Health, Leave } from './support/reachability-documents.ts'

const isUp = { status: 'UP', reason: null }

describe('a provider that does not work from the start', () => {
  it.each([
    ['an unknown host', async () => 'http://nobody.invalid', /^(ENOTFOUND|EAI_AGAIN)$/, /host name/],
    ['a closed port', closedPort, /^ECONNREFUSED$/, /refuses connections \(ECONNREFUSED\)/],
    [
      'an untrusted certificate',
      untrustedServer,
      /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
      /certificate is not accepted/,
    ],
    ['http on a port of https', plainServerAsTls, /^ERR_SSL_/, /does not speak https/],
    [
      'a web site',
      () => webSite(200),
      /^another-server$/,
      /is not Rocket\.Chat: it responds with a web page and status 200/,
    ],
    ['a web site without such a page', () => webSite(404), /^another-server$/, /web page and status 404/],
    ['a redirect', redirect, /^another-server$/, /it redirects elsewhere\.$/],
    [
      'an API of another product',
      otherApi,
      /^another-server$/,
      /is not Rocket\.Chat: it responds in another format/,
    ],
    [
      'a JSON document of another product',
      otherDocument,
      /^another-server$/,
      /it responds in another format/,
    ],
  ])('%s is DOWN and logged once, with the cause', async (_name, open, cause, reason) => {
    const url = await open()
    const { gateway, log } = await openGateway([rocketChatConfig(url)])
    await gateway.checkProviders()
    await gateway.checkProviders()
    expect(await healthOf(gateway)).toEqual({ status: 'DOWN', reason: expect.stringMatching(reason) })
    const matching = { cause: expect.stringMatching(cause), reason: expect.stringMatching(reason) }
    expect(log()).toEqual([line({ host: new URL(url).host, ...matching })])
  })

  it('shows where it redirects to in the log only, without path and query', async () => {
    const { gateway, log } = await openGateway([rocketChatConfig(await redirect())])
    await gateway.checkProviders()
    expect(await healthOf(gateway)).not.toMatchObject({ reason: expect.stringContaining('example') })
    expect(log()).toEqual([line({ redirectOrigin: 'https://chat.example.com' })])
    expect(JSON.stringify(log())).not.toMatch(/secret|login/)
  })

  it('is not sent a write through an untrusted certificate, and says so', async () => {
    const { gateway } = await openGateway([rocketChatConfig(await untrustedServer())])
    const draft = { provider: 'rocketchat', name: 'Vera', text: 'Hello' }
    const { data } = await sendOperation(gateway.url, Leave, { input: draft }, {})
    expect(data).toMatchObject({ startRoom: { code: 'PROVIDER_UNAVAILABLE' } })
  })

  it('is found at LiveChat too', async () => {
    const url = await webSite(200)
    const { credentials, close } = await startLiveChatSandbox({ seed: false })
    onTestFinished(close)
    const { gateway, log } = await openGateway([liveChatAgentConfig({ url, credentials })])
    await gateway.checkProviders()
    expect(await healthOf(gateway)).toMatchObject({
      status: 'DOWN',
      reason: expect.stringContaining('is not LiveChat'),
    })
    expect(log()).toEqual([line({ provider: 'livechat', cause: 'another-server' })])
  })
})

describe('changes of a provider', () => {
  it('are logged once each: a lost server, another cause, and the return', async () => {
    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    const { gateway, log } = await openGateway([rocketChatConfig(rocketChat.url)])
    await gateway.checkProviders()
    expect(await healthOf(gateway)).toEqual(isUp)
    expect(log()).toEqual([])

    let restore = rocketChat.injectFault({ kind: 'answer', status: 503, body: 'down' })
    await leave(gateway, 4)
    expect(log()).toEqual([line({ cause: '503', reason: 'The provider responded with status 503.' })])
    restore()

    restore = rocketChat.injectFault({ kind: 'reset' })
    await leave(gateway, 4)
    expect(log().slice(1)).toEqual([line({ cause: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) })])
    restore()
  })

  it('say when it works again', async () => {
    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    rocketChat.injectFault({ kind: 'answer', status: 502, body: 'down', times: 1 })
    const { gateway, log } = await openGateway([rocketChatConfig(rocketChat.url)])
    await gateway.checkProviders()
    await leave(gateway, 1)
    const { host } = new URL(rocketChat.url)
    expect(log()).toEqual([
      line({ cause: '502' }),
      expect.objectContaining({
        level: 30,
        provider: 'rocketchat',
        host,
        msg: 'provider is available again',
      }),
    ])
    expect(await healthOf(gateway)).toEqual(isUp)
  })

  it('do not include one request that failed', async () => {
    const rocketChat = await startRocketChatSandbox({ seed: false })
    onTestFinished(() => rocketChat.close())
    const { gateway, log } = await openGateway([rocketChatConfig(rocketChat.url)])
    await gateway.checkProviders()
    rocketChat.injectFault({ kind: 'answer', status: 500, body: 'oops', times: 1 })
    await leave(gateway, 2)
    expect(log()).toEqual([])
  })
})

function line(fields: object): unknown {
  return expect.objectContaining({
    level: 50,
    provider: 'rocketchat',
    msg: 'provider is not available',
    ...fields,
  })
}

/** Opens rooms, one after the other: each sends at least one request, whatever the one before did. */
async function leave({ url }: Gateway, times: number): Promise<void> {
  const input = { provider: 'rocketchat', name: 'Vera', text: 'Hello' }
  for (let n = 0; n < times; n += 1) await sendOperation(url, Leave, { input }, {})
}

async function healthOf({ url }: Gateway) {
  return (await fetchData(url, Health, {})).providers[0]?.health
}

/** A gateway, and its log lines about providers. */
async function openGateway(providers: readonly ProviderConfig[]) {
  const { log, entries } = createLogSink()
  const gateway = await startTestGateway(providers, {}, { log })
  return { gateway, log: () => entries().filter(({ msg }) => String(msg).startsWith('provider is')) }
}

async function closedPort(): Promise<string> {
  const server = createServer()
  const url = await listen(server)
  server.close()
  return url
}

const untrustedServer = () =>
  listen(
    createTlsServer(selfSigned, (_req, res) => void res.end('{}')),
    'https',
  )
const plainServerAsTls = () =>
  listen(
    createServer((_req, res) => void res.end('{}')),
    'https',
  )

const respond =
  (status: number, headers: Record<string, string>, body: string): RequestListener =>
  (_req, res) =>
    void res.writeHead(status, headers).end(body)

const webSite = (status: number) =>
  listen(
    createServer(
      respond(status, { 'content-type': 'text/html; charset=utf-8' }, '<!doctype html><p>Welcome'),
    ),
  )
const redirect = () =>
  listen(createServer(respond(301, { location: 'https://chat.example.com/login?token=secret' }, '')))
const otherApi = () =>
  listen(createServer(respond(404, { 'content-type': 'application/json' }, '{"message":"no such route"}')))
const otherDocument = () =>
  listen(createServer(respond(200, { 'content-type': 'application/json' }, '{"name":"something else"}')))

/** The address of a server, which is closed at the end of the test. */
async function listen(server: Server, scheme = 'http'): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close().closeAllConnections())
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}
