import SchemaBuilder from '@pothos/core'
import DataLoader from 'dataloader'
import {
  type MessageView,
  type RoomView,
  readInbox,
  readMessages,
  readVisitor,
  sendMessage,
} from './upstream-api.ts'

/** The loaders of one request. They join equal reads of one operation, which batches cannot serve at the provider. */
export interface StockContext {
  readonly token: string | null
  readonly messages: DataLoader<string, readonly MessageView[]>
  readonly visitors: DataLoader<string, RoomView['visitor']>
}

interface RoomParent {
  readonly id: string
  readonly summary: RoomView | null
}

const PAGE = 50

/** Creates the context of a request with this visitor token; null for an operator. */
export function createStockContext(token: string | null): StockContext {
  return {
    token,
    messages: new DataLoader((ids) => Promise.all(ids.map((id) => readMessages(id, PAGE, token)))),
    visitors: new DataLoader((ids) => Promise.all(ids.map((id) => readVisitor(id, token)))),
  }
}

/** Only the types demand it, which the gateway's own plugin extends; this schema does not have that plugin. */
const access = { callers: 'ANYONE', permission: null } as const

const builder = new SchemaBuilder<{ Context: StockContext }>({})

const Participant = builder.objectRef<NonNullable<MessageView['author']>>('Participant').implement({
  fields: (t) => ({ name: t.exposeString('name', { nullable: true }) }),
})

const Message = builder.objectRef<MessageView>('Message').implement({
  fields: (t) => ({
    text: t.exposeString('text'),
    createdAt: t.exposeString('createdAt'),
    author: t.expose('author', { type: Participant, nullable: true }),
  }),
})

const MessageConnection = builder.objectRef<readonly MessageView[]>('MessageConnection').implement({
  fields: (t) => ({ nodes: t.field({ type: [Message], resolve: (messages) => [...messages] }) }),
})

const Room = builder.objectRef<RoomParent>('Room').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    nativeId: t.string({ resolve: ({ summary }) => summary?.nativeId ?? '' }),
    status: t.string({ resolve: ({ summary }) => summary?.status ?? '' }),
    lastMessage: t.field({
      type: Message,
      nullable: true,
      resolve: ({ summary }) => summary?.lastMessage ?? null,
    }),
    visitor: t.field({
      type: Participant,
      nullable: true,
      resolve: ({ id, summary }, _args, { visitors }) => (summary ? summary.visitor : visitors.load(id)),
    }),
    messages: t.field({
      type: MessageConnection,
      args: { last: t.arg.int() },
      resolve: ({ id }, _args, { messages }) => messages.load(id),
    }),
  }),
})

const RoomConnection = builder.objectRef<readonly RoomParent[]>('RoomConnection').implement({
  fields: (t) => ({ nodes: t.field({ type: [Room], resolve: (rooms) => [...rooms] }) }),
})

const UserError = builder.objectRef<{ readonly code: string }>('UserError').implement({
  fields: (t) => ({ code: t.exposeString('code') }),
})
const SendMessagePayload = builder
  .objectRef<{ readonly message: MessageView }>('SendMessagePayload')
  .implement({
    fields: (t) => ({ message: t.expose('message', { type: Message }) }),
  })
const SendMessageResult = builder.unionType('SendMessageResult', {
  types: [SendMessagePayload, UserError],
  resolveType: (result) => ('message' in result ? SendMessagePayload : UserError),
})
const SendMessageInput = builder.inputType('SendMessageInput', {
  fields: (t) => ({ roomId: t.id({ required: true }), text: t.string({ required: true }) }),
})

builder.queryType({
  fields: (t) => ({
    room: t.field({
      access,
      type: Room,
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (_root, { id }) => ({ id, summary: null }),
    }),
    rooms: t.field({
      access,
      type: RoomConnection,
      args: { first: t.arg.int({ required: true }) },
      resolve: async (_root, { first }) => {
        const rooms = await readInbox(first)
        return rooms.map((summary) => ({ id: summary.nativeId, summary }))
      },
    }),
  }),
})
builder.mutationType({
  fields: (t) => ({
    sendMessage: t.field({
      access,
      type: SendMessageResult,
      args: { input: t.arg({ type: SendMessageInput, required: true }) },
      resolve: async (_root, { input }, { token }) => ({
        message: await sendMessage(input.roomId, input.text, token),
      }),
    }),
  }),
})

export const stockSchema = builder.toSchema()
