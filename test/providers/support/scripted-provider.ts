import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { onTestFinished } from 'vitest'
import type { LiveChatConfig, RocketChatConfig } from '../../../src/config/index.ts'
import { rocketChatConfig, startTestGateway } from '../../support/test-gateway.ts'

/** Characters per write: the kernel would buffer more even if nobody reads them. */
const PIECE = 64 * 1024

/** One request as the scripted provider receives it. */
export interface ScriptedRequest {
  /** The path without its query. */
  readonly path: string
  readonly query: URLSearchParams
  /** The parsed body; empty for a request without one. */
  readonly body: Readonly<Record<string, unknown>>
  /** How many requests of this path came before. */
  readonly previousCalls: number
}

export interface ScriptedResponse {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** A provider whose responses the test defines. */
export interface ScriptedProvider {
  readonly url: string
  /** The paths of all requests, in order. */
  readonly paths: string[]
  /** How many responses the gateway aborted. */
  readonly abortedResponses: () => number
  /** Defines the responses of paths with this suffix, from now on. */
  respond(path: string, answer: (call: ScriptedRequest) => ScriptedResponse): void
}

/** Starts a scripted provider; it is closed when the test is over. */
export async function startScriptedProvider(): Promise<ScriptedProvider> {
  const answers: { path: string; answer: (call: ScriptedRequest) => ScriptedResponse }[] = []
  const paths: string[] = []
  let cutOff = 0
  const server = createServer(async (request, response) => {
    const sent = await text(request)
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://double')
    const call = { path, query, body: sent === '' ? {} : JSON.parse(sent), previousCalls: count(paths, path) }
    paths.push(path)
    const found = answers.find((one) => path.endsWith(one.path))
    const { status = 200, headers = {}, body } = found?.answer(call) ?? { status: 404, body: {} }
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers })
    await pipeline(Readable.from(piecesOf(JSON.stringify(body))), response).catch(() => {
      cutOff += 1
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    abortedResponses: () => cutOff,
    respond: (path, answer) => void answers.unshift({ path, answer }),
  }
}

/** Opens a gateway whose Rocket.Chat and LiveChat are both this scripted provider. */
export async function openGatewayFor(
  { url }: ScriptedProvider,
  {
    rocketChat = {},
    liveChat = {},
  }: { rocketChat?: Partial<RocketChatConfig>; liveChat?: Partial<LiveChatConfig> } = {},
): Promise<string> {
  const serviceAccount = { userId: 'agent', authToken: 'agent-token' }
  const livechat: LiveChatConfig = {
    name: 'livechat',
    kind: 'LIVECHAT',
    apiUrl: url,
    accountsUrl: url,
    helpdeskUrl: `${url}/helpdesk`,
    restUrl: url,
    credential: { type: 'pat', accountId: 'agent', token: 'agent-token' },
    organizationId: 'organization',
    offlineSource: 'helpdesk',
    timeZone: 'UTC',
    ...liveChat,
  }
  const gateway = await startTestGateway([
    { ...rocketChatConfig(url), serviceAccount, ...rocketChat },
    livechat,
  ])
  return gateway.url
}

function* piecesOf(json: string): Generator<string> {
  for (let start = 0; start < json.length; start += PIECE) yield json.slice(start, start + PIECE)
}

function count(paths: readonly string[], wanted: string): number {
  return paths.filter((path) => path === wanted).length
}
