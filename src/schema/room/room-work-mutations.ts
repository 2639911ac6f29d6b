import { z } from 'zod'
import type { ChatAdapter } from '../../domain/adapter.ts'
import { invalidInput } from '../../domain/errors.ts'
import type { Room as RoomModel } from '../../domain/model.ts'
import { requirePermission } from '../access/access-rule.ts'
import { providerOf, requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost } from '../call-cost.ts'
import type { Context } from '../context.ts'
import { mutationResultType, toMutationResult } from '../errors.ts'
import { optionalLine, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { Room, type RoomHandle } from './room-ref.ts'

/** The room after a write: as the write read it, or by its ids. */
interface ChangedRoom {
  readonly room: RoomModel | RoomHandle
}

function roomPayload(name: string, description: string) {
  return builder.objectRef<ChangedRoom>(name).implement({
    description,
    fields: (t) => ({
      room: t.expose('room', {
        type: Room,
        description: 'The room after the change. Selecting its state can cost one read of the room.',
      }),
    }),
  })
}

const TakeRoomPayload = roomPayload(
  'TakeRoomPayload',
  'Payload of `takeRoom`: the caller’s agent serves the room.',
)
const AssignRoomPayload = roomPayload(
  'AssignRoomPayload',
  'Payload of `assignRoom`: the agent serves the room.',
)
const TransferRoomPayload = roomPayload(
  'TransferRoomPayload',
  'Payload of `transferRoom`: the room belongs to the department. An agent of it serves the room, or the room is queued.',
)
const RequeueRoomPayload = roomPayload(
  'RequeueRoomPayload',
  'Payload of `requeueRoom`: the room went back to the queue. LiveChat may have assigned it again at once.',
)

const ROOM_ID = { required: true, description: 'Global id of the room.' } as const
const COMMENT = {
  description:
    'Reason, for the agents. Rocket.Chat stores it with the transfer. At LiveChat the gateway sends it as a note after the transfer; if only the note fails, the mutation succeeds without it.',
} as const

const TakeRoomInput = builder.inputType('TakeRoomInput', {
  description: 'Input of `takeRoom`.',
  fields: (t) => ({ roomId: t.id(ROOM_ID) }),
})
const AssignRoomInput = builder.inputType('AssignRoomInput', {
  description: 'Input of `assignRoom`.',
  fields: (t) => ({
    roomId: t.id(ROOM_ID),
    agentId: t.id({ required: true, description: 'Global id of an agent of the room’s provider.' }),
    comment: t.string(COMMENT),
  }),
})
const TransferRoomInput = builder.inputType('TransferRoomInput', {
  description: 'Input of `transferRoom`.',
  fields: (t) => ({
    roomId: t.id(ROOM_ID),
    departmentId: t.id({ required: true, description: 'Global id of a department of the room’s provider.' }),
    comment: t.string(COMMENT),
  }),
})
const RequeueRoomInput = builder.inputType('RequeueRoomInput', {
  description: 'Input of `requeueRoom`.',
  fields: (t) => ({ roomId: t.id(ROOM_ID) }),
})

const roomInput = z.object({ roomId: z.string() })
const assignRoomInput = z.object({ roomId: z.string(), agentId: z.string(), comment: optionalLine })
const transferRoomInput = z.object({ roomId: z.string(), departmentId: z.string(), comment: optionalLine })

builder.mutationFields((t) => ({
  takeRoom: t.field({
    type: mutationResultType('TakeRoomResult', TakeRoomPayload),
    description:
      'Makes the caller’s own agent serve the room. Succeeds if it serves the room already. If another agent serves the room, the result is a ConflictError whose `detail` names that agent; `assignRoom` reassigns the room. Operators only. Usually costs up to four calls.',
    access: requirePermission('WRITE'),
    // One call each for the room, its inquiry, the write, and the room again.
    ...withCallCost({ otherCalls: 4 }),
    args: { input: t.arg({ type: TakeRoomInput, required: true, description: 'The room to take.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(() => {
        const { roomId } = parseInput(roomInput, args.input)
        return changeRoom(roomId, 'TAKE_ROOM', ctx, (adapter, id) => adapter.takeRoom(id, ctx.call))
      }),
  }),
  assignRoom: t.field({
    type: mutationResultType('AssignRoomResult', AssignRoomPayload),
    description:
      'Assigns the room to an agent, in place of any agent that serves it now. Succeeds if the agent serves the room already; an agent that is not available is a ConflictError. Operators only. Usually costs up to four calls.',
    access: requirePermission('WRITE'),
    // As `takeRoom`, or the room, the write and a note.
    ...withCallCost({ otherCalls: 4 }),
    args: { input: t.arg({ type: AssignRoomInput, required: true, description: 'The room and the agent.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(() => {
        const { roomId, agentId, comment } = parseInput(assignRoomInput, args.input)
        const agent = parseGlobalId(agentId, 'Agent', 'agentId')
        return changeRoom(roomId, 'ASSIGN_ROOM', ctx, (adapter, id) => {
          requireSameProvider(agent.provider, adapter, 'agentId', 'an agent')
          return adapter.assignRoom(id, agent.agentId, comment, ctx.call)
        })
      }),
  }),
  transferRoom: t.field({
    type: mutationResultType('TransferRoomResult', TransferRoomPayload),
    description:
      'Transfers the room to a department: the provider assigns one of its agents or queues the room. Succeeds if the room is in that department already. If no agent there can take the room, the result is a ConflictError. Operators only. Usually costs up to three calls.',
    access: requirePermission('WRITE'),
    // One call each for the room, the write and a note.
    ...withCallCost({ otherCalls: 3 }),
    args: {
      input: t.arg({ type: TransferRoomInput, required: true, description: 'The room and the department.' }),
    },
    resolve: (_root, args, ctx) =>
      toMutationResult(() => {
        const { roomId, departmentId, comment } = parseInput(transferRoomInput, args.input)
        const department = parseGlobalId(departmentId, 'Department', 'departmentId')
        return changeRoom(roomId, 'TRANSFER_ROOM', ctx, (adapter, id) => {
          requireSameProvider(department.provider, adapter, 'departmentId', 'a department')
          return adapter.transferRoom(id, department.departmentId, comment, ctx.call)
        })
      }),
  }),
  requeueRoom: t.field({
    type: mutationResultType('RequeueRoomResult', RequeueRoomPayload),
    description:
      'Returns the room to its queue. Succeeds if the room is queued already. LiveChat assigns it again at once, perhaps to the same agent, if an agent of its group is free. A Rocket.Chat that assigns rooms automatically, or is older than 7.13, cannot do this: the result is an UnsupportedError and the room keeps its agent. Operators only. Usually costs up to three calls.',
    access: requirePermission('WRITE'),
    // One call each for the routing of the account, the room and the write.
    ...withCallCost({ otherCalls: 3 }),
    args: { input: t.arg({ type: RequeueRoomInput, required: true, description: 'The room to return.' }) },
    resolve: (_root, args, ctx) =>
      toMutationResult(() => {
        const { roomId } = parseInput(roomInput, args.input)
        return changeRoom(roomId, 'REQUEUE_ROOM', ctx, (adapter, id) => adapter.requeueRoom(id, ctx.call))
      }),
  }),
}))

/** Changes who serves a room, and has the room polled. `write` returns the room if it has read it afterwards. */
async function changeRoom(
  globalId: string,
  capability: 'TAKE_ROOM' | 'ASSIGN_ROOM' | 'TRANSFER_ROOM' | 'REQUEUE_ROOM',
  ctx: Context,
  write: (adapter: ChatAdapter, roomId: string) => Promise<RoomModel | null>,
): Promise<ChangedRoom> {
  const { provider, roomId } = parseGlobalId(globalId, 'Room', 'roomId')
  const adapter = requireCapability(providerOf({ provider }, ctx), capability, ctx)
  const room = await write(adapter, roomId)
  ctx.hub.requestPoll(provider, roomId, { isRoomChanged: true })
  return { room: room ?? { type: 'RoomHandle', provider, nativeId: roomId } }
}

function requireSameProvider(provider: string, { name }: ChatAdapter, field: string, what: string): void {
  if (provider !== name) throw invalidInput(field, `Must be ${what} of the room’s provider.`)
}
