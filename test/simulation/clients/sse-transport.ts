import { createParser } from 'eventsource-parser'
import { once, type SubscriptionRequest, type Transport, type TransportHandlers } from './transport.ts'

export interface SseTransportOptions {
  /** Sent as `Last-Event-ID` by who comes back; null sends none. */
  readonly lastEventId: string | null
  /** The connection breaks behind so many bytes of the answer, wherever in an event that is; 0 never. */
  readonly cutAtByte: number
}

/** Subscribes over server-sent events. */
export function openSseTransport(
  request: SubscriptionRequest,
  events: TransportHandlers,
  options: SseTransportOptions,
): Transport {
  const leaving = new AbortController()
  const gate = new Gate()
  const end = once(events.onEnd)
  readSse({ request, events, options, gate, leaving }).then(end, (error: unknown) => end(String(error)))
  return {
    disconnect: (how) => {
      leaving.abort()
      gate.open()
      end(how)
    },
    pause: () => gate.shut(),
    resume: () => gate.open(),
  }
}

interface Reading {
  readonly request: SubscriptionRequest
  readonly events: TransportHandlers
  readonly options: SseTransportOptions
  readonly gate: Gate
  readonly leaving: AbortController
}

/** Reads until the end, which it tells. */
async function readSse({ request, events, options, gate, leaving }: Reading): Promise<string> {
  let isComplete = false
  const parser = createParser({
    onEvent: ({ event, data, id }) => {
      if (event === 'next' && !leaving.signal.aborted) events.onResult(data, id ?? null)
      if (event === 'complete') isComplete = true
    },
  })
  const { body } = await post(request, options, leaving.signal)
  const decoder = new TextDecoder()
  const reader = body?.getReader()
  for (let left = options.cutAtByte || Number.POSITIVE_INFINITY; left > 0; ) {
    await gate.passing
    const { done, value: chunk } = (await reader?.read()) ?? { done: true }
    if (done || leaving.signal.aborted) return 'the response ended'
    const read = chunk.subarray(0, Math.min(left, chunk.length))
    left -= read.length
    parser.feed(decoder.decode(read, { stream: true }))
    if (isComplete) return 'complete'
  }
  leaving.abort()
  return 'cut in the middle'
}

function post(
  request: SubscriptionRequest,
  { lastEventId }: SseTransportOptions,
  signal: AbortSignal,
): Promise<Response> {
  const { url, headers, query, variables } = request
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(lastEventId !== null && { 'last-event-id': lastEventId }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    signal,
  })
}

/** Holds a reader up while it is shut: what is not read fills the connection. */
class Gate {
  passing: Promise<void> = Promise.resolve()
  #open: () => void = () => {}

  shut(): void {
    this.open()
    this.passing = new Promise((open) => {
      this.#open = open
    })
  }

  open(): void {
    this.#open()
  }
}
