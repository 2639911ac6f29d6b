import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'

const serverFrame = z.looseObject({
  msg: z.string(),
  id: z.string().optional(),
  subs: z.array(z.string()).optional(),
  collection: z.string().optional(),
  fields: z
    .looseObject({ eventName: z.string().optional(), args: z.array(z.unknown()).optional() })
    .optional(),
})

/** A frame of the server. */
export type ServerFrame = z.infer<typeof serverFrame>

/** An event of a stream. */
export interface StreamEvent {
  readonly event: string
  readonly args: readonly unknown[]
}

/** A DDP client of the tests. Each frame is handed out once, in the order of arrival. */
export class DdpClient {
  readonly socket: WebSocket
  #frames: ServerFrame[] = []
  #waiting: {
    readonly fits: (frame: ServerFrame) => boolean
    readonly resolve: (frame: ServerFrame) => void
  }[] = []
  #nextId = 1

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => this.#receive(serverFrame.parse(JSON.parse(String(data)))))
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame))
  }

  /** Leaves the frames that follow to the test. */
  ignoreFrames(): void {
    this.socket.removeAllListeners('message')
  }

  /** The code with which the connection ends. */
  closed(): Promise<number> {
    return new Promise((resolve) => this.socket.once('close', resolve))
  }

  /** The next frame that fits, once it is there. */
  frame(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    const index = this.#frames.findIndex(fits)
    const [found] = index < 0 ? [] : this.#frames.splice(index, 1)
    if (found) return Promise.resolve(found)
    return new Promise((resolve) => this.#waiting.push({ fits, resolve }))
  }

  /** Calls a method and returns its result frame. */
  call(method: string, ...params: readonly unknown[]): Promise<ServerFrame> {
    const id = this.#id()
    this.send({ msg: 'method', id, method, params })
    return this.frame((frame) => frame.msg === 'result' && frame.id === id)
  }

  /** Subscribes and returns the answer, `ready` or `nosub`, with the subscription's id. */
  async subscribe(
    stream: string,
    event: string,
    tokens: { readonly visitorToken?: string; readonly token?: string } = {},
  ): Promise<{ readonly id: string; readonly answer: ServerFrame }> {
    const id = this.#id()
    this.send({ msg: 'sub', id, name: stream, params: [event, { useCollection: false, args: [tokens] }] })
    const answer = await this.frame(
      (frame) =>
        (frame.msg === 'ready' && frame.subs?.includes(id)) || (frame.msg === 'nosub' && frame.id === id),
    )
    return { id, answer }
  }

  /** The next event of a stream, or of any stream. */
  async event(stream?: string): Promise<StreamEvent> {
    const { fields } = await this.frame(
      ({ msg, collection }) => msg === 'changed' && (stream === undefined || collection === stream),
    )
    return { event: fields?.eventName ?? '', args: fields?.args ?? [] }
  }

  /** The events of a stream that arrived so far and were not handed out; a ping makes sure that no other is under way. */
  async pending(stream: string): Promise<readonly StreamEvent[]> {
    const id = this.#id()
    this.send({ msg: 'ping', id })
    await this.frame((frame) => frame.msg === 'pong' && frame.id === id)
    const events = this.#frames.filter(({ collection }) => collection === stream)
    this.#frames = this.#frames.filter(({ collection }) => collection !== stream)
    return events.map(({ fields }) => ({ event: fields?.eventName ?? '', args: fields?.args ?? [] }))
  }

  #id(): string {
    return String(this.#nextId++)
  }

  #receive(frame: ServerFrame): void {
    const index = this.#waiting.findIndex(({ fits }) => fits(frame))
    const [waiting] = index < 0 ? [] : this.#waiting.splice(index, 1)
    if (waiting) waiting.resolve(frame)
    else this.#frames.push(frame)
  }
}

/** Opens a connection that ends with the test; nothing is sent. */
export async function openSocket(url: string): Promise<DdpClient> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/websocket`)
  onTestFinished(() => socket.terminate())
  const client = new DdpClient(socket)
  await once(socket, 'open')
  return client
}

/** Opens a connection and connects; with a login token it also logs in. */
export async function connectDdp(url: string, resume?: string): Promise<DdpClient> {
  const client = await openSocket(url)
  client.send({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] })
  await client.frame(({ msg }) => msg === 'connected')
  if (resume !== undefined) await client.call('login', { resume })
  return client
}
