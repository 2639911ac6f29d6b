/**
 * Reads a page of a room and then everything behind it, over one WebSocket, as the room's visitor. A connection that
 * breaks is opened again behind the last event: nothing is missed, and no event comes twice.
 *   ROOM_ID=... VISITOR_TOKEN=... node --import tsx examples/clients/node-graphql-ws.ts
 */
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

const { GATEWAY = 'http://127.0.0.1:4000/graphql', ROOM_ID, VISITOR_TOKEN } = process.env

interface Message {
  readonly text: string
  readonly author: { readonly name: string | null } | null
}

interface Page {
  readonly room: {
    readonly messages: { readonly nodes: Message[]; readonly pageInfo: { readonly endCursor: string | null } }
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

const page = `query($room: ID!) {
  room(id: $room) { messages(last: 50) { nodes { text author { name } } pageInfo { endCursor } } }
}`
const events = `subscription($room: ID!, $after: String) {
  roomEvents(roomId: $room, after: $after) {
    __typename
    cursor
    ... on MessageAddedEvent { message { text author { name } } }
    ... on MessageUpdatedEvent { message { text author { name } } }
    ... on GapEvent { reason }
  }
}`

// graphql-ws subscribes again by itself, with what the variables hold then.
const variables = { room: ROOM_ID, after: await readPage() }
for (;;) {
  for await (const { data, errors } of client.iterate<Event>({ query: events, variables })) {
    if (!data) throw new Error(errors?.[0]?.message)
    const { __typename, cursor, message, reason } = data.roomEvents
    variables.after = cursor
    show(__typename, message)
    if (__typename !== 'GapEvent') continue
    // Where this client was too slow, what it did not receive comes after the gap's cursor. Else something that it has read
    // is gone, or not all can be sent: the page shows what is there now, and the stream begins anew after the page.
    if (reason !== 'SLOW_CONSUMER') variables.after = await readPage()
    break
  }
}

/** Shows the room's newest messages, whatever attempts that takes; gives the cursor behind them. */
async function readPage(): Promise<string | null> {
  for (;;) {
    for await (const { data, errors } of client.iterate<Page>({
      query: page,
      variables: { room: ROOM_ID },
    })) {
      if (data?.room) {
        const { nodes, pageInfo } = data.room.messages
        for (const message of nodes) show('read', message)
        return pageInfo.endCursor
      }
      if (!errors) throw new Error('there is no such room')
      process.stderr.write(`not read: ${errors[0]?.message}\n`)
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

function show(what: string, message: Message | undefined): void {
  process.stdout.write(`${what} ${message?.author?.name ?? ''}: ${message?.text ?? ''}\n`)
}
