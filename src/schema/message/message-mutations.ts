import { z } from 'zod'
import type { Message as MessageModel } from '../../domain/model.ts'
import { requirePermission } from '../access/access-plugin.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { idempotencyKey, multiLineText, nullable, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { Message } from './message.ts'

const SendMessagePayload = builder
  .objectRef<{ readonly message: MessageModel }>('SendMessagePayload')
  .implement({
    description: 'The message was sent.',
    fields: (t) => ({
      message: t.field({
        type: Message,
        description: 'As the provider stored it.',
        resolve: ({ message }) => message,
      }),
    }),
  })

const UpdateMessagePayload = builder
  .objectRef<{ readonly message: MessageModel }>('UpdateMessagePayload')
  .implement({
    description: 'The message was edited.',
    fields: (t) => ({
      message: t.field({ type: Message, description: 'As it reads now.', resolve: ({ message }) => message }),
    }),
  })

interface Deleted {
  readonly messageId: string
  readonly deletedAt: Date | null
}

const DeleteMessagePayload = builder.objectRef<Deleted>('DeleteMessagePayload').implement({
  description: 'The message was deleted.',
  fields: (t) => ({
    messageId: t.exposeID('messageId', { description: 'The global id it had.' }),
    deletedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When, by the provider’s clock, where it says so.',
      resolve: ({ deletedAt }) => deletedAt,
    }),
  }),
})

const SendMessageInput = builder.inputType('SendMessageInput', {
  description:
    '`idempotencyKey`: the same key with the same input gives the same message, however often it is sent.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'The room’s global id.' }),
    text: t.string({ required: true, description: 'What to say.' }),
    idempotencyKey: t.string({ description: 'Chosen by the client, once per message; best a random UUID.' }),
  }),
})

const UpdateMessageInput = builder.inputType('UpdateMessageInput', {
  description: 'An edit of a message.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'The message’s global id.' }),
    text: t.string({ required: true, description: 'What it shall say.' }),
  }),
})

const DeleteMessageInput = builder.inputType('DeleteMessageInput', {
  description: 'The message to delete.',
  fields: (t) => ({ messageId: t.id({ required: true, description: 'The message’s global id.' }) }),
})

const SendMessageResult = mutationResultType('SendMessageResult', SendMessagePayload, 'SendMessagePayload')
const UpdateMessageResult = mutationResultType(
  'UpdateMessageResult',
  UpdateMessagePayload,
  'UpdateMessagePayload',
)
const DeleteMessageResult = mutationResultType(
  'DeleteMessageResult',
  DeleteMessagePayload,
  'DeleteMessagePayload',
)

const sending = z.object({
  roomId: z.string(),
  text: multiLineText,
  idempotencyKey: nullable(idempotencyKey),
})
const editing = z.object({ messageId: z.string(), text: multiLineText })

builder.mutationFields((t) => ({
  sendMessage: t.field({
    type: SendMessageResult,
    description: 'Says something in a room, as the caller.',
    access: requirePermission('WRITE'),
    // Where it is repeated it is looked for first, and read back where the answer does not carry it.
    ...withCallCost(() => ({ otherCalls: 3 })),
    args: { input: t.arg({ type: SendMessageInput, required: true, description: 'What, and where.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(ctx, async () => {
        const input = parseInput(sending, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'SEND_MESSAGE', ctx)
        const message = await adapter.sendMessage({ ...input, roomId }, ctx.call)
        ctx.hub.requestPoll(provider, roomId)
        return { message }
      }),
  }),
  updateMessage: t.field({
    type: UpdateMessageResult,
    description: 'Replaces the text of a message.',
    access: requirePermission('WRITE'),
    ...withCallCost(() => ({ otherCalls: 2 })),
    args: { input: t.arg({ type: UpdateMessageInput, required: true, description: 'Which, and what.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(ctx, async () => {
        const input = parseInput(editing, args.input)
        const { provider, ref } = parseGlobalId(input.messageId, 'Message', 'messageId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'UPDATE_MESSAGE', ctx)
        const message = await adapter.updateMessage(ref, input.text, ctx.call)
        ctx.hub.requestPoll(provider, ref.roomId)
        return { message }
      }),
  }),
  deleteMessage: t.field({
    type: DeleteMessageResult,
    description: 'Deletes a message.',
    access: requirePermission('WRITE'),
    ...withCallCost(() => ({ otherCalls: 2 })),
    args: { input: t.arg({ type: DeleteMessageInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input: { messageId } }, ctx) =>
      toMutationResult(ctx, async () => {
        const { provider, ref } = parseGlobalId(messageId, 'Message', 'messageId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'DELETE_MESSAGE', ctx)
        const deletedAt = await adapter.deleteMessage(ref, ctx.call)
        ctx.hub.requestPoll(provider, ref.roomId)
        return { messageId, deletedAt }
      }),
  }),
}))
