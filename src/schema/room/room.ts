import type { RoomCapability as RoomCapabilityModel } from '../../domain/capability.ts'
import type { Room as RoomModel } from '../../domain/model.ts'
import { isSafeLine } from '../../domain/text.ts'
import { requirePermission } from '../access/access-rule.ts'
import { providerOf } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCostPerId, withEstimatedCallCost } from '../call-cost.ts'
import type { Context } from '../context.ts'
import { Department, type DepartmentValue } from '../department.ts'
import { Message } from '../message/message.ts'
import { MessageConnection, messageArgs, readMessageConnection } from '../message/message-connection.ts'
import { DEFAULT_PAGE_SIZE } from '../message/message-page.ts'
import { Node, parseGlobalId } from '../node.ts'
import { pageComplexity } from '../pagination/connection.ts'
import { CapabilityType, Provider } from '../provider.ts'
import { dependsOnOwnAgent } from '../shared-subscription-option.ts'
import { createRoomLookup } from './find-room.ts'
import { CustomField, Participant } from './participant.ts'
import { QueuePlace } from './queue-place.ts'
import { Rating } from './rating.ts'
import { isTransient, loadRoom, Room, type RoomHandle } from './room-ref.ts'

export const RoomStatusType = builder.enumType('RoomStatus', {
  description: 'State of a conversation.',
  values: {
    QUEUED: { description: 'Open, and waiting for an agent.' },
    OPEN: { description: 'Open, and not waiting for an agent.' },
    ON_HOLD: { description: 'Open, and put on hold. Only Rocket.Chat has this state.' },
    CLOSED: { description: 'Closed: agents and visitors cannot write in it.' },
    UNKNOWN: { description: 'The provider reports no state, or one that the gateway does not know.' },
  } as const,
})

const RoomCapability = builder.objectRef<RoomCapabilityModel>('RoomCapability').implement({
  description: 'Whether the caller may use one capability in one room now.',
  fields: (t) => ({
    capability: t.expose('capability', { type: CapabilityType, description: 'The capability.' }),
    allowed: t.exposeBoolean('allowed', { description: 'Whether the caller may use it in this room now.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Reason why it is not allowed, for people; null if it is allowed.',
    }),
  }),
})

/** Resolves a field of the loaded room. */
function roomField<Key extends keyof RoomModel>(key: Key) {
  return async (room: RoomModel | RoomHandle, _args: object, ctx: Context): Promise<RoomModel[Key]> =>
    (await loadRoom(room, ctx))[key]
}

Room.implement({
  description:
    'A conversation: a Rocket.Chat livechat room, or a LiveChat chat with all its threads. If the operation has only the room’s ids so far, as in `Message.room`, selecting its state costs one read of the room; `id`, `nativeId`, `provider`, `live` and `messages` need none.',
  interfaces: [Node],
  fields: (t) => ({
    provider: t.field({
      type: Provider,
      description: 'Provider that the room belongs to.',
      resolve: (room, _args, ctx) => providerOf(room, ctx),
    }),
    nativeId: t.exposeString('nativeId', {
      description: 'The provider’s id of the room: a Rocket.Chat rid or a LiveChat chat id.',
    }),
    status: t.field({
      type: RoomStatusType,
      description: 'State of the conversation.',
      resolve: roomField('status'),
    }),
    visitor: t.field({
      type: Participant,
      nullable: true,
      description: 'The visitor; null if the provider does not report one.',
      resolve: roomField('visitor'),
    }),
    agents: t.field({
      type: [Participant],
      description: 'Agents who are assigned to the conversation; empty if there are none.',
      resolve: roomField('agents'),
    }),
    department: t.field({
      type: Department,
      nullable: true,
      description:
        'Department that the conversation is routed to; null if it has none. Departments cost one call per provider and minute, for all callers together.',
      resolve: async (room, _args, ctx) => {
        const { departmentId } = await loadRoom(room, ctx)
        return departmentId === null ? null : loadDepartment(room, departmentId, ctx)
      },
    }),
    tags: t.field({
      type: ['String'],
      description: 'Names of the tags that agents gave the conversation.',
      resolve: roomField('tags'),
    }),
    rating: t.field({
      type: Rating,
      nullable: true,
      description:
        'The visitor’s rating of the latest conversation; null if there is none, or if the provider does not report it to the caller: Rocket.Chat reports none of a closed room to its visitor.',
      resolve: roomField('rating'),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the room was opened; null if the provider does not report it.',
      resolve: roomField('createdAt'),
    }),
    closedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time at which the room was closed; null if it is open, or if the provider does not report it.',
      resolve: roomField('closedAt'),
    }),
    lastActivityAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time of the last activity in the room; null if the provider does not report it.',
      resolve: roomField('lastActivityAt'),
    }),
    queue: t.field({
      type: QueuePlace,
      nullable: true,
      description:
        'Place in the queue, as of the read of the room; null unless the room is QUEUED. A change of the position alone causes no event of `roomEvents`.',
      resolve: roomField('queue'),
    }),
    closedBy: t.field({
      type: Participant,
      nullable: true,
      description:
        'Agent or visitor who closed the room; null if it is open, if the provider closed it, or if the provider does not report who did. LiveChat names agents only by their display name: null unless exactly one agent of the chat has it.',
      resolve: roomField('closedBy'),
    }),
    firstResponseAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time of the first response of an agent; null if there is none or if it is not known. At LiveChat it is that of the latest thread, and null in the list `rooms`.',
      resolve: roomField('firstResponseAt'),
    }),
    unansweredSince: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time of the visitor’s oldest message without a response; null if there is none or if it is not known. At LiveChat it is null in the list `rooms`.',
      resolve: roomField('unansweredSince'),
    }),
    customFields: t.field({
      type: [CustomField],
      description:
        'Fields of the room itself; empty if there are none. Only Rocket.Chat has them. For fields of the visitor see `Participant.customFields`.',
      resolve: roomField('customFields'),
    }),
    lastMessage: t.field({
      type: Message,
      nullable: true,
      description:
        'The newest message that the caller may see; null if there is none. Costs one call if the provider’s room does not contain it.',
      resolve: async (room, _args, ctx) => {
        const { lastMessage } = await loadRoom(room, ctx)
        return lastMessage ?? (await readMessageConnection(room, { last: 1 }, ctx)).nodes[0] ?? null
      },
    }),
    messages: t.field({
      type: MessageConnection,
      description:
        'A page of messages, oldest first. `last: n` returns the newest n; without `first` and `last` it is the newest 50, or with `after` the 50 that follow it. Costs one call or more per page.',
      args: messageArgs,
      complexity: ({ first, last }) => pageComplexity({ first: first ?? last }, DEFAULT_PAGE_SIZE),
      resolve: (room, args, ctx) => readMessageConnection(room, args, ctx),
    }),
    capabilities: t.field({
      type: [RoomCapability],
      description:
        'What the caller may do in this room now, and the reason for what it may not. A provider can still reject a write, for example an edit of another person’s message. Costs no call, except at LiveChat for an operator, if an agent serves the room: one call per minute, for all callers together.',
      ...dependsOnOwnAgent,
      resolve: async (room, _args, ctx) =>
        providerOf(room, ctx).getRoomCapabilities(await loadRoom(room, ctx), ctx.call),
    }),
  }),
})

builder.queryFields((t) => ({
  room: t.field({
    type: Room,
    nullable: true,
    description:
      'A room by its global id; null if it does not exist or the caller may not see it. Costs one read of the room; if you select only its messages and ids, the page of messages is the only read.',
    access: requirePermission('READ'),
    ...withCallCostPerId('id'),
    args: { id: t.arg.id({ required: true, description: 'Global id of the room.' }) },
    resolve: (_root, { id }, ctx, info) => createRoomLookup(ctx, info)(parseGlobalId(id, 'Room', 'id')),
  }),
  roomByNativeId: t.field({
    type: Room,
    nullable: true,
    description:
      'A room by the provider’s own id (Rocket.Chat rid, LiveChat chat id); null if it does not exist or the caller may not see it. Costs one read of the room; if you select only its messages and ids, the page of messages is the only read.',
    access: requirePermission('READ'),
    ...withEstimatedCallCost(({ provider, nativeId }) => ({
      readKeys: [JSON.stringify([provider, nativeId])],
    })),
    args: {
      provider: t.arg.string({ required: true, description: 'Configured name of the provider.' }),
      nativeId: t.arg.string({ required: true, description: 'The provider’s id of the room.' }),
    },
    resolve: (_root, { provider, nativeId }, ctx, info) =>
      isSafeLine(nativeId) ? createRoomLookup(ctx, info)({ provider, roomId: nativeId }) : null,
  }),
}))

/** Loads a department. A room from a poller keeps its department, without a name, if the provider is unavailable. */
async function loadDepartment(
  room: RoomModel | RoomHandle,
  departmentId: string,
  { loaders }: Context,
): Promise<DepartmentValue | null> {
  const { provider } = room
  try {
    return await loaders.departments.load({ provider, departmentId })
  } catch (error) {
    if (room.type === 'Room' || !room.polled || !isTransient(error)) throw error
    return { type: 'Department', provider, nativeId: departmentId, name: null, unread: true }
  }
}
