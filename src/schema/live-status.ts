import type { LiveState } from '../live/polling/live-state.ts'
import { providerOf } from './access/provider-access.ts'
import { builder } from './builder.ts'
import { Provider } from './provider.ts'
import { Room } from './room/room.ts'

const LiveSourceType = builder.enumType('LiveSource', {
  description: 'Where live events come from.',
  values: {
    DIGEST: {
      description:
        'One look at the whole account tells in which rooms something happened; only those are read.',
    },
    POLL: { description: 'Each watched room is looked at by itself.' },
    NONE: { description: 'Nobody is subscribed, so nothing runs.' },
  } as const,
})

const Live = builder.objectRef<LiveState>('Live').implement({
  description: 'What tells of events at the moment, and how late they may be.',
  fields: (t) => ({
    source: t.field({ type: LiveSourceType, description: 'What runs.', resolve: ({ source }) => source }),
    latencyMs: t.int({
      nullable: true,
      description:
        'Milliseconds within which an event is told, as looks are scheduled now and as the provider’s limits let them through; null while nothing runs. A failing provider takes longer: see `lagMs`.',
      resolve: ({ latencyMs }) => whole(latencyMs),
    }),
    lagMs: t.int({
      nullable: true,
      description: 'Milliseconds since the last look that was answered; null before the first.',
      resolve: ({ lagMs }) => whole(lagMs),
    }),
  }),
})

builder.objectField(Provider, 'live', (t) =>
  t.field({
    type: Live,
    description: 'What tells of events in its rooms at the moment.',
    resolve: (adapter, _args, { hub }) => hub.getAccountLiveState(adapter),
  }),
)

builder.objectField(Room, 'live', (t) =>
  t.field({
    type: Live,
    description: 'What tells of events in this room at the moment.',
    resolve: (room, _args, ctx) =>
      ctx.hub.getRoomLiveState(providerOf(room, ctx), room.nativeId, ctx.call.caller.role),
  }),
)

const LARGEST_INT = 2 ** 31 - 1

/** Whole milliseconds that fit GraphQL's Int. */
function whole(ms: number | null): number | null {
  return ms === null ? null : Math.min(Math.round(ms), LARGEST_INT)
}
