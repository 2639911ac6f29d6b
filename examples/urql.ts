/**
 * Answers each message of a visitor once, with urql: subscriptions over a WebSocket, mutations over HTTP. The
 * idempotency key is derived from the message, so that a repeated answer is not sent twice.
 *   OPERATOR_KEY=... node --import tsx examples/urql.ts
 */
import { Client, fetchExchange, gql, subscriptionExchange, type TypedDocumentNode } from '@urql/core'
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

const client = new Client({
  url: GATEWAY,
  preferGetMethod: false,
  fetchOptions: { headers: { authorization } },
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query = '', variables }) => ({
        subscribe: (sink) => ({
          unsubscribe: socket.subscribe(
            { query, variables },
            {
              next: ({ data = null, errors }) => sink.next({ data, ...(errors && { errors }) }),
              error: sink.error,
              complete: sink.complete,
            },
          ),
        }),
      }),
    }),
  ],
})

interface Activity {
  readonly roomActivity: {
    readonly id: string
    readonly lastMessage: {
      readonly id: string
      readonly text: string
      readonly author: { readonly role: string } | null
    } | null
  }
}

const ACTIVITY: TypedDocumentNode<Activity> = gql`
  subscription { roomActivity { id lastMessage { id text author { role } } } }
`
const SEND: TypedDocumentNode<{
  readonly sendMessage: { readonly __typename: string; readonly detail?: string }
}> = gql`
  mutation Answer($input: SendMessageInput!) {
    sendMessage(input: $input) { __typename ... on UserError { code detail } }
  }
`

client.subscription(ACTIVITY, {}).subscribe(({ data, error }) => {
  if (error) process.stderr.write(`${error.message}\n`)
  const room = data?.roomActivity
  const message = room?.lastMessage
  if (!room || message?.author?.role !== 'VISITOR') return
  // The same message can be reported several times; the key is the same each time.
  const input = {
    roomId: room.id,
    text: `You said: ${message.text}`,
    idempotencyKey: `echo-${message.id}`.slice(-100),
  }
  void client.mutation(SEND, { input }).then(({ data: answer, error: lost }) => {
    const { __typename, detail } = answer?.sendMessage ?? { __typename: lost?.message }
    process.stdout.write(`${__typename}: ${detail ?? input.text}\n`)
  })
})
