import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { serveCommands } from '../shared/child.ts'
import { usedMicros } from '../shared/usage.ts'
import { type RecordedResponse, ResponseRecorder } from './response-recorder.ts'
import { COUNTER, createWorld } from './world.ts'

/** Numbers of upstream calls. */
export interface UpstreamCalls {
  readonly total: number
  /** Calls for which the double had no prepared response. */
  readonly unprepared: number
}

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
let calls = 0

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
  calls += 1
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

const commands = {
  open: () => ({ url, world }),
  /** Milliseconds before each response, and whether the newest message of each response has a new text. */
  behave: (behaviour: { readonly delayMs: number; readonly isChanging: boolean }) => {
    delayMs = behaviour.delayMs
    isChanging = behaviour.isChanging
  },
  /** Number of calls since the last call of this, and of those that had no prepared response. */
  takeCounts: (): UpstreamCalls => {
    const taken = { total: calls, unprepared: recorder.takeMisses() }
    calls = 0
    return taken
  },
  usedMicros,
}
export type UpstreamCommands = typeof commands
serveCommands(commands)
