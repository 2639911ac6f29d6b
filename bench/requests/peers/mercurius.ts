import fastify from 'fastify'
import mercurius from 'mercurius'
import {
  type MessageView,
  type RoomView,
  readInbox,
  readMessages,
  readVisitor,
  sendMessage,
} from './upstream-api.ts'

/** mercurius as its documentation starts it, with loaders and graphql-jit. */

declare module 'mercurius' {
  interface MercuriusContext {
    readonly token: string | null
  }
}

const PAGE = 50

const schema = `
  type Participant { name: String }
  type Message { text: String! createdAt: String! author: Participant }
  type MessageConnection { nodes: [Message!]! }
  type Room {
    id: ID!
    nativeId: String
    status: String
    lastMessage: Message
    visitor: Participant
    messages(last: Int): MessageConnection
  }
  type RoomConnection { nodes: [Room!]! }
  type UserError { code: String! }
  type SendMessagePayload { message: Message! }
  union SendMessageResult = SendMessagePayload | UserError
  input SendMessageInput { roomId: ID! text: String! }
  type Query {
    room(id: ID!): Room
    rooms(first: Int!): RoomConnection
  }
  type Mutation { sendMessage(input: SendMessageInput!): SendMessageResult! }
`

interface RoomParent {
  readonly id: string
  readonly visitor?: RoomView['visitor']
}

const app = fastify()
await app.register(mercurius, {
  schema,
  jit: 1,
  context: ({ headers }) => {
    const token = headers['x-visitor-token']
    return { token: typeof token === 'string' ? token : null }
  },
  resolvers: {
    Query: {
      room: (_root: unknown, { id }: { readonly id: string }) => ({ id }),
      rooms: async (_root: unknown, { first }: { readonly first: number }) => {
        const nodes = await readInbox(first)
        return { nodes: nodes.map((room) => ({ ...room, id: room.nativeId })) }
      },
    },
    Mutation: {
      sendMessage: async (
        _root: unknown,
        { input }: { readonly input: { readonly roomId: string; readonly text: string } },
        { token }: { readonly token: string | null },
      ) => ({
        __typename: 'SendMessagePayload',
        message: await sendMessage(input.roomId, input.text, token),
      }),
    },
  },
  loaders: {
    Room: {
      visitor: (
        queries: readonly { readonly obj: RoomParent }[],
        { token }: { readonly token: string | null },
      ) => Promise.all(queries.map(({ obj }) => obj.visitor ?? readVisitor(obj.id, token))),
      messages: (
        queries: readonly { readonly obj: RoomParent }[],
        { token }: { readonly token: string | null },
      ): Promise<{ readonly nodes: readonly MessageView[] }[]> =>
        Promise.all(queries.map(async ({ obj }) => ({ nodes: await readMessages(obj.id, PAGE, token) }))),
    },
  },
})
const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`listening on ${address}/graphql\n`)
