import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import createRouter, { type HTTPMethod } from 'find-my-way'
import { type Fault, FaultInjector } from './faults.ts'

/** A request as sandbox routes receive it: completely read, not parsed. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  /** Path parameters of the matched route, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>
  /** The query string without its question mark, undecoded: each provider parses it its own way. */
  readonly rawQuery: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** The caller's address, by which Rocket.Chat's rate limiter counts. */
  readonly address: string
}

/** The response of a route. An object or array body is sent as JSON, a string or bytes unchanged. */
export interface WireResponse {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** `path` in find-my-way's syntax (`/rooms/:rid`). It is also the name under which calls are counted. */
export interface WireRoute {
  readonly method: HTTPMethod
  readonly path: string
  handle(request: WireRequest): WireResponse | Promise<WireResponse>
}

/** A call that reached the sandbox, for tests. */
export interface WireCall {
  readonly method: string
  /** The route's pattern, or `*` where none matched. */
  readonly route: string
  readonly path: string
  readonly rawQuery: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Null until the response is sent, and for a connection that was cut. */
  status: number | null
  /** True when the caller disconnected before it had the response. */
  aborted: boolean
}

export interface WireServerOptions {
  readonly routes: readonly WireRoute[]
  /** Responds to requests that no route matches. */
  readonly notFound: (request: WireRequest) => WireResponse
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** The clock of the `Date` header, epoch ms; the real one by default. */
  readonly now?: () => number
  /** Takes requests for another protocol; refused where there is none. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

/** A real HTTP server on loopback that records its calls and injects faults. */
export interface WireServer {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string
  /** Newest last; bounded to the last 10 000. */
  readonly calls: readonly WireCall[]
  /** The number of calls by `METHOD route`, since the start or the last `clearCalls`. */
  counts(): Record<string, number>
  clearCalls(): void
  /** Makes matching calls fail, at most `times` of them. The returned function removes the fault. */
  injectFault(fault: Fault): () => void
  close(): Promise<void>
}

const CALLS_KEPT = 10_000

/** Starts a sandbox provider's HTTP server on 127.0.0.1. */
export async function startWireServer(options: WireServerOptions): Promise<WireServer> {
  const faults = new FaultInjector()
  const calls: WireCall[] = []
  const router = createRouter({ ignoreTrailingSlash: true, maxParamLength: 500 })
  for (const route of options.routes) router.on(route.method, route.path, () => {}, { route })

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const method = req.method ?? 'GET'
    const { path, rawQuery } = splitTarget(req.url ?? '/')
    const found = router.find(method as HTTPMethod, path)
    const route = (found?.store as { route: WireRoute } | undefined)?.route
    const fault = faults.take(method, route?.path ?? path)
    const sent = await buffer(req)
    const request: WireRequest = {
      method,
      path,
      params: found?.params ?? {},
      rawQuery,
      headers: req.headers,
      body: fault?.kind === 'drop-body' ? Buffer.alloc(0) : sent,
      address: req.socket.remoteAddress ?? '',
    }
    const call = note(calls, request, route?.path ?? '*')
    let isSent = false
    res.once('finish', () => {
      // The event also follows the loss of the connection.
      isSent = !req.socket.destroyed
    })
    res.once('close', () => {
      call.aborted = !isSent
    })
    if (fault?.kind === 'reset') return cut(res)
    if (fault?.kind === 'stall') return
    if (fault?.kind === 'slow') await sleep(fault.ms, undefined, { ref: false })
    if (fault?.kind === 'hold-request') await fault.until
    const early = fault?.kind === 'answer' ? fault : undefined
    const answer = early ?? (await (route ? route.handle(request) : options.notFound(request)))
    if (fault?.kind === 'hold') await fault.until
    if (fault?.kind === 'reset-after-commit') return cut(res)
    call.status = answer.status
    if (options.now) res.setHeader('date', new Date(options.now()).toUTCString())
    send(res, answer, fault?.kind === 'half-body')
  }

  const server = createServer((req, res) => {
    serve(req, res).catch((error: unknown) => {
      // A bug of the sandbox must be visible in a test, not a call that hangs.
      send(res, { status: 599, body: `sandbox fault: ${String(error)}` }, false)
    })
  })
  if (options.upgrade) server.on('upgrade', options.upgrade)
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    counts() {
      const counts: Record<string, number> = {}
      for (const { method, route } of calls) {
        counts[`${method} ${route}`] = (counts[`${method} ${route}`] ?? 0) + 1
      }
      return counts
    },
    clearCalls: () => void calls.splice(0),
    injectFault: (fault) => faults.add(fault),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Only the first question mark separates path and query. */
function splitTarget(target: string): { path: string; rawQuery: string } {
  const mark = target.indexOf('?')
  return mark < 0
    ? { path: target, rawQuery: '' }
    : { path: target.slice(0, mark), rawQuery: target.slice(mark + 1) }
}

function note(calls: WireCall[], request: WireRequest, route: string): WireCall {
  const call: WireCall = {
    method: request.method,
    route,
    path: request.path,
    rawQuery: request.rawQuery,
    headers: request.headers,
    body: request.body.toString(),
    status: null,
    aborted: false,
  }
  calls.push(call)
  if (calls.length > CALLS_KEPT) calls.shift()
  return call
}

function cut(res: ServerResponse): void {
  const socket = res.socket
  if (socket && 'resetAndDestroy' in socket) socket.resetAndDestroy()
}

function toBytes(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

function send(res: ServerResponse, answer: WireResponse, half: boolean): void {
  const type = typeof answer.body === 'string' ? 'text/html; charset=utf-8' : 'application/json'
  const bytes = toBytes(answer.body)
  res.writeHead(answer.status, {
    'content-type': type,
    'content-length': String(bytes.length),
    ...answer.headers,
  })
  if (!half) return void res.end(bytes)
  res.write(bytes.subarray(0, Math.max(1, bytes.length >> 1)), () => cut(res))
}
