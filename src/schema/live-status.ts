import type { LiveState } from '../live/polling/live-state.ts'
import { providerOf } from './access/provider-access.ts'
import { builder } from './builder.ts'
import { toGraphQLInt } from './graphql-int.ts'
import { Provider } from './provider.ts'
import { Room } from './room/room-ref.ts'

const LiveSourceType = builder.enumType('LiveSource', {
  description: 'How the gateway detects live events.',
  values: {
    PUSH: { description: 'The provider pushes over its own socket; polls only audit it.' },
    DIGEST: {
      description:
        'One poller for the whole account detects which rooms changed, and at most those are read.',
    },
    POLL: { description: 'Each room with subscribers is polled separately.' },
    NONE: { description: 'Nothing is polled, because there are no subscribers.' },
  } as const,
})

const Live = builder.objectRef<LiveState>('Live').implement({
  description: 'How live events are detected at present, and how late they can be. Costs no call.',
  fields: (t) => ({
    source: t.expose('source', { type: LiveSourceType, description: 'The source that serves now.' }),
    latencyMs: t.int({
      nullable: true,
      description:
        'Milliseconds within which an event is detected, at the current poll interval and rate limits of the provider: 0 while the provider pushes, null while nothing is polled. It takes longer while the provider fails: see `lagMs`.',
      resolve: ({ latencyMs }) => toGraphQLInt(latencyMs),
    }),
    lagMs: t.int({
      nullable: true,
      description:
        'Milliseconds since the last successful poll, or since the push socket last showed life; null before the first one.',
      resolve: ({ lagMs }) => toGraphQLInt(lagMs),
    }),
  }),
})

builder.objectField(Provider, 'live', (t) =>
  t.field({
    type: Live,
    description: 'How events in the provider’s rooms are detected at present. Costs no call.',
    resolve: (adapter, _args, { hub }) => hub.getAccountLiveState(adapter),
  }),
)

builder.objectField(Room, 'live', (t) =>
  t.field({
    type: Live,
    description: 'How events in this room are detected at present. Costs no call.',
    resolve: (room, _args, ctx) =>
      ctx.hub.getRoomLiveState(providerOf(room, ctx), room.nativeId, ctx.call.caller.role),
  }),
)
