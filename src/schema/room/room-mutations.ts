import { z } from 'zod'
import type { StartedRoom } from '../../domain/adapter.ts'
import { invalidInput } from '../../domain/errors.ts'
import { anyone, requirePermission } from '../access/access-plugin.ts'
import { providerOf, requireCapability, resolveProvider } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import {
  emailAddress,
  idempotencyKey,
  multiLineText,
  nullable,
  optionalLine,
  parseInput,
  personName,
} from '../input.ts'
import { parseGlobalId, type RoomHandle } from '../node.ts'
import { Room } from './room.ts'
import { bindIdempotencyKey } from './start-room-key.ts'

const StartRoomPayload = builder.objectRef<StartedRoom>('StartRoomPayload').implement({
  description: 'The room is open.',
  fields: (t) => ({
    room: t.field({
      type: Room,
      description: 'The new room, or the one that the same key opened before.',
      resolve: ({ room }) => room,
    }),
    visitorToken: t.exposeString('visitorToken', {
      description:
        'The visitor’s credential at the provider, for the X-Visitor-Token header: a secret of this visitor.',
    }),
  }),
})

const CloseRoomPayload = builder.objectRef<{ readonly room: RoomHandle }>('CloseRoomPayload').implement({
  description: 'The room is closed.',
  fields: (t) => ({
    room: t.field({ type: Room, description: 'The room as it is now.', resolve: ({ room }) => room }),
  }),
})

const StartRoomInput = builder.inputType('StartRoomInput', {
  description: 'Who wants to talk, and where.',
  fields: (t) => ({
    provider: t.string({ required: true, description: 'The provider’s configured name.' }),
    name: t.string({ description: 'What to call the visitor.' }),
    email: t.string({ description: 'Where the visitor can be reached.' }),
    departmentId: t.id({ description: 'A department of that provider, by its global id.' }),
    text: t.string({ description: 'The visitor’s first message.' }),
    idempotencyKey: t.string({
      description:
        'The same key with the same input from the same caller finds the same room. A random UUID; with a credential, any text of 16 characters at least.',
    }),
  }),
})

const CloseRoomInput = builder.inputType('CloseRoomInput', {
  description: 'The room to close.',
  fields: (t) => ({
    roomId: t.id({ required: true, description: 'The room’s global id.' }),
    comment: t.string({
      description: 'Why, where the provider keeps such a comment (Rocket.Chat keeps no visitor’s).',
    }),
  }),
})

const StartRoomResult = mutationResultType('StartRoomResult', StartRoomPayload, 'StartRoomPayload')
const CloseRoomResult = mutationResultType('CloseRoomResult', CloseRoomPayload, 'CloseRoomPayload')

const starting = z.object({
  provider: z.string(),
  name: nullable(personName),
  email: nullable(emailAddress),
  departmentId: nullable(z.string()),
  text: nullable(multiLineText),
  idempotencyKey: nullable(idempotencyKey),
})
const closing = z.object({ roomId: z.string(), comment: optionalLine })

builder.mutationFields((t) => ({
  startRoom: t.field({
    type: StartRoomResult,
    description: 'Opens a room as a new visitor. Anyone may.',
    access: anyone,
    // A token, the visitor's name, the room, and a look at it.
    ...withCallCost(() => ({ otherCalls: 4, isPublicWrite: true })),
    args: { input: t.arg({ type: StartRoomInput, required: true, description: 'Who, and where.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(ctx, async () => {
        const { provider, idempotencyKey: key, ...draft } = parseInput(starting, args.input)
        const adapter = requireCapability(resolveProvider(provider, 'provider', ctx), 'START_ROOM', ctx)
        const departmentId = departmentOf(draft.departmentId, provider)
        const idempotencyKey = key === null ? null : bindIdempotencyKey(key, ctx.call.caller)
        const started = await adapter.startRoom({ ...draft, departmentId, idempotencyKey }, ctx.call)
        ctx.actAs({ role: 'VISITOR', token: started.visitorToken })
        return started
      }),
  }),
  closeRoom: t.field({
    type: CloseRoomResult,
    description: 'Closes a room, as the caller.',
    access: requirePermission('WRITE'),
    ...withCallCost(() => ({ otherCalls: 1 })),
    args: { input: t.arg({ type: CloseRoomInput, required: true, description: 'Which.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(ctx, async () => {
        const input = parseInput(closing, args.input)
        const { provider, roomId } = parseGlobalId(input.roomId, 'Room', 'roomId')
        const adapter = requireCapability(providerOf({ provider }, ctx), 'CLOSE_ROOM', ctx)
        await adapter.closeRoom(roomId, input.comment, ctx.call)
        ctx.hub.requestPoll(provider, roomId, { isRoomChanged: true })
        ctx.loaders.rooms.clear({ provider, roomId })
        return { room: { type: 'RoomHandle', provider, nativeId: roomId } as const }
      }),
  }),
}))

function departmentOf(globalId: string | null, provider: string): string | null {
  if (globalId === null) return null
  const id = parseGlobalId(globalId, 'Department', 'departmentId')
  if (id.provider === provider) return id.departmentId
  throw invalidInput('departmentId', 'This department is another provider’s.')
}
