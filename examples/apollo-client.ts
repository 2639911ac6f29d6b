/**
 * An inbox with Apollo Client: queries over HTTP, subscriptions over a WebSocket, and cache policies that merge the
 * pages of each connection.
 *   OPERATOR_KEY=... node --import tsx examples/apollo-client.ts
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

const { GATEWAY = 'http://127.0.0.1:4000/graphql', OPERATOR_KEY } = process.env
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
