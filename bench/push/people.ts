import { randomUUID } from 'node:crypto'
import type { WatchedRoom } from './scenario.ts'

/** Six messages and three reads a minute, of the ten of each that a stock Rocket.Chat answers. */
const SEND_EVERY_MS = 10_000
const READ_EVERY_MS = 20_000
const TIMEOUT_MS = 60_000
/** Is not a text of the message writer. */
const TEXT = 'Where is it now?'

const SEND = `mutation Send($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on UserError { code } }
}`
const READ = 'query Read($room: ID!) { room(id: $room) { messages(last: 20) { nodes { id text } } } }'

/** The results of calls of one kind. */
export interface CallResults {
  readonly made: number
  readonly answered: number
  /** Milliseconds of the slowest that was answered. */
  readonly slowestMs: number
  /** Codes of the others. */
  readonly codes: readonly string[]
}

export interface PeopleOptions {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  readonly operatorKey: string
  readonly rooms: readonly WatchedRoom[]
}

/** People who write and read in the rooms, one room after another, while others are watched. */
export class People {
  readonly #options: PeopleOptions
  readonly #sends: Calls
  readonly #reads: Calls

  constructor(options: PeopleOptions) {
    this.#options = options
    this.#sends = new Calls(SEND_EVERY_MS, (index) => this.#send(index))
    this.#reads = new Calls(READ_EVERY_MS, (index) => this.#read(index))
  }

  start(): void {
    this.#sends.start()
    this.#reads.start()
  }

  /** Resolves after the last response. */
  async stop(): Promise<{ readonly sends: CallResults; readonly reads: CallResults }> {
    const [sends, reads] = await Promise.all([this.#sends.stop(), this.#reads.stop()])
    return { sends, reads }
  }

  /** Resolves with null, or the code of an error. */
  async #send(index: number): Promise<string | null> {
    const input = { roomId: this.#roomAt(index).id, text: TEXT, idempotencyKey: randomUUID() }
    return codeIn(await this.#request(index, SEND, { input }))
  }

  async #read(index: number): Promise<string | null> {
    return codeIn(await this.#request(index, READ, { room: this.#roomAt(index).id }))
  }

  async #request(index: number, query: string, variables: object): Promise<string> {
    const { url, operatorKey } = this.#options
    const { visitorToken } = this.#roomAt(index)
    const credential: Record<string, string> =
      visitorToken === null ? { authorization: `Bearer ${operatorKey}` } : { 'x-visitor-token': visitorToken }
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credential },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return response.text()
  }

  #roomAt(index: number): WatchedRoom {
    const { rooms } = this.#options
    const room = rooms[index % rooms.length]
    if (!room) throw new Error('there are no rooms')
    return room
  }
}

function codeIn(response: string): string | null {
  return /"code":"(\w+)"/.exec(response)?.[1] ?? null
}

/** Calls at equal distances, and their results. */
class Calls {
  readonly #everyMs: number
  readonly #call: (index: number) => Promise<string | null>
  readonly #open = new Set<Promise<void>>()
  readonly #answeredMs: number[] = []
  readonly #codes: string[] = []
  #made = 0
  #timer: NodeJS.Timeout | null = null

  constructor(everyMs: number, call: (index: number) => Promise<string | null>) {
    this.#everyMs = everyMs
    this.#call = call
  }

  start(): void {
    const next = () => {
      const result = this.#measure(this.#made++).finally(() => this.#open.delete(result))
      this.#open.add(result)
    }
    next()
    this.#timer = setInterval(next, this.#everyMs)
  }

  async stop(): Promise<CallResults> {
    if (this.#timer) clearInterval(this.#timer)
    await Promise.all(this.#open)
    return {
      made: this.#made,
      answered: this.#answeredMs.length,
      slowestMs: Math.max(0, ...this.#answeredMs),
      codes: this.#codes,
    }
  }

  async #measure(index: number): Promise<void> {
    const begun = performance.now()
    try {
      const code = await this.#call(index)
      if (code === null) this.#answeredMs.push(performance.now() - begun)
      else this.#codes.push(code)
    } catch (error) {
      this.#codes.push(error instanceof Error ? error.name : String(error))
    }
  }
}
