import type { IncomingHttpHeaders } from 'node:http'
import { COUNTER } from './world.ts'

/** A request to a provider. `target` is path and query; `body` is empty for a GET. */
export interface RecordedRequest {
  readonly method: string
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface RecordedResponse {
  readonly status: number
  readonly contentType: string
  readonly bytes: Buffer
  /** Offsets of the digits of `COUNTER`. */
  readonly counterAt: readonly number[]
}

const CREDENTIALS = ['authorization', 'x-user-id', 'x-auth-token'] as const
const SEND_MESSAGE = '/api/v1/livechat/message'

/** Keeps the sandbox's response to each request, by method, address, credential and body. */
export class ResponseRecorder {
  readonly #originOf: (path: string) => string
  readonly #responsesByKey = new Map<string, RecordedResponse>()
  #misses = 0

  constructor(originOf: (path: string) => string) {
    this.#originOf = originOf
  }

  /** Returns the kept response, or requests it from the sandbox. */
  async find(request: RecordedRequest): Promise<RecordedResponse> {
    if (request.target === SEND_MESSAGE) return acceptMessage(request.body)
    const { method, target, headers, body } = request
    const key = `${method} ${target} ${headers['x-auth-token'] ?? headers.authorization ?? ''} ${body}`
    const known = this.#responsesByKey.get(key)
    if (known) return known
    this.#misses += 1
    const recorded = await this.#record(request)
    this.#responsesByKey.set(key, recorded)
    return recorded
  }

  /** How many requests had no kept response since the last call. */
  takeMisses(): number {
    const misses = this.#misses
    this.#misses = 0
    return misses
  }

  async #record({ method, target, headers, body }: RecordedRequest): Promise<RecordedResponse> {
    const response = await fetch(`${this.#originOf(target)}${target}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...Object.fromEntries(CREDENTIALS.flatMap((name) => toEntry(name, headers[name]))),
      },
      ...(method === 'GET' ? {} : { body }),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const contentType = response.headers.get('content-type') ?? 'application/json'
    return { status: response.status, contentType, bytes, counterAt: findCounters(bytes) }
  }
}

function toEntry(name: string, value: string | string[] | undefined): (readonly [string, string])[] {
  return typeof value === 'string' ? [[name, value]] : []
}

function findCounters(bytes: Buffer): readonly number[] {
  const offsets: number[] = []
  for (let at = bytes.indexOf(COUNTER); at !== -1; at = bytes.indexOf(COUNTER, at + 1)) offsets.push(at + 1)
  return offsets
}

/** The response to a visitor's new message. It is not recorded, because each message has an id of its own. */
function acceptMessage(body: string): RecordedResponse {
  const { token, rid, msg, _id } = JSON.parse(body) as Readonly<Record<string, string>>
  const message = {
    _id,
    rid,
    msg,
    token,
    alias: 'Visitor',
    ts: '2026-01-05T10:00:00.000Z',
    u: { _id: 'visitor-of-sent-messages', username: 'guest-1', name: 'Visitor' },
    _updatedAt: '2026-01-05T10:00:00.010Z',
    urls: [],
    mentions: [],
    channels: [],
    md: [{ type: 'PARAGRAPH', value: [{ type: 'PLAIN_TEXT', value: msg }] }],
  }
  const bytes = Buffer.from(JSON.stringify({ message, success: true }))
  return { status: 200, contentType: 'application/json', bytes, counterAt: [] }
}
