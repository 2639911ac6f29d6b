import type { RoomCapability as RoomCapabilityModel } from '../../domain/capability.ts'
import { ChatError, type ErrorCode, notFound } from '../../domain/errors.ts'
import type { Department as DepartmentModel, Room as RoomModel } from '../../domain/model.ts'
import { isSafeLine } from '../../domain/text.ts'
import { requirePermission } from '../access/access-plugin.ts'
import { providerOf } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { withCallCost, withCallCostPerId } from '../call-cost.ts'
import type { Context } from '../context.ts'
import { Department } from '../department.ts'
import { CapabilityType, RoomStatusType } from '../enums.ts'
import { Message } from '../message/message.ts'
import {
  DEFAULT_PAGE_SIZE,
  MessageConnection,
  messageArgs,
  readMessageConnection,
} from '../message/message-connection.ts'
import { Node, parseGlobalId, type RoomHandle } from '../node.ts'
import { pageComplexity } from '../pagination/connection.ts'
import { Provider } from '../provider.ts'
import { Participant } from './participant.ts'

const RoomCapability = builder.objectRef<RoomCapabilityModel>('RoomCapability').implement({
  description: 'Whether the caller may do one thing in one room now.',
  fields: (t) => ({
    capability: t.field({
      type: CapabilityType,
      description: 'The thing.',
      resolve: ({ capability }) => capability,
    }),
    allowed: t.exposeBoolean('allowed', { description: 'Whether the caller may.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why not; null where it is allowed.' }),
  }),
})

export const Room = builder.objectRef<RoomModel | RoomHandle>('Room')

Room.implement({
  description: 'A conversation: a Rocket.Chat livechat room (rid); a LiveChat chat with all its threads.',
  interfaces: [Node],
  fields: (t) => ({
    provider: t.field({
      type: Provider,
      description: 'Whose it is.',
      resolve: (room, _args, ctx) => providerOf(room, ctx),
    }),
    nativeId: t.exposeString('nativeId', { description: 'The id the provider knows it under.' }),
    status: t.field({
      type: RoomStatusType,
      description: 'Where the conversation stands.',
      resolve: async (room, _args, ctx) => (await whole(room, ctx)).status,
    }),
    visitor: t.field({
      type: Participant,
      nullable: true,
      description: 'Whom the conversation is with.',
      resolve: async (room, _args, ctx) => (await whole(room, ctx)).visitor,
    }),
    agents: t.field({
      type: [Participant],
      description: 'Who answers.',
      resolve: async (room, _args, ctx) => (await whole(room, ctx)).agents,
    }),
    department: t.field({
      type: Department,
      nullable: true,
      description: 'Where the conversation belongs.',
      resolve: async (room, _args, ctx) => {
        const { departmentId } = await whole(room, ctx)
        return departmentId === null ? null : departmentOf(room, departmentId, ctx)
      },
    }),
    tags: t.field({
      type: ['String'],
      description: 'What agents filed it under.',
      resolve: async (room, _args, ctx) => (await whole(room, ctx)).tags,
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was opened.',
      resolve: async (room, _args, ctx) => (await whole(room, ctx)).createdAt,
    }),
    closedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was closed, where the provider tells.',
      resolve: async (room, _args, ctx) => (await whole(room, ctx)).closedAt,
    }),
    lastActivityAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When something last happened in it.',
      resolve: async (room, _args, ctx) => (await whole(room, ctx)).lastActivityAt,
    }),
    lastMessage: t.field({
      type: Message,
      nullable: true,
      description: 'Its newest message. Costs a call of its own where the provider’s room does not carry it.',
      resolve: async (room, _args, ctx) => {
        const { lastMessage } = await whole(room, ctx)
        return lastMessage ?? (await readMessageConnection(room, { last: 1 }, ctx)).messages[0] ?? null
      },
    }),
    messages: t.field({
      type: MessageConnection,
      description: 'Oldest first. `last: n` is the newest n; without `first` and `last`, the newest 50.',
      args: messageArgs,
      complexity: ({ first, last }) => pageComplexity({ first: first ?? last }, DEFAULT_PAGE_SIZE),
      resolve: (room, args, ctx) => readMessageConnection(room, args, ctx),
    }),
    capabilities: t.field({
      type: [RoomCapability],
      description: 'What the caller may do in this room now, and why not.',
      resolve: async (room, _args, ctx) =>
        providerOf(room, ctx).getRoomCapabilities(await whole(room, ctx), ctx.call.caller),
    }),
  }),
})

builder.queryFields((t) => ({
  room: t.field({
    type: Room,
    nullable: true,
    description: 'A room by its global id; null where it is absent or not the caller’s to see.',
    access: requirePermission('READ'),
    ...withCallCostPerId('id'),
    args: { id: t.arg.id({ required: true, description: 'The room’s global id.' }) },
    resolve: (_root, { id }, ctx) => ctx.loaders.rooms.load(parseGlobalId(id, 'Room', 'id')),
  }),
  roomByNativeId: t.field({
    type: Room,
    nullable: true,
    description: 'The room by the id the provider knows it under (Rocket.Chat rid, LiveChat chat id).',
    access: requirePermission('READ'),
    ...withCallCost(({ provider, nativeId }) => ({ readKeys: [JSON.stringify([provider, nativeId])] })),
    args: {
      provider: t.arg.string({ required: true, description: 'The provider’s configured name.' }),
      nativeId: t.arg.string({ required: true, description: 'The provider’s own id.' }),
    },
    resolve: (_root, { provider, nativeId }, ctx) =>
      isSafeLine(nativeId) ? ctx.loaders.rooms.load({ provider, roomId: nativeId }) : null,
  }),
}))

/** A room that the live path has read keeps its department where the provider cannot be asked what that is called. */
async function departmentOf(
  room: RoomModel | RoomHandle,
  departmentId: string,
  { loaders }: Context,
): Promise<DepartmentModel | null> {
  const { provider } = room
  try {
    return await loaders.departments.load({ provider, departmentId })
  } catch (error) {
    if (room.type === 'Room' || !room.polled || !isTransient(error)) throw error
    return { type: 'Department', provider, nativeId: departmentId, name: null, online: null }
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof ChatError && TRANSIENT.has(error.code)
}

/** Failures that say "not now". All others say that the room is not the caller's. */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'PROVIDER_UNAVAILABLE', 'PROVIDER_ERROR'])

/**
 * The room with all it holds, loading it where only its ids are known. An event outlives a provider that fails while it
 * is delivered: then it shows the room as the live path last read it.
 */
async function whole(room: RoomModel | RoomHandle, ctx: Context): Promise<RoomModel> {
  if (room.type === 'Room') return room
  const { provider, nativeId, polled } = room
  if (polled?.isEventState) return polled.room
  try {
    const loaded = await ctx.loaders.rooms.load({ provider, roomId: nativeId })
    if (loaded) return loaded
  } catch (error) {
    if (polled && isTransient(error)) return polled.room
    throw error
  }
  throw notFound('room', provider)
}
