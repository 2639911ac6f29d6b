import { headersOf } from './credential.ts'
import { errorsOf } from './errors.ts'
import type { Result } from './request.ts'
import { ABORTED, type ResultStream, refusedEnd, type StreamEnd, type Subscription } from './stream.ts'

/** Milliseconds for the start of a subscription, which the provider's rate limit can delay. */
const START_MS = 120_000
/** Milliseconds without a byte after which a connection is lost: the gateway sends a comment every twelve seconds. */
const SILENCE_MS = 30_000

/** Subscribes over server-sent events (GraphQL over SSE, distinct connections) at the gateway's address. */
export async function* openEventStream<Data extends object>(
  url: string,
  { query, variables, credential, signal, onOpen }: Subscription,
): ResultStream<Data> {
  const leaving = new AbortController()
  const leave = () => leaving.abort()
  signal?.addEventListener('abort', leave)
  if (signal?.aborted) leave()
  let timer = setTimeout(leave, START_MS)
  let retryMs = 0
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        ...headersOf(credential),
      },
      body: JSON.stringify({ query, variables }),
      signal: leaving.signal,
    })
    if (response.status === 401) return refusedEnd()
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      return endOf(await response.text())
    onOpen()
    const blocks = readBlocks(response.body, () => {
      clearTimeout(timer)
      timer = setTimeout(leave, SILENCE_MS)
    })
    for await (const { event, data, retry } of blocks) {
      if (retry !== undefined) retryMs = Number(retry)
      if (event === 'next' && data) yield resultOf(data)
      if (event === 'complete') return { reason: 'ended', errors: [] }
    }
  } catch {
    // The connection was lost, or what answers is not the gateway.
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', leave)
    leave()
  }
  return signal?.aborted ? ABORTED : { reason: 'lost', retryMs }
}

/** The end by a response that is no event stream. Throws if it is not the gateway's. */
function endOf(text: string): StreamEnd {
  const { errors } = Object(JSON.parse(text))
  if (!Array.isArray(errors)) throw new Error('The response is not the gateway’s.')
  return { reason: 'ended', errors: errorsOf(errors) }
}

function resultOf<Data>(text: string): Result<Data> {
  // The document's own type is generated from the gateway's schema.
  const { data, errors }: { readonly data?: Data | null; readonly errors?: unknown } = JSON.parse(text)
  return { data: data ?? null, errors: errorsOf(errors) }
}

/** Reads the blocks of an event stream as their fields, each of which the gateway writes on one line. */
async function* readBlocks(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<Readonly<Partial<Record<string, string>>>> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    onBytes()
    const blocks = (text + decoder.decode(value, { stream: true })).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) yield Object.fromEntries(block.split('\n').map(fieldOf))
  }
}

function fieldOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()]
}
