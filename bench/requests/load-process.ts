import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { serveCommands } from '../shared/child.ts'
import { usedMicros } from '../shared/usage.ts'
import { type HttpResponse, ResponseAssembler } from './http-response.ts'

/** A POST and a text that its response must contain. */
export interface LoadRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly marker: string
}

/** Requests that are sent in turn, and the number of connections, each of which has one request in flight. */
export interface LoadPlan {
  readonly origin: string
  readonly connections: number
  readonly durationMs: number
  readonly requests: readonly LoadRequest[]
}

export interface LoadResult {
  readonly responses: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
}

interface PreparedRequest {
  readonly bytes: Buffer
  readonly marker: Buffer
}

const ERRORS = Buffer.from('"errors"')
const SHOWN = 400

/** Connections for the next load. A server closes connections that idle while others are measured. */
let opened: readonly Connection[] = []

/** One keep-alive connection. */
class Connection {
  readonly #socket: Socket
  readonly #assembler = new ResponseAssembler()
  #receive: ((response: HttpResponse) => void) | null = null
  #fail: ((error: unknown) => void) | null = null

  constructor(origin: URL) {
    this.#socket = connect({ host: origin.hostname, port: Number(origin.port), noDelay: true })
    this.#socket.on('data', (chunk) => this.#add(chunk))
    this.#socket.on('error', (error) => this.#fail?.(error))
    this.#socket.on('close', () => this.#fail?.(new Error('the server closed the connection')))
  }

  /** Waits until the server has accepted it. */
  async ready(): Promise<void> {
    await once(this.#socket, 'connect')
  }

  close(): void {
    this.#fail = null
    this.#socket.destroy()
  }

  /** Sends a request and calls back with its response. */
  send(bytes: Buffer, fail: (error: unknown) => void, receive: (response: HttpResponse) => void): void {
    this.#receive = receive
    this.#fail = fail
    this.#socket.write(bytes)
  }

  #add(chunk: Buffer): void {
    try {
      const response = this.#assembler.add(chunk)
      if (response) this.#receive?.(response)
    } catch (error) {
      this.#fail?.(error)
    }
  }
}

async function openConnections({ origin, connections }: LoadPlan): Promise<void> {
  opened = Array.from({ length: connections }, () => new Connection(new URL(origin)))
  await Promise.all(opened.map((connection) => connection.ready()))
}

/** Sends requests until the time is over, then waits for the responses in flight and closes the connections. */
async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const connections = opened
  try {
    return await sendAll(plan, connections)
  } finally {
    for (const connection of connections) connection.close()
  }
}

function sendAll(
  { origin, durationMs, requests }: LoadPlan,
  connections: readonly Connection[],
): Promise<LoadResult> {
  const url = new URL(origin)
  const prepared = requests.map((request) => prepare(request, url))
  const latencies: number[] = []
  let next = 0
  let active = connections.length
  const begun = performance.now()
  return new Promise((resolve, reject) => {
    const finish = (now: number): void => {
      active -= 1
      if (active > 0) return
      resolve({ ...summarize(latencies), seconds: (now - begun) / 1000 })
    }
    const sendNext = (connection: Connection): void => {
      const request = prepared[next % prepared.length]
      if (!request) throw new Error('there is no request')
      next += 1
      const sentAt = performance.now()
      connection.send(request.bytes, reject, ({ status, body }) => {
        const now = performance.now()
        latencies.push(now - sentAt)
        const isLast = now - begun >= durationMs
        const problem = findProblem(status, body, request.marker, isLast)
        if (problem !== null) reject(new Error(problem))
        else if (isLast) finish(now)
        else sendNext(connection)
      })
    }
    for (const connection of connections) sendNext(connection)
  })
}

function prepare({ path, headers, body, marker }: LoadRequest, { host }: URL): PreparedRequest {
  const lines = Object.entries({
    host,
    'content-type': 'application/json',
    accept: 'application/json',
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  const bytes = Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
  return { bytes, marker: Buffer.from(marker) }
}

/** Describes the defect of a response, null without one. The last responses of a round are parsed too. */
function findProblem(status: number, body: Buffer, marker: Buffer, parse: boolean): string | null {
  const isRight = status === 200 && body.includes(marker) && !body.includes(ERRORS)
  if (isRight && (!parse || isJsonObject(body))) return null
  return `status ${status}, expected ${marker}: ${body.subarray(0, SHOWN)}`
}

function isJsonObject(body: Buffer): boolean {
  const parsed: unknown = JSON.parse(body.toString())
  return typeof parsed === 'object' && parsed !== null
}

function summarize(latencies: number[]): Pick<LoadResult, 'responses' | 'p50Ms' | 'p99Ms'> {
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(share * latencies.length)] ?? Number.NaN
  return { responses: latencies.length, p50Ms: at(0.5), p99Ms: at(0.99) }
}

const commands = {
  /** Opens the connections of the next `run`. */
  connect: openConnections,
  run: runLoad,
  usedMicros,
}
export type LoadCommands = typeof commands
serveCommands(commands)
