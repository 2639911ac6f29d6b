import { GraphQLError } from 'graphql'
import { decodeCursor } from '../../cursor/cursor.ts'
import type { ChatAdapter } from '../../domain/adapter.ts'
import { checkCapability } from '../../domain/capability.ts'
import { type ChatError, invalidInput, notFound } from '../../domain/errors.ts'
import type { RoomChange, RoomEvent as RoomEventModel } from '../../domain/events.ts'
import { encodeId } from '../../domain/ids.ts'
import type { Message as MessageModel } from '../../domain/model.ts'
import type { SubscribeRequest } from '../../live/hub.ts'
import { requireOperator, requirePermission } from '../access/access-plugin.ts'
import { requireCapability, selectProviders } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { GapReasonType } from '../enums.ts'
import { Message } from '../message/message.ts'
import { parseGlobalId, type RoomHandle } from '../node.ts'
import { OfflineMessage } from '../offline-message/offline-message.ts'
import { checkOfflineListAccess } from '../offline-message/offline-message-access.ts'
import { Room } from './room.ts'

type EventOf<T extends RoomChange['type']> = RoomEventModel & {
  readonly change: Extract<RoomChange, { type: T }>
}

const RoomEvent = builder.interfaceRef<RoomEventModel>('RoomEvent').implement({
  description:
    'What happened in a room, in order. Subscribe again with `after: cursor` and nothing is missed or repeated. A MessageConnection’s `endCursor` is such a cursor too: query the page, subscribe after it, and no message falls between.',
  resolveType: ({ change }) => `${change.type}Event`,
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Resumes behind this event.' }),
    room: t.field({
      type: Room,
      description:
        'Where it happened. Of a RoomUpdatedEvent it is the state that the event reports, of all others the room as it is at delivery.',
      resolve: ({ provider, roomId, room, change }): RoomHandle => ({
        type: 'RoomHandle',
        provider,
        nativeId: roomId,
        ...(room && { polled: { room, isEventState: change.type === 'RoomUpdated' } }),
      }),
    }),
  }),
})

builder.objectRef<EventOf<'MessageAdded'>>('MessageAddedEvent').implement({
  description: 'Somebody said something.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    message: t.field({
      type: Message,
      description: 'What was said.',
      resolve: ({ change }) => change.message,
    }),
  }),
})

builder.objectRef<EventOf<'MessageUpdated'>>('MessageUpdatedEvent').implement({
  description: 'A message reads otherwise now.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    message: t.field({
      type: Message,
      description: 'As it reads now.',
      resolve: ({ change }) => change.message,
    }),
  }),
})

builder.objectRef<EventOf<'MessageDeleted'>>('MessageDeletedEvent').implement({
  description: 'A message is gone.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    messageId: t.id({
      description: 'The global id it had.',
      resolve: ({ provider, change: { ref } }) => encodeId({ type: 'Message', provider, ref }),
    }),
  }),
})

builder.objectRef<EventOf<'RoomUpdated'>>('RoomUpdatedEvent').implement({
  description:
    'The state of the room changed: its status, agents, department or tags. `room` is that state as the gateway read it, so that several changes in a row may come as one event. A subscription that resumes receives it where the state is not the one that its cursor names.',
  interfaces: [RoomEvent],
})

builder.objectRef<EventOf<'Gap'>>('GapEvent').implement({
  description:
    'Events may be missing between `from` and `to`: the provider no longer had them, or this subscriber read too slowly. They are missing here, before the next event of this stream. Read the page again and subscribe anew after its `endCursor`; after SLOW_CONSUMER you may subscribe after `cursor` instead, which gives exactly the rest. A stream that goes on after the gap does not know what the page shows: a cursor of its own may leave out a deletion.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    reason: t.field({ type: GapReasonType, description: 'Why.', resolve: ({ change }) => change.reason }),
    from: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when; null where it is the beginning of the room.',
      resolve: ({ change }) => change.from,
    }),
    to: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when; null where the stream ends with this event.',
      resolve: ({ change }) => change.to,
    }),
  }),
})

/** Subscribers who differ only by this argument are given the same events. */
const shared = { extensions: { startArgument: 'after' } }
/** Subscribers who do not differ are given the same events. */
const sharedByAll = { extensions: { startArgument: null } }

const watchArgs = builder.args((t) => ({
  roomId: t.id({ required: true, description: 'The room’s global id.' }),
  after: t.string({ description: 'Start behind this cursor; without it, now.' }),
}))

builder.subscriptionFields((t) => ({
  messageAdded: t.field({
    type: Message,
    description:
      'Messages of a room as they appear; starts after `after`, or now. Where some may be missing it tells an error, which has the `reason` and the `cursor` of a `GapEvent` in its `extensions`.',
    access: requirePermission('READ'),
    args: watchArgs,
    ...shared,
    subscribe: (_root, args, ctx) => watch(args, ctx, additions),
    resolve: (event, _args, ctx) => {
      ctx.renewLoaders()
      return addedMessage(event)
    },
  }),
  roomEvents: t.field({
    type: RoomEvent,
    description: 'Everything that happens in a room; starts after `after`, or now.',
    access: requirePermission('READ'),
    args: watchArgs,
    ...shared,
    subscribe: (_root, args, ctx) => watch(args, ctx, everything),
    resolve: (event, _args, ctx) => {
      ctx.renewLoaders()
      return event
    },
  }),
  roomActivity: t.field({
    type: Room,
    description:
      'Operators only: the rooms in which something happens from now on, as they stand, each at most once per look. Who reads slowly is told of each room once, in its newest state. A provider that fails is asked again, and the others go on.',
    access: requireOperator('READ'),
    args: { providers: t.arg.stringList({ description: 'Only these, by their configured names.' }) },
    ...sharedByAll,
    subscribe: (_root, { providers }, ctx) => {
      const refuse = (adapter: ChatAdapter) => checkCapability(adapter, 'LIST_ROOMS', ctx.call.caller)
      return ctx.hub.subscribeToActivity(telling(providers, refuse, ctx), ctx.call.signal)
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
  offlineMessageAdded: t.field({
    type: OfflineMessage,
    description:
      'Operators only: each offline message once, as it is accepted here or found in the provider’s own list. From now on; what was before is in `offlineMessages`.',
    access: requireOperator('READ'),
    args: { providers: t.arg.stringList({ description: 'Only these, by their configured names.' }) },
    ...sharedByAll,
    subscribe: (_root, { providers }, ctx) => {
      const refuse = (adapter: ChatAdapter) => checkOfflineListAccess(adapter, ctx.call.caller)
      const names = telling(providers, refuse, ctx).map(({ name }) => name)
      return ctx.offlineMessageFeed.subscribe({ providers: names, signal: ctx.call.signal })
    },
    resolve: (message, _args, ctx) => {
      ctx.renewLoaders()
      return message
    },
  }),
}))

/** What a stream carries, as the live path needs it: the same object for all who subscribe. */
type Wanted = Pick<SubscribeRequest, 'isWanted' | 'wantsRoomState'>

/** What is gone, or was put before what was seen, a stream of additions does not tell anyway. */
function isAddition(change: RoomChange): boolean {
  return change.type === 'MessageAdded' || (change.type === 'Gap' && change.reason !== 'CURSOR_EXPIRED')
}

const additions: Wanted = { isWanted: isAddition, wantsRoomState: false }
const everything: Wanted = { isWanted: () => true, wantsRoomState: true }

/** Opens a room's stream behind what the client has; the transport's own word for that wins over the argument. */
async function watch(
  args: { readonly roomId: string; readonly after?: string | null | undefined },
  ctx: Context,
  wanted: Wanted,
): Promise<AsyncIterableIterator<RoomEventModel>> {
  const since = new Date()
  const { provider, roomId } = parseGlobalId(args.roomId, 'Room', 'roomId')
  const after = ctx.resumeAfter ?? args.after ?? null
  const cursor = after === null ? null : decodeCursor(after)
  if (after !== null && cursor === null)
    throw invalidInput('after', 'This is not a cursor of a message or an event.')
  const found = ctx.registry.find(provider)
  if (!found) throw notFound('room')
  const adapter = requireCapability(found, 'READ_MESSAGES', ctx)
  const start = cursor ? { after: cursor } : { since }
  const { caller, signal } = ctx.call
  const { clientAddress } = ctx
  return ctx.hub.subscribe({ adapter, roomId, caller, clientAddress, start, signal, ...wanted })
}

/** A message cannot tell of a gap: in its place comes an error with what the gap says. */
function addedMessage({ change, cursor }: RoomEventModel): MessageModel {
  if (change.type === 'MessageAdded') return change.message
  const reason = change.type === 'Gap' ? { reason: change.reason } : {}
  throw new GraphQLError('Messages may be missing here; page from the last one you have.', {
    extensions: { code: 'RATE_LIMITED', ...reason, cursor },
  })
}

/** The providers that can tell of what is asked; a stream that none could tell anything is refused. */
function telling(
  names: readonly string[] | null | undefined,
  refusalOf: (adapter: ChatAdapter) => ChatError | null,
  ctx: Context,
): readonly ChatAdapter[] {
  const { adapters: able, errors: refused } = selectProviders(names, 'providers', refusalOf, ctx)
  if (able.length === 0 && refused[0]) throw refused[0]
  return able
}
