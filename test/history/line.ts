import { WebSocket } from 'ws'

/** What is asked, and as whom. */
export interface LineRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The same credential for `connection_init`. */
  readonly credential: Readonly<Record<string, string>>
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

export interface LineEvents {
  /** One GraphQL answer as it came. */
  answer(text: string): void
  /** Called once, whoever ended it. */
  ended(why: string): void
}

export type Leaving = 'complete' | 'close' | 'cut'

/** One subscription over a connection of its own. */
export interface Line {
  /** Politely, by closing, or by cutting the connection. */
  leave(how: Leaving): void
  /** Stops and starts reading from the connection, where that can be done. */
  pause(): void
  readOn(): void
}

/** Subscribes over graphql-transport-ws. */
export function openSocketLine(request: LineRequest, events: LineEvents): Line {
  const socket = new WebSocket(request.url.replace(/^http/, 'ws'), 'graphql-transport-ws')
  const send = (message: object) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }
  const end = once(events.ended)
  socket.on('open', () => send({ type: 'connection_init', payload: request.credential }))
  socket.on('message', (data) => {
    const text = String(data)
    const { type, payload } = JSON.parse(text) as { readonly type: string; readonly payload?: unknown }
    if (type === 'connection_ack') {
      const { query, variables } = request
      send({ id: '1', type: 'subscribe', payload: { query, variables } })
    }
    if (type === 'ping') send({ type: 'pong' })
    if (type === 'next') events.answer(JSON.stringify(payload))
    if (type === 'error') end(JSON.stringify(payload))
    if (type === 'complete') end('complete')
    if (type === 'error' || type === 'complete') socket.close()
  })
  socket.on('error', (error) => end(String(error)))
  socket.on('close', (code) => end(`closed with ${code}`))
  return {
    leave(how) {
      // Who does not read never sees the answer to its close: the connection would stay half open.
      if (socket.isPaused && how !== 'cut') socket.resume()
      if (how === 'complete') send({ id: '1', type: 'complete' })
      if (how === 'cut') socket.terminate()
      else socket.close()
      end(how)
    },
    pause: () => {
      if (socket.readyState === WebSocket.OPEN) socket.pause()
    },
    readOn: () => {
      if (socket.isPaused) socket.resume()
    },
  }
}

/** Subscribes over server-sent events. */
export function openSseLine(request: LineRequest, events: LineEvents): Line {
  const leaving = new AbortController()
  const end = once(events.ended)
  readSse(request, events, leaving.signal).then(end, (error: unknown) => end(String(error)))
  return {
    leave: (how) => {
      leaving.abort()
      end(how)
    },
    pause: () => {},
    readOn: () => {},
  }
}

async function readSse(request: LineRequest, { answer }: LineEvents, signal: AbortSignal): Promise<string> {
  const { url, headers, query, variables } = request
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal,
  })
  const decoder = new TextDecoder()
  let text = ''
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value: chunk } = (await reader?.read()) ?? { done: true }
    if (done || signal.aborted) return 'the response ended'
    const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const lines = new Map(block.split('\n').map((line) => fieldOf(line)))
      if (lines.get('event') === 'next') answer(lines.get('data') ?? '')
      if (lines.get('event') === 'complete') return 'complete'
    }
  }
}

function fieldOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()]
}

/** Calls at most once. */
function once(call: (why: string) => void): (why: string) => void {
  let called = false
  return (why) => {
    if (!called) call(why)
    called = true
  }
}
