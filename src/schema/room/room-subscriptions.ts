import { GraphQLError } from 'graphql'
import { decodeCursor } from '../../cursor/cursor.ts'
import { checkCapability } from '../../domain/capability.ts'
import { invalidInput, notFound } from '../../domain/errors.ts'
import type { RoomChange, RoomEvent as RoomEventModel } from '../../domain/events.ts'
import type { Message as MessageModel } from '../../domain/model.ts'
import type { SubscribeRequest } from '../../live/hub.ts'
import { requireOperator, requirePermission } from '../access/access-rule.ts'
import { requireCapability, requireProviders } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { Message } from '../message/message.ts'
import { parseGlobalId } from '../node.ts'
import { RoomEvent } from './room-events.ts'
import { Room, type RoomHandle } from './room-ref.ts'

const roomStreamArgs = builder.args((t) => ({
  roomId: t.id({ required: true, description: 'Global id of the room.' }),
  after: t.string({
    description:
      'Starts after this cursor of a message, a page or an event; without it, at the current time.',
  }),
}))

builder.subscriptionFields((t) => ({
  messageAdded: t.field({
    type: Message,
    description:
      'New messages of a room, starting after `after` or at the current time. Where messages may be missing, it yields an error that has the `reason` and `cursor` of a GapEvent in its `extensions`, and continues.',
    access: requirePermission('READ'),
    args: roomStreamArgs,
    shared: { startArgument: 'after' },
    subscribe: (_root, args, ctx) => subscribeToRoom(args, ctx, newMessages),
    resolve: (event, _args, ctx) => {
      ctx.renewLoaders()
      return toAddedMessage(event)
    },
  }),
  roomEvents: t.field({
    type: RoomEvent,
    description: 'All changes of a room and its messages, starting after `after` or at the current time.',
    access: requirePermission('READ'),
    args: roomStreamArgs,
    shared: { startArgument: 'after' },
    subscribe: (_root, args, ctx) => subscribeToRoom(args, ctx, allChanges),
    resolve: (event, _args, ctx) => {
      ctx.renewLoaders()
      return event
    },
  }),
  roomActivity: t.field({
    type: Room,
    description:
      'Operators only. The rooms that change from now on, in their new state; each at most once per poll of the account. A slow subscriber receives each room once, in its newest state. If a provider fails, the gateway keeps polling it, and the other providers are not affected.',
    access: requireOperator('READ'),
    args: {
      providers: t.arg.stringList({
        description: 'Only rooms of these providers, by their configured names. Without it, of all.',
      }),
    },
    shared: { startArgument: null },
    subscribe: (_root, { providers }, ctx) => {
      const adapters = requireProviders(
        providers,
        (adapter) => checkCapability(adapter, 'LIST_ROOMS', ctx.call.caller),
        ctx,
      )
      return ctx.hub.subscribeToActivity(adapters, ctx.call.signal)
    },
    resolve: ({ provider, roomId, room }, _args, ctx): RoomHandle => {
      ctx.renewLoaders()
      return {
        type: 'RoomHandle',
        provider,
        nativeId: roomId,
        ...(room && { polled: { room, isEventState: true } }),
      }
    },
  }),
}))

/** Predicates for the changes that a stream delivers. Constants, so that all subscribers of a field pass the same functions. */
type StreamFilter = Pick<SubscribeRequest, 'isWanted' | 'wantsRoomState'>

/** A gap of CURSOR_EXPIRED is about deletions and late insertions, which a stream of new messages never delivers. */
function isNewMessage(change: RoomChange): boolean {
  return change.type === 'MessageAdded' || (change.type === 'Gap' && change.reason !== 'CURSOR_EXPIRED')
}

const newMessages: StreamFilter = { isWanted: isNewMessage, wantsRoomState: false }
const allChanges: StreamFilter = { isWanted: () => true, wantsRoomState: true }

/** Subscribes to a room after the client's cursor. A cursor from the transport overrides the argument. */
async function subscribeToRoom(
  args: { readonly roomId: string; readonly after?: string | null | undefined },
  ctx: Context,
  filter: StreamFilter,
): Promise<AsyncIterableIterator<RoomEventModel>> {
  const since = new Date()
  const { provider, roomId } = parseGlobalId(args.roomId, 'Room', 'roomId')
  const after = ctx.resumeAfter ?? args.after ?? null
  const cursor = after === null ? null : decodeCursor(after)
  if (after !== null && cursor === null)
    throw invalidInput('after', 'Must be a cursor of a message or an event.')
  const configured = ctx.registry.find(provider)
  if (!configured) throw notFound('room')
  const adapter = requireCapability(configured, 'READ_MESSAGES', ctx)
  const start = cursor ? { after: cursor } : { since }
  const { caller, signal } = ctx.call
  const { clientAddress } = ctx
  return ctx.hub.subscribe({ adapter, roomId, caller, clientAddress, start, signal, ...filter })
}

/** Returns the new message. The type Message cannot describe a gap, so a gap becomes an error with the same fields. */
function toAddedMessage({ change, cursor }: RoomEventModel): MessageModel {
  if (change.type === 'MessageAdded') return change.message
  const reason = change.type === 'Gap' ? { reason: change.reason } : {}
  throw new GraphQLError(
    'Messages may be missing here. Read the messages after the last one that you received.',
    {
      extensions: { code: 'RATE_LIMITED', ...reason, cursor },
    },
  )
}
