import { decodeCursor } from '../chat/cursor.ts'
import { ChatError, invalidInput, notFound } from '../chat/errors.ts'
import type { RoomChange, RoomEvent as RoomEventModel } from '../chat/events.ts'
import { encodeId } from '../chat/ids.ts'
import type { Message as MessageModel } from '../chat/model.ts'
import { demandCapability, demandOperator, expectProvider } from './access.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { GapReasonType } from './enums.ts'
import { Message } from './message.ts'
import { expectId, type RoomHandle } from './node.ts'
import { OfflineMessage } from './offline-message.ts'
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
      description: 'Where it happened.',
      resolve: ({ provider, roomId }): RoomHandle => ({ type: 'RoomHandle', provider, nativeId: roomId }),
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
  description: 'The room itself changed: taken over, transferred, closed.',
  interfaces: [RoomEvent],
})

builder.objectRef<EventOf<'Gap'>>('GapEvent').implement({
  description:
    'Events may be missing between `from` and `to`: the provider no longer had them, or this subscriber read too slowly.',
  interfaces: [RoomEvent],
  fields: (t) => ({
    reason: t.field({ type: GapReasonType, description: 'Why.', resolve: ({ change }) => change.reason }),
    from: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when.',
      resolve: ({ change }) => change.from,
    }),
    to: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when; null until now.',
      resolve: ({ change }) => change.to,
    }),
  }),
})

const watchArgs = builder.args((t) => ({
  roomId: t.id({ required: true, description: 'The room’s global id.' }),
  after: t.string({ description: 'Start behind this cursor; without it, now.' }),
}))

builder.subscriptionFields((t) => ({
  messageAdded: t.field({
    type: Message,
    description: 'Messages of a room as they appear; starts after `after`, or now.',
    args: watchArgs,
    subscribe: (_root, args, ctx) => watch(args, ctx, ({ type }) => type === 'MessageAdded'),
    resolve: (event, _args, ctx) => {
      ctx.renewLoaders()
      return addedMessage(event)
    },
  }),
  roomEvents: t.field({
    type: RoomEvent,
    description: 'Everything that happens in a room; starts after `after`, or now.',
    args: watchArgs,
    subscribe: (_root, args, ctx) => watch(args, ctx, () => true),
    resolve: (event, _args, ctx) => {
      ctx.renewLoaders()
      return event
    },
  }),
  roomActivity: t.field({
    type: Room,
    description:
      'Operators only: the rooms in which something happened, at most one event per room per poll.',
    args: { providers: t.arg.stringList({ description: 'Only these, by their configured names.' }) },
    subscribe: (_root, { providers }, ctx): AsyncIterable<RoomHandle> => {
      demandOperator(ctx)
      for (const adapter of chosen(providers, ctx)) demandCapability(adapter, 'LIST_ROOMS', ctx)
      throw new ChatError('UNSUPPORTED', 'No configured provider tells of its rooms.')
    },
    resolve: (room) => room,
  }),
  offlineMessageAdded: t.field({
    type: OfflineMessage,
    description: 'Operators only.',
    args: { providers: t.arg.stringList({ description: 'Only these, by their configured names.' }) },
    subscribe: (_root, { providers }, ctx): AsyncIterable<never> => {
      demandOperator(ctx)
      chosen(providers, ctx)
      throw new ChatError('UNSUPPORTED', 'No configured provider tells of new offline messages.')
    },
    resolve: (message) => message,
  }),
}))

async function watch(
  { roomId: globalId, after }: { readonly roomId: string; readonly after?: string | null | undefined },
  ctx: Context,
  accept: (change: RoomChange) => boolean,
): Promise<AsyncIterableIterator<RoomEventModel>> {
  const since = new Date()
  const { provider, roomId } = expectId(globalId, 'Room', 'roomId')
  const cursor = after === null || after === undefined ? null : decodeCursor(after)
  if (cursor === null && after !== null && after !== undefined)
    throw invalidInput('after', 'This is not a cursor of a message or an event.')
  const found = ctx.registry.find(provider)
  if (!found) throw notFound('room')
  const adapter = demandCapability(found, 'READ_MESSAGES', ctx)
  const start = cursor ? { after: cursor } : { since }
  const { caller, signal } = ctx.call
  return ctx.hub.watch({ adapter, roomId, caller, start, accept, signal })
}

/** A stream of messages has no way to tell of a gap but to end: whoever must not miss one takes `roomEvents`. */
function addedMessage({ change }: RoomEventModel): MessageModel {
  if (change.type === 'MessageAdded') return change.message
  throw new ChatError('RATE_LIMITED', 'Messages may be missing here; page from the last one you have.')
}

function chosen(names: readonly string[] | null | undefined, ctx: Context) {
  return names?.map((name) => expectProvider(name, 'providers', ctx)) ?? ctx.registry.all
}
