import { z } from 'zod'
import { invalidInput } from '../../domain/errors.ts'
import { isJsonObject } from '../../domain/json.ts'
import type { StartedRoom } from '../../domain/rooms.ts'
import { anyone, requirePermission } from '../access/access-rule.ts'
import { providerOf, requireCapability, resolveProvider } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withEstimatedCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import {
  customFields,
  emailAddress,
  idempotencyKey,
  multiLineText,
  nullable,
  optionalLine,
  parseInput,
  personName,
  phoneNumber,
  preChatAnswers,
  tagList,
} from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { Room, type RoomHandle } from './room-ref.ts'
import { bindIdempotencyKey } from './start-room-key.ts'
import { callsForTags } from './tag-calls.ts'

const StartRoomPayload = builder.objectRef<StartedRoom>('StartRoomPayload').implement({
  description: 'Payload of `startRoom`: the room is open. Its fields are read as the new visitor.',
  fields: (t) => ({
    room: t.expose('room', {
      type: Room,
      description:
        'The new room, the visitor’s room that was open already, or the room that the same idempotency key opened before.',
    }),
    visitorToken: t.exposeString('visitorToken', {
      description:
        'The visitor’s credential, for the X-Visitor-Token header of later requests. It is a secret of this visitor.',
    }),
    renewalToken: t.string({
      nullable: true,
      description:
        'Token for `renewVisitor`, which replaces the visitor token after it has expired; null if visitor tokens of the provider do not expire. It is as secret as the visitor token.',
      resolve: ({ room: { provider }, visitorId }, _args, { renewalTokens }) =>
        visitorId === null ? null : renewalTokens.issue({ provider, visitorId }),
    }),
  }),
})

const CloseRoomPayload = builder.objectRef<{ readonly room: RoomHandle }>('CloseRoomPayload').implement({
  description: 'Payload of `closeRoom`: the room is closed.',
  fields: (t) => ({
    room: t.expose('room', {
      type: Room,
      description: 'The closed room. Selecting its state costs one read of the room.',
    }),
  }),
})

const CustomFieldInput = builder.inputType('CustomFieldInput', {
  description: 'A custom field of a visitor or a room.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Key of the field, at most 100 characters.' }),
    value: t.string({ required: true, description: 'Value of the field, at most 1000 characters.' }),
  }),
})

const PreChatAnswerInput = builder.inputType('PreChatAnswerInput', {
  description: 'The answer to a field of a pre-chat form.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Key of the field.' }),
    values: t.stringList({
      required: true,
      description:
        'One text, the value of one option, or the values of several options for MULTIPLE_CHOICE; each at most 1000 characters.',
    }),
  }),
})

const StartRoomInput = builder.inputType('StartRoomInput', {
  description: 'Input of `startRoom`: the provider, and what is known about the visitor.',
  fields: (t) => ({
    provider: t.string({ required: true, description: 'Configured name of the provider.' }),
    name: t.string({ description: 'Name of the visitor.' }),
    email: t.string({ description: 'E-mail address of the visitor.' }),
    phone: t.string({
      description: 'Phone number of the visitor in international form (E.164), such as +48123456789.',
    }),
    customFields: t.field({
      type: [CustomFieldInput],
      description:
        'Further fields, at most 100, each key once. Rocket.Chat accepts those that an administrator has defined, for visitors or rooms; at LiveChat they become the visitor’s session fields and replace earlier ones.',
    }),
    preChatAnswers: t.field({
      type: [PreChatAnswerInput],
      description:
        'The visitor’s answers to `preChatForm` of the department, else of the provider, each key once; those of NAME and EMAIL are `name` and `email`. A Rocket.Chat keeps them as custom fields; LiveChat as a filled form, which is the first message of the conversation, and not in a chat that is open already.',
    }),
    departmentId: t.id({
      description:
        'Global id of a department of that provider. It does not move a room that is open already.',
    }),
    text: t.string({
      description: 'First message of the visitor; in a room that is open already, its next one.',
    }),
    idempotencyKey: t.string({
      description:
        'Repeating the same key with the same input, as the same caller, returns the same room. It must be a random UUID; callers with a credential can use any text of at least 16 characters.',
    }),
  }),
})

const CloseRoomInput = builder.inputType('CloseRoomInput', {
  description: 'Input of `closeRoom`.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'Global id of the room.' }),
    comment: t.string({
      description:
        'Reason for closing, if the provider stores one. Rocket.Chat ignores the comment of a visitor.',
    }),
    tags: t.stringList({
      description:
        'Tags to add to the room, for operators only: up to 25, without duplicates. Some workspaces refuse to close a room without tags: `INVALID_INPUT` at `tags`. LiveChat refuses a tag that it does not have, and then the room stays open; each tag costs a call there.',
    }),
  }),
})

const startRoomFields = z.object({
  provider: z.string(),
  name: nullable(personName),
  email: nullable(emailAddress),
  phone: nullable(phoneNumber),
  customFields: nullable(customFields).transform((fields) => fields ?? []),
  preChatAnswers: nullable(preChatAnswers).transform((answers) => answers ?? []),
  departmentId: nullable(z.string()),
  text: nullable(multiLineText),
  idempotencyKey: nullable(idempotencyKey),
})
const startRoomInput = startRoomFields.superRefine(
  ({ customFields: fields, preChatAnswers: answers }, ctx) => {
    // A Rocket.Chat keeps both in one place.
    for (const [index, { key }] of answers.entries()) {
      if (!fields.some((field) => field.key === key)) continue
      const message = 'Must not be a key of customFields too.'
      ctx.addIssue({ code: 'custom', path: ['preChatAnswers', index, 'key'], message })
    }
  },
)
const closeRoomInput = z.object({ roomId: z.string(), comment: optionalLine, tags: nullable(tagList) })

builder.mutationFields((t) => ({
  startRoom: t.field({
    type: mutationResultType('StartRoomResult', StartRoomPayload),
    description:
      'Opens a room as a new visitor, or as the visitor whose token the request carries: that visitor’s open room is returned if there is one, and a conversation that LiveChat has closed is resumed. Needs no credential; start without a token to become a new visitor. Usually costs up to four calls, one or two more with `phone`, `customFields` or `preChatAnswers`.',
    access: anyone,
    // One call each for the token, the visitor's name, the room, and a read of the room.
    ...withEstimatedCallCost(({ input }) => ({
      otherCalls:
        4 +
        (hasField(input, 'phone') ? 2 : 0) +
        (hasField(input, 'customFields') || hasField(input, 'preChatAnswers') ? 1 : 0),
      isPublicWrite: true,
    })),
    args: {
      input: t.arg({ type: StartRoomInput, required: true, description: 'The visitor and the provider.' }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const { provider, idempotencyKey: key, ...draft } = parseInput(startRoomInput, args.input)
        const adapter = requireCapability(resolveProvider(provider, 'provider', ctx), 'START_ROOM', ctx)
        const departmentId = parseDepartmentId(draft.departmentId, provider)
        const boundKey = key === null ? null : bindIdempotencyKey(key, ctx.call.caller)
        const started = await adapter.startRoom(
          { ...draft, departmentId, idempotencyKey: boundKey },
          ctx.call,
        )
        ctx.actAs({ role: 'VISITOR', token: started.visitorToken })
        return started
      }),
  }),
  closeRoom: t.field({
    type: mutationResultType('CloseRoomResult', CloseRoomPayload),
    description:
      'Closes a room, as the caller. Usually costs one call; with tags, LiveChat needs one more for a read of the room and one per tag.',
    access: requirePermission('WRITE'),
    ...withEstimatedCallCost((args) => ({ otherCalls: 1 + callsForTags(args) })),
    args: { input: t.arg({ type: CloseRoomInput, required: true, description: 'The room to close.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(async () => {
        const input = parseInput(closeRoomInput, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'CLOSE_ROOM', ctx)
        const tags = input.tags ?? []
        if (tags.length > 0) requireCapability(adapter, 'SET_TAGS', ctx)
        await adapter.closeRoom(roomId, { comment: input.comment, tags }, ctx.call)
        ctx.hub.requestPoll(provider, roomId, { isRoomChanged: true })
        return { room: { type: 'RoomHandle', provider, nativeId: roomId } as const }
      }),
  }),
}))

function hasField(input: unknown, name: string): boolean {
  return isJsonObject(input) && input[name] !== undefined && input[name] !== null
}

function parseDepartmentId(globalId: string | null, provider: string): string | null {
  if (globalId === null) return null
  const id = parseGlobalId(globalId, 'Department', 'departmentId')
  if (id.provider === provider) return id.departmentId
  throw invalidInput('departmentId', 'Must be a department of this provider.')
}
