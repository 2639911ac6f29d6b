import { notFound } from '../../domain/errors.ts'
import type { PushedSignal, RoomSignal as RoomSignalModel } from '../../domain/signals.ts'
import { requirePermission } from '../access/access-rule.ts'
import { requireCapability } from '../access/provider-access.ts'
import { builder } from '../builder.ts'
import { parseGlobalId } from '../node.ts'
import { Participant } from './participant.ts'
import { QueuePlace } from './queue-place.ts'
import { Room, type RoomHandle } from './room-ref.ts'

type SignalOf<T extends PushedSignal['type']> = RoomSignalModel & {
  readonly signal: Extract<PushedSignal, { type: T }>
}

const RoomSignal = builder.interfaceRef<RoomSignalModel>('RoomSignal').implement({
  description:
    'A signal of a room: it is valid when it arrives. It has no cursor, is not stored, and is not repeated for a subscriber that comes later.',
  resolveType: ({ signal }) => `${signal.type}Signal`,
  fields: (t) => ({
    room: t.field({
      type: Room,
      description:
        'Room of the signal. Selecting more than ids costs one read per signal, which subscribers that send the same document share.',
      resolve: ({ provider, roomId }): RoomHandle => ({ type: 'RoomHandle', provider, nativeId: roomId }),
    }),
  }),
})

const participantField = {
  type: Participant,
  description:
    'Participant, with its id, role and name as far as the provider’s signal names them. Other fields may be null although the room has them.',
} as const

builder.objectRef<SignalOf<'Typing'>>('TypingSignal').implement({
  description:
    'A participant types, or has stopped. Operators receive it of visitors and agents, visitors of agents. At LiveChat a customer counts as typing while the gateway, or the customer’s chat window, sends previews of the unsent text; the text itself is never delivered.',
  interfaces: [RoomSignal],
  fields: (t) => ({
    participant: t.field({ ...participantField, resolve: ({ signal }) => signal.participant }),
    typing: t.boolean({
      description:
        'Whether the participant types. `true` is repeated every few seconds while it lasts; `false` follows ten seconds after the last `true` at the latest.',
      resolve: ({ signal }) => signal.typing,
    }),
  }),
})

builder.objectRef<SignalOf<'Seen'>>('SeenSignal').implement({
  description: 'A participant has seen the room up to a time. Only LiveChat reports it.',
  interfaces: [RoomSignal],
  fields: (t) => ({
    participant: t.field({ ...participantField, resolve: ({ signal }) => signal.participant }),
    upTo: t.field({
      type: 'DateTime',
      description:
        'Time up to which the participant has seen the room: compare it with `createdAt` of messages. It never goes back within a stream.',
      resolve: ({ signal }) => signal.upTo,
    }),
  }),
})

builder.objectRef<SignalOf<'Queue'>>('QueueSignal').implement({
  description:
    'The place of the room in the queue changed. LiveChat reports it; Rocket.Chat only to visitors, and only with a licence.',
  interfaces: [RoomSignal],
  fields: (t) => ({
    queue: t.field({
      type: QueuePlace,
      nullable: true,
      description: 'New place; null if the room is no longer queued.',
      resolve: ({ signal }) => signal.queue,
    }),
  }),
})

builder.subscriptionField('roomSignals', (t) =>
  t.field({
    type: RoomSignal,
    description:
      'Signals of a room from now on: who types, who has seen what, the position in the queue. They need the provider’s push, and cost no call (one, if the provider has not accepted a visitor’s token yet): `UNSUPPORTED` states why this caller receives none. A subscriber that reads slowly receives only the newest signal of each type and participant, and a participant causes at most three signals per second. There is no cursor and no replay: after a lost connection subscribe again.',
    access: requirePermission('READ'),
    args: { roomId: t.arg.id({ required: true, description: 'Global id of the room.' }) },
    shared: { startArgument: null },
    subscribe: (_root, args, ctx) => {
      const { provider, roomId } = parseGlobalId(args.roomId, 'Room', 'roomId')
      const configured = ctx.registry.find(provider)
      if (!configured) throw notFound('room')
      const adapter = requireCapability(configured, 'READ_MESSAGES', ctx)
      return ctx.hub.signals.subscribe({ adapter, roomId, call: ctx.call })
    },
    resolve: (signal, _args, ctx) => {
      ctx.renewLoaders()
      return signal
    },
  }),
)
