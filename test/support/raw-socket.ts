import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import type { Operation } from './http.ts'

export interface Message {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

/** A WebSocket without a client library. */
export interface RawSocket {
  readonly socket: WebSocket
  /** Sends a string unchanged, anything else as JSON. */
  send(message: unknown): void
  /** The next message. Rejects if the socket closes before. */
  next(): Promise<Message>
  /** Starts an operation under an id. */
  subscribe(id: string, operation: Operation): void
  /** The code and reason of the close frame. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
}

export interface RawSocketOptions extends ClientOptions {
  readonly protocols?: string | string[]
}

/** Opens a socket without sending anything; terminated at the end of the test. */
export async function openRawSocket(url: string, options: RawSocketOptions = {}): Promise<RawSocket> {
  const { protocols = 'graphql-transport-ws', ...rest } = options
  const socket = new WebSocket(url.replace(/^http/, 'ws'), protocols, rest)
  onTestFinished(() => socket.terminate())
  const messages: Message[] = []
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)) as Message)
    socket.emit('taken')
  })
  await once(socket, 'open')
  const send = (message: unknown) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  return {
    socket,
    send,
    closed,
    subscribe: (id, payload) => send({ type: 'subscribe', id, payload }),
    async next() {
      while (messages.length === 0) {
        const end = closed.then(({ code }) => Promise.reject(new Error(`the socket closed with ${code}`)))
        await Promise.race([once(socket, 'taken'), end])
      }
      const [message] = messages.splice(0, 1)
      if (!message) throw new Error('two wait for one message')
      return message
    },
  }
}

/** Opens a socket and sends connection_init. */
export async function connectAs(
  url: string,
  payload: Readonly<Record<string, unknown>> = {},
  options: RawSocketOptions = {},
): Promise<RawSocket> {
  const raw = await openRawSocket(url, options)
  raw.send({ type: 'connection_init', payload })
  const { type } = await raw.next()
  if (type !== 'connection_ack') throw new Error(`not acknowledged but ${type}`)
  return raw
}

/** The status of a rejected upgrade. */
export async function rejectedUpgradeStatus(
  url: string,
  options: RawSocketOptions = {},
): Promise<number | undefined> {
  const { protocols = 'graphql-transport-ws', ...rest } = options
  const socket = new WebSocket(url.replace(/^http/, 'ws'), protocols, rest)
  const [, response] = await once(socket, 'unexpected-response')
  response.resume()
  return response.statusCode
}
