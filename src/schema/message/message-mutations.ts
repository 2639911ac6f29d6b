import { z } from 'zod'
import type { Message as MessageModel } from '../../domain/model.ts'
import { requirePermission } from '../access/access-rule.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { idempotencyKey, multiLineText, nullable, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { Message, MessageVisibilityType } from './message.ts'

interface MessagePayload {
  readonly message: MessageModel
}

const SendMessagePayload = builder.objectRef<MessagePayload>('SendMessagePayload').implement({
  description: 'Payload of `sendMessage`: the provider accepted the message.',
  fields: (t) => ({
    message: t.expose('message', { type: Message, description: 'The message as the provider stored it.' }),
  }),
})

const UpdateMessagePayload = builder.objectRef<MessagePayload>('UpdateMessagePayload').implement({
  description: 'Payload of `updateMessage`: the message was edited.',
  fields: (t) => ({
    message: t.expose('message', { type: Message, description: 'The message after the edit.' }),
  }),
})

interface DeletedMessage {
  readonly messageId: string
  readonly deletedAt: Date | null
}

const DeleteMessagePayload = builder.objectRef<DeletedMessage>('DeleteMessagePayload').implement({
  description: 'Payload of `deleteMessage`: the message was deleted.',
  fields: (t) => ({
    messageId: t.exposeID('messageId', { description: 'Global id of the deleted message.' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the deletion by the provider’s clock; null if the provider does not report it.',
    }),
  }),
})

const SendMessageInput = builder.inputType('SendMessageInput', {
  description: 'Input of `sendMessage`.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Global id of the room.' }),
    text: t.string({
      required: true,
      description: 'Plain text of the message, up to 16 384 characters; a provider can accept fewer.',
    }),
    idempotencyKey: t.string({
      description:
        'Key that the client chooses once per message, preferably a random UUID. Repeating the same key with the same input returns the same message instead of sending another.',
    }),
    visibility: t.field({
      type: MessageVisibilityType,
      description:
        'Who can read the message; `EVERYONE` by default. `AGENTS` writes a note that the visitor never receives: for operators, where the provider has the capability `SEND_NOTE`. A closed room takes no note.',
    }),
  }),
})

const UpdateMessageInput = builder.inputType('UpdateMessageInput', {
  description: 'Input of `updateMessage`.',
  fields: (t) => ({
    messageId: t.id({ required: true, description: 'Global id of the message.' }),
    text: t.string({
      required: true,
      description: 'New plain text of the message, up to 16 384 characters; a provider can accept fewer.',
    }),
  }),
})

const DeleteMessageInput = builder.inputType('DeleteMessageInput', {
  description: 'Input of `deleteMessage`.',
  fields: (t) => ({ messageId: t.id({ required: true, description: 'Global id of the message.' }) }),
})

const sendMessageInput = z.object({
  roomId: z.string(),
  text: multiLineText,
  idempotencyKey: nullable(idempotencyKey),
  visibility: z.enum(['EVERYONE', 'AGENTS']).nullish(),
})
const updateMessageInput = z.object({ messageId: z.string(), text: multiLineText })

builder.mutationFields((t) => ({
  sendMessage: t.field({
    type: mutationResultType('SendMessageResult', SendMessagePayload),
    description: 'Sends a message to a room, as the caller. Usually costs up to three calls.',
    access: requirePermission('WRITE'),
    // A repeated key first searches for the message. A response without the message makes the adapter read it.
    ...withCallCost({ otherCalls: 3 }),
    args: {
      input: t.arg({ type: SendMessageInput, required: true, description: 'The message and its room.' }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(sendMessageInput, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const visibility = input.visibility ?? 'EVERYONE'
        const capability = visibility === 'AGENTS' ? 'SEND_NOTE' : 'SEND_MESSAGE'
        const adapter = requireCapability(providerOf({ provider }, ctx), capability, ctx)
        const message = await adapter.sendMessage({ ...input, roomId, visibility }, ctx.call)
        ctx.hub.requestPoll(provider, roomId)
        return { message }
      }),
  }),
  updateMessage: t.field({
    type: mutationResultType('UpdateMessageResult', UpdateMessagePayload),
    description:
      'Replaces the text of a message. The provider decides whose messages the caller may edit. Usually costs two calls.',
    access: requirePermission('WRITE'),
    ...withCallCost({ otherCalls: 2 }),
    args: {
      input: t.arg({
        type: UpdateMessageInput,
        required: true,
        description: 'The message and its new text.',
      }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(updateMessageInput, args.input)
        const { provider, ref } = parseGlobalId(input.messageId, 'Message', 'messageId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'UPDATE_MESSAGE', ctx)
        const message = await adapter.updateMessage(ref, input.text, ctx.call)
        ctx.hub.requestPoll(provider, ref.roomId)
        return { message }
      }),
  }),
  deleteMessage: t.field({
    type: mutationResultType('DeleteMessageResult', DeleteMessagePayload),
    description:
      'Deletes a message. The provider decides whose messages the caller may delete. Usually costs two calls.',
    access: requirePermission('WRITE'),
    ...withCallCost({ otherCalls: 2 }),
    args: {
      input: t.arg({ type: DeleteMessageInput, required: true, description: 'The message to delete.' }),
    },
    resolve: (_root, { input: { messageId } }, ctx) =>
      toMutationResult(async () => {
        const { provider, ref } = parseGlobalId(messageId, 'Message', 'messageId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'DELETE_MESSAGE', ctx)
        const deletedAt = await adapter.deleteMessage(ref, ctx.call)
        ctx.hub.requestPoll(provider, ref.roomId)
        return { messageId, deletedAt }
      }),
  }),
}))
