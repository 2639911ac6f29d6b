/**
 * Reads a page of a room and then all later events, over one WebSocket, as the room's visitor. After a lost connection
 * it resumes after the last event: no event is missed, and none is received twice.
 *   ROOM_ID=... VISITOR_TOKEN=... node --import tsx examples/node-graphql-ws.ts
 */
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

const { GATEWAY = 'http://127.0.0.1:4000/graphql', ROOM_ID, VISITOR_TOKEN } = process.env

interface Message {
  readonly createdAt: string
  readonly text: string
  readonly author: { readonly name: string | null } | null
}

interface Page {
  readonly room: {
    readonly messages: {
      readonly nodes: Message[]
      readonly pageInfo: {
        readonly startCursor: string | null
        readonly endCursor: string | null
        readonly hasPreviousPage: boolean
      }
    }
  } | null
}

interface Event {
  readonly roomEvents: {
    readonly __typename: string
    readonly cursor: string
    readonly message?: Message
    readonly reason?: string
  }
}

const client = createClient({
  url: GATEWAY.replace(/^http/, 'ws'),
  webSocketImpl: WebSocket,
  connectionParams: { visitorToken: VISITOR_TOKEN },
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => true,
})

const page = `query($room: ID!, $before: String) {
  room(id: $room) {
    messages(last: 50, before: $before) {
      nodes { createdAt text author { name } }
      pageInfo { startCursor endCursor hasPreviousPage }
    }
  }
}`
const events = `subscription($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent { message { createdAt text author { name } } }
    ... on MessageUpdatedEvent { message { createdAt text author { name } } }
    ... on GapEvent { reason }
  }
}`

/** The creation time of the newest message that was shown; empty before the first. */
let shownUntil = ''

// graphql-ws subscribes again automatically, with the current values of the variables.
const variables = { room: ROOM_ID, after: await catchUp() }
for (;;) {
  for await (const { data, errors } of client.iterate<Event>({ query: events, variables })) {
    if (!data) throw new Error(errors?.[0]?.message)
    const { __typename, cursor, message, reason } = data.roomEvents
    variables.after = cursor
    show(__typename, message)
    if (__typename !== 'GapEvent') continue
    // If this client was too slow, it receives the dropped events after the gap's cursor. Otherwise a message that it has
    // read is gone, or not all events can be sent: the page has the current state, and the client subscribes after it.
    if (reason !== 'SLOW_CONSUMER') variables.after = await catchUp()
    break
  }
}

/** Shows the newest page, and earlier ones back to the messages shown before. Returns the cursor after the newest. */
async function catchUp(): Promise<string | null> {
  const newest = await readPage(null)
  const pages = [newest]
  for (let at = newest; at.pageInfo.hasPreviousPage && shownUntil !== ''; ) {
    if ((at.nodes[0]?.createdAt ?? '') <= shownUntil) break
    at = await readPage(at.pageInfo.startCursor)
    pages.unshift(at)
  }
  for (const message of pages.flatMap(({ nodes }) => nodes)) show('read', message)
  return newest.pageInfo.endCursor
}

/** Reads a page of the room's messages; retries until it succeeds. */
async function readPage(before: string | null) {
  for (;;) {
    for await (const { data, errors } of client.iterate<Page>({
      query: page,
      variables: { room: ROOM_ID, before },
    })) {
      if (data?.room) return data.room.messages
      if (!errors) throw new Error('there is no such room')
      process.stderr.write(`not read: ${errors[0]?.message}\n`)
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

function show(what: string, message: Message | undefined): void {
  if (message && message.createdAt > shownUntil) shownUntil = message.createdAt
  process.stdout.write(`${what} ${message?.author?.name ?? ''}: ${message?.text ?? ''}\n`)
}
