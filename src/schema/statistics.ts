import type { ChatAdapter } from '../domain/adapter.ts'
import { acceptsOfflineMessages, checkCapability } from '../domain/capability.ts'
import { ChatError, invalidInput } from '../domain/errors.ts'
import type { Statistics as StatisticsModel, TimeRange } from '../domain/model.ts'
import { requireOperator } from './access/access-rule.ts'
import { providerOf, selectProviders } from './access/provider-access.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { Department } from './department.ts'
import { toGraphQLInt } from './graphql-int.ts'
import { Provider } from './provider.ts'

const Statistics = builder.objectRef<StatisticsModel>('Statistics').implement({
  description:
    'Numbers of a provider, or of one of its departments. A field is null if the provider has no data for it. Numbers of rooms and agents are at most five seconds old, those of closed rooms 30 seconds.',
  fields: (t) => ({
    provider: t.field({
      type: Provider,
      description: 'The provider.',
      resolve: (statistics, _args, ctx) => providerOf(statistics, ctx),
    }),
    department: t.field({
      type: Department,
      nullable: true,
      description: 'The department; null for the whole provider, rooms without a department included.',
      resolve: ({ provider, departmentId }, _args, { loaders }) =>
        departmentId === null ? null : loaders.departments.load({ provider, departmentId }),
    }),
    open: t.exposeInt('open', {
      nullable: true,
      description:
        'Rooms with the status OPEN now. Null for departments of a Rocket.Chat with more than 500 such rooms, and for a LiveChat account with more than 500 active rooms.',
    }),
    queued: t.exposeInt('queued', {
      nullable: true,
      description: 'Rooms with the status QUEUED now. Null as `open` is.',
    }),
    onHold: t.exposeInt('onHold', {
      nullable: true,
      description: 'Rooms with the status ON_HOLD now. Null as `open` is, and at LiveChat.',
    }),
    closed: t.exposeInt('closed', {
      nullable: true,
      description:
        'Rooms that closed within `from` and `to`; at LiveChat each thread counts. Null for departments of a Rocket.Chat with more than 500 of them, and for a LiveChat account with more than about 300.',
    }),
    longestWaitMs: t.int({
      nullable: true,
      description:
        'Longest wait in milliseconds of the rooms that are queued now and began to wait within `from` and `to`; null if there is none.',
      resolve: ({ longestWaitMs }) => toGraphQLInt(longestWaitMs),
    }),
    medianWaitMs: t.int({
      nullable: true,
      description: 'Median of the same waits; null if there is none, or if more than 500 rooms are queued.',
      resolve: ({ medianWaitMs }) => toGraphQLInt(medianWaitMs),
    }),
    medianFirstResponseMs: t.int({
      nullable: true,
      description:
        'Median time in milliseconds from the opening to the first response of an agent, of the rooms that closed within `from` and `to`: of the latest 500 at Rocket.Chat, and about 300 at LiveChat. Null if none has a response.',
      resolve: ({ medianFirstResponseMs }) => toGraphQLInt(medianFirstResponseMs),
    }),
    agentsAccepting: t.exposeInt('agentsAccepting', {
      nullable: true,
      description: 'Agents that accept rooms now; null if the configured account may not list agents.',
    }),
    offlineMessagesWaiting: t.int({
      nullable: true,
      description:
        'Offline messages that this gateway has accepted for the provider and not delivered yet. Null for departments, and if the provider accepts none. Costs no call.',
      resolve: ({ provider, departmentId }, _args, ctx) => {
        const accepts = acceptsOfflineMessages(providerOf({ provider }, ctx))
        return departmentId === null && accepts ? ctx.storedMessages.countWaiting(provider) : null
      },
    }),
  }),
})

/** Entries of a provider, as the complexity limit counts them. */
const EXPECTED_ENTRIES = 10

builder.queryField('statistics', (t) =>
  t.field({
    type: [Statistics],
    description:
      'Operators only. Numbers for dashboards: for each provider an entry of the whole provider, then one per department that rooms or agents belong to. `from` and `to` bound when rooms closed and when queued rooms began to wait; all other numbers are current. Costs a bounded number of calls per provider, whatever the number of rooms: at Rocket.Chat five, and one more per further hundred rooms of a list up to four per list; at LiveChat three, and one more per further hundred active or closed rooms up to four and two. All callers share them for five seconds, closed rooms for 30. If a provider fails, its entries are missing and the failure is in `errors`.',
    access: requireOperator('READ'),
    complexity: { field: 1, multiplier: EXPECTED_ENTRIES },
    args: {
      from: t.arg({ type: 'DateTime', description: 'Start, inclusive; unbounded by default.' }),
      to: t.arg({ type: 'DateTime', description: 'End, exclusive; unbounded by default.' }),
      providers: t.arg.stringList({
        description: 'Only these providers, by their configured names; all by default.',
      }),
    },
    resolve: async (_root, { from = null, to = null, providers }, ctx, info) => {
      if (from && to && from >= to) throw invalidInput('from', 'Must be before `to`.')
      const path = info.path.key
      const check = (adapter: ChatAdapter) => checkCapability(adapter, 'LIST_ROOMS', ctx.call.caller)
      const { adapters, errors } = selectProviders(providers, 'providers', check, ctx)
      if (adapters.length === 0) ctx.partialFailures.push(...errors.map((error) => ({ path: [path], error })))
      const entries = await Promise.all(
        adapters.map((adapter) => readStatistics(adapter, { from, to }, path, ctx)),
      )
      return entries.flat()
    },
  }),
)

/** A provider that fails costs only its own entries. */
async function readStatistics(
  adapter: ChatAdapter,
  range: TimeRange,
  path: string | number,
  ctx: Context,
): Promise<readonly StatisticsModel[]> {
  try {
    return await adapter.readStatistics(range, ctx.call)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    ctx.partialFailures.push({ path: [path], error })
    return []
  }
}
