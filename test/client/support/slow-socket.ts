import { WebSocket } from 'ws'
import { z } from 'zod'
import type { SocketConstructor, SocketLike } from '../../../packages/client/src/index.ts'

const frame = z.object({
  id: z.string(),
  payload: z.object({ data: z.object({ roomEvents: z.object({ cursor: z.string() }) }) }),
})

/** WebSockets of a client that falls behind once. */
export interface SlowSockets {
  readonly webSocket: SocketConstructor
  /** Replaces the next events, this many, by the gap with which the gateway ends the stream of a client that stays stuck. */
  fallBehind(count: number): void
}

/** Creates a class of WebSockets whose events can be left out, as the gateway does for a client that does not read. */
export function createSlowSockets(): SlowSockets {
  let left = 0
  let cursor: string | null = null
  /** What the client receives in place of a message of the gateway. */
  const replace = (text: string): readonly string[] => {
    const event = frame.safeParse(JSON.parse(text)).data
    if (!event) return [text]
    if (left === 0) {
      cursor = event.payload.data.roomEvents.cursor
      return [text]
    }
    left -= 1
    if (left > 0) return []
    const gap = { __typename: 'GapEvent', cursor, reason: 'SLOW_CONSUMER', from: null, to: null }
    const next = { id: event.id, type: 'next', payload: { data: { roomEvents: gap } } }
    return [JSON.stringify(next), JSON.stringify({ id: event.id, type: 'complete' })]
  }
  class SlowSocket implements SocketLike {
    onopen: unknown
    onmessage: unknown
    onclose: unknown
    onerror: unknown
    readonly #socket: WebSocket

    constructor(url: string, protocol: string) {
      this.#socket = new WebSocket(url, protocol)
      this.#socket.on('open', () => call(this.onopen))
      this.#socket.on('close', (code, reason) => call(this.onclose, { code, reason: String(reason) }))
      this.#socket.on('error', () => call(this.onerror))
      this.#socket.on('message', (data) => {
        for (const text of replace(String(data))) call(this.onmessage, { data: text })
      })
    }

    send(text: string): void {
      this.#socket.send(text)
    }

    close(code?: number): void {
      this.#socket.close(code)
    }
  }
  return {
    webSocket: SlowSocket,
    fallBehind(count) {
      left = count
    },
  }
}

function call(handler: unknown, event: object = {}): void {
  if (typeof handler === 'function') handler(event)
}
