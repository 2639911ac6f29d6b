/**
 * An inbox with Apollo Client: queries over HTTP, subscriptions over a WebSocket, cache policies that merge the pages of
 * each connection, and the possible types of interfaces, without which `... on UserError` is empty. With a room and a text it
 * sends a message there.
 *   OPERATOR_KEY=... [ROOM_ID=... TEXT=...] node --import tsx examples/apollo-client.ts
 */
import {
  ApolloClient,
  ApolloLink,
  gql,
  HttpLink,
  InMemoryCache,
  type TypedDocumentNode,
} from '@apollo/client'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { getMainDefinition, relayStylePagination } from '@apollo/client/utilities'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import possibleTypes from '../possible-types.json' with { type: 'json' }

const { GATEWAY = 'http://127.0.0.1:4000/graphql', OPERATOR_KEY, ROOM_ID, TEXT } = process.env
const authorization = `Bearer ${OPERATOR_KEY}`

const socket = createClient({
  url: GATEWAY.replace(/^http/, 'ws'),
  webSocketImpl: WebSocket,
  connectionParams: { authorization },
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => true,
})

const client = new ApolloClient({
  link: ApolloLink.split(
    ({ query }) => {
      const definition = getMainDefinition(query)
      return definition.kind === 'OperationDefinition' && definition.operation === 'subscription'
    },
    new GraphQLWsLink(socket),
    new HttpLink({ uri: GATEWAY, headers: { authorization } }),
  ),
  cache: new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          // One list per filter.
          rooms: relayStylePagination(['filter']),
          offlineMessages: relayStylePagination(['filter']),
        },
      },
      // One list per room and time range, whether its pages are read forwards or backwards.
      Room: { fields: { messages: relayStylePagination(['since', 'until']) } },
    },
  }),
})

interface Inbox {
  readonly rooms: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly visitor: { readonly name: string } | null }
    }[]
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
  }
}

const INBOX: TypedDocumentNode<Inbox, { after?: string | null }> = gql`
  query Inbox($after: String) {
    rooms(first: 2, after: $after) {
      edges { cursor node { id status visitor { name } } }
      pageInfo { endCursor hasNextPage startCursor hasPreviousPage }
    }
  }
`
const ACTIVITY: TypedDocumentNode<{
  readonly roomActivity: { readonly visitor: { readonly name: string } | null }
}> = gql`
  subscription Activity { roomActivity { id status visitor { name } lastMessage { id text } } }
`

const SEND: TypedDocumentNode<
  {
    readonly sendMessage:
      | { readonly message: { readonly id: string; readonly text: string } }
      | { readonly code: string; readonly detail: string }
  },
  { input: { roomId: string; text: string; idempotencyKey: string } }
> = gql`
  mutation Send($input: SendMessageInput!) {
    sendMessage(input: $input) {
      ... on SendMessagePayload { message { id text } }
      ... on UserError { code detail }
    }
  }
`

// The cache merges each page into its list, and the result is the whole list.
const read = async (after: string | null): Promise<Inbox | undefined> =>
  (await client.query({ query: INBOX, variables: { after }, fetchPolicy: 'network-only' })).data

let inbox = await read(null)
while (inbox?.rooms.pageInfo.hasNextPage) inbox = await read(inbox.rooms.pageInfo.endCursor)
process.stdout.write(`rooms: ${inbox?.rooms.edges.map(({ node }) => node.visitor?.name).join(', ')}\n`)

// Rooms have ids, so the cache updates them from the subscription's results.
client.subscribe({ query: ACTIVITY }).subscribe(({ data: event }) => {
  process.stdout.write(`active: ${event?.roomActivity.visitor?.name}\n`)
})

if (ROOM_ID && TEXT) {
  // After a failure without a result send it again with the same key: it arrives once.
  const input = { roomId: ROOM_ID, text: TEXT, idempotencyKey: crypto.randomUUID() }
  const { data } = await client.mutate({ mutation: SEND, variables: { input } })
  const result = data?.sendMessage
  if (result && 'message' in result) process.stdout.write(`sent: ${result.message.text}\n`)
  else process.stdout.write(`not sent: ${result?.code}, ${result?.detail}\n`)
}
