import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { serveCommands } from '../shared/child.ts'
import { usedMicros } from '../shared/usage.ts'
import { type RecordedResponse, ResponseRecorder } from './response-recorder.ts'
import { COUNTER, createWorld } from './world.ts'

/**
 * The upstream double of both providers: one server that sends prepared bytes. The first request of each kind is
 * answered by the sandbox, whose response is kept and sent from then on. No response announces a rate limit.
 */
const world = await createWorld()
const { rocketChat, liveChat } = world
const recorder = new ResponseRecorder((path) => (path.startsWith('/api/') ? rocketChat.url : liveChat.url))
const COUNTER_DIGITS = COUNTER.length - 1

let delayMs = 0
let isChanging = false
let sent = 0
let countsByRoute: Record<string, number> = {}

const server = createServer((request, response) => {
  respond(request, response).catch((error: unknown) => {
    response.writeHead(599).end(String(error))
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url: target = '/', headers } = request
  const route = routeOf(method, target)
  countsByRoute[route] = (countsByRoute[route] ?? 0) + 1
  const body = method === 'GET' ? '' : (await buffer(request)).toString()
  const recorded = await recorder.find({ method, target, headers, body })
  if (delayMs > 0) setTimeout(() => send(recorded, response), delayMs)
  else send(recorded, response)
}

function send({ status, contentType, bytes, counterAt }: RecordedResponse, response: ServerResponse): void {
  let content = bytes
  if (isChanging && counterAt.length > 0) {
    sent += 1
    content = Buffer.from(bytes)
    const digits = String(sent).padStart(COUNTER_DIGITS, '0')
    for (const offset of counterAt) content.write(digits, offset, 'latin1')
  }
  response.writeHead(status, { 'content-type': contentType, 'content-length': content.length })
  response.end(content)
}

/** The route without ids: `GET /api/v1/livechat/messages.history/:rid`. */
function routeOf(method: string, target: string): string {
  const [path = ''] = target.split('?', 1)
  return `${method} ${path.replace(/^(.*\/messages\.history)\/.*$/, '$1/:rid')}`
}

const commands = {
  open: () => ({ url, world }),
  /** Milliseconds before each response, and whether the newest message of each response has a new text. */
  behave: (behaviour: { readonly delayMs: number; readonly isChanging: boolean }) => {
    delayMs = behaviour.delayMs
    isChanging = behaviour.isChanging
  },
  /** Calls by route since the last call of this, and how many of them had no prepared response. */
  takeCounts: () => {
    const taken = { calls: countsByRoute, unprepared: recorder.takeMisses() }
    countsByRoute = {}
    return taken
  },
  usedMicros,
}
export type UpstreamCommands = typeof commands
serveCommands(commands)
