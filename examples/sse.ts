/**
 * Subscribes to a room by server-sent events, with nothing but `fetch` and a parser of the format. Each event's id is its
 * cursor. Sent back as `Last-Event-ID`, it resumes the stream after that event, as a browser's EventSource does.
 *   ROOM_ID=... VISITOR_TOKEN=... node --import tsx examples/sse.ts
 */
import { createParser } from 'eventsource-parser'

const { GATEWAY = 'http://127.0.0.1:4000/graphql', ROOM_ID, VISITOR_TOKEN = '' } = process.env

const query = `subscription($room: ID!) {
  roomEvents(roomId: $room) {
    __typename
    ... on MessageAddedEvent { message { text author { name } } }
    ... on MessageUpdatedEvent { message { text } }
    ... on GapEvent { reason }
  }
}`

let lastEventId: string | null = null
/** Whether this client was too slow. It receives the dropped events over a new connection, after the gap's id. */
let isTooSlow = false
/** The pause before the next connection, in milliseconds. A gateway that stops chooses it, so that its clients do not return all at once. */
let retryMs = 250
const parser = createParser({
  onEvent({ event, id, data }) {
    if (isTooSlow) return
    lastEventId = id ?? lastEventId
    if (event !== 'next') return
    process.stdout.write(`${data}\n`)
    isTooSlow = JSON.parse(data).data?.roomEvents?.reason === 'SLOW_CONSUMER'
  },
  onRetry(ms) {
    retryMs = ms
  },
})

for (;;) {
  try {
    await follow()
  } catch (error) {
    process.stderr.write(`lost: ${error instanceof Error ? error.message : error}\n`)
  }
  parser.reset()
  isTooSlow = false
  await new Promise((resolve) => setTimeout(resolve, retryMs))
}

/** Reads events until the connection ends. */
async function follow(): Promise<void> {
  const response = await fetch(GATEWAY, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'x-visitor-token': VISITOR_TOKEN,
      ...(lastEventId !== null && { 'last-event-id': lastEventId }),
    },
    body: JSON.stringify({ query, variables: { room: ROOM_ID } }),
  })
  if (!response.ok || !response.body) throw new Error(`the gateway answered ${response.status}`)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    parser.feed(value)
    if (isTooSlow) return void (await reader.cancel())
  }
}
