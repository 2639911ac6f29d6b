import { createParser } from 'eventsource-parser'
import { once, type SubscriptionRequest, type Transport, type TransportHandlers } from './transport.ts'

export interface SseTransportOptions {
  /** Sent as `Last-Event-ID` to resume; null sends none. */
  readonly lastEventId: string | null
  /** Cuts the connection after this many bytes of the response, even within an event; 0 never does. */
  readonly cutAtByte: number
}

/** Subscribes over server-sent events. */
export function openSseTransport(
  request: SubscriptionRequest,
  events: TransportHandlers,
  options: SseTransportOptions,
): Transport {
  const abort = new AbortController()
  const gate = new Gate()
  const end = once(events.onEnd)
  readSse({ request, events, options, gate, abort }).then(end, (error: unknown) => end(String(error)))
  return {
    disconnect: (how) => {
      abort.abort()
      gate.open()
      end(how)
    },
    pause: () => gate.close(),
    resume: () => gate.open(),
  }
}

interface SseRequest {
  readonly request: SubscriptionRequest
  readonly events: TransportHandlers
  readonly options: SseTransportOptions
  readonly gate: Gate
  readonly abort: AbortController
}

/** Reads until the end. Resolves with the reason. */
async function readSse({ request, events, options, gate, abort }: SseRequest): Promise<string> {
  let isComplete = false
  const parser = createParser({
    onEvent: ({ event, data, id }) => {
      if (event === 'next' && !abort.signal.aborted) events.onResult(data, id ?? null)
      if (event === 'complete') isComplete = true
    },
  })
  const { body } = await post(request, options, abort.signal)
  const decoder = new TextDecoder()
  const reader = body?.getReader()
  for (let left = options.cutAtByte || Number.POSITIVE_INFINITY; left > 0; ) {
    await gate.opened
    const { done, value: chunk } = (await reader?.read()) ?? { done: true }
    if (done || abort.signal.aborted) return 'the response ended'
    const read = chunk.subarray(0, Math.min(left, chunk.length))
    left -= read.length
    parser.feed(decoder.decode(read, { stream: true }))
    if (isComplete) return 'complete'
  }
  abort.abort()
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

/** Pauses a reader while it is closed. Unread data then fills the connection. */
class Gate {
  opened: Promise<void> = Promise.resolve()
  #open: () => void = () => {}

  close(): void {
    this.open()
    this.opened = new Promise((open) => {
      this.#open = open
    })
  }

  open(): void {
    this.#open()
  }
}
