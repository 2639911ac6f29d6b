/** One tab of GraphiQL: an operation with real ids, and the headers of its caller. */
export interface GraphiqlTab {
  readonly query: string
  /** JSON. */
  readonly variables?: string
  /** JSON. */
  readonly headers?: string
}

/** The caller and the room of the example operations. */
export interface TabSubjects {
  readonly operatorKey: string
  /** A visitor of the sandbox; undefined where there is none. */
  readonly visitor: { readonly name: string; readonly token: string } | undefined
  /** The global id of the visitor's room. */
  readonly roomId: string
}

/** The tabs that GraphiQL opens with: one for each kind of operation and caller. */
export function graphiqlTabs({ operatorKey, visitor, roomId }: TabSubjects): readonly GraphiqlTab[] {
  const operator = json({ authorization: `Bearer ${operatorKey}` })
  const headers = json({ 'x-visitor-token': visitor?.token ?? '' })
  return [
    { query: everyone },
    { query: inbox, headers: operator },
    { query: room(visitor?.name), variables: json({ id: roomId }), headers },
    { query: live, variables: json({ id: roomId }), headers },
    { query: say, variables: json({ input: { roomId, text: 'Hello from GraphiQL' } }), headers },
    { query: activity, headers: operator },
    { query: offline, headers: operator },
  ]
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2)
}

const everyone = `# This needs no credential.
# The other tabs have one in their headers.
query Everyone {
  viewer { role }
  providers { name kind capabilities health { status } departments { name online } }
}
`

const inbox = `# As an operator: the rooms of both providers,
# latest activity first.
query Inbox {
  rooms(first: 10) {
    nodes { id provider { name } status visitor { name } agents { name } lastMessage { text createdAt } }
    pageInfo { endCursor hasNextPage }
  }
}
`

const room = (visitor = 'a visitor') => `# As ${visitor}, who sees this one room.
query Room($id: ID!) {
  room(id: $id) {
    status
    messages(last: 10) { nodes { id kind text state author { name role } } pageInfo { endCursor } }
    capabilities { capability allowed reason }
  }
}
`

const live = `# The events of the room from now on.
# Answer meanwhile in the console, or send a message
# from a second window: another tab ends the stream.
subscription Live($id: ID!) {
  roomEvents(roomId: $id) {
    __typename
    cursor
    ... on MessageAddedEvent { message { text author { name } } }
    ... on MessageUpdatedEvent { message { text state } }
    ... on MessageDeletedEvent { messageId }
  }
}
`

const say = `mutation Say($input: SendMessageInput!) {
  sendMessage(input: $input) {
    ... on SendMessagePayload { message { id text createdAt } }
    ... on UserError { code detail }
  }
}
`

const activity = `# As an operator: each room with new activity,
# of both providers.
subscription Activity {
  roomActivity { id provider { name } status visitor { name } lastMessage { text author { name } } }
}
`

const offline = `# As an operator: the messages that visitors sent
# while no agent was online.
query OfflineMessages {
  offlineMessages(first: 10) {
    totalCount
    nodes { id provider { name } name email text receivedOn delivery { state attempts lastError } }
    pageInfo { endCursor hasNextPage }
  }
}
`
