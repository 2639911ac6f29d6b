import type { OfflineMessage as OfflineMessageModel } from '../../domain/model.ts'
import { requireOperator } from '../access/access-rule.ts'
import { builder } from '../builder.ts'
import { connectionType, pageComplexity, parsePageSize } from '../pagination/connection.ts'
import { OfflineMessage, OfflineMessageStateType } from './offline-message.ts'
import { countOfflineMessages, readOfflineMessages, selectOfflineMessages } from './offline-message-list.ts'

const DEFAULT_PAGE_SIZE = 25

interface Countable {
  readonly count: () => Promise<number | null>
}

const OfflineMessageConnection = connectionType<OfflineMessageModel, Countable>(
  'OfflineMessage',
  OfflineMessage,
  {
    connection: 'A page of offline messages of all providers, newest first.',
    edge: 'An offline message with the cursor of its position.',
    cursor: 'Position of the message in the list, for `after`.',
    node: 'The offline message.',
  },
)

builder.objectField(OfflineMessageConnection, 'totalCount', (t) =>
  t.int({
    nullable: true,
    description:
      'Number of messages that match the filter. Costs one call per provider with a list of its own; null if a provider cannot count with one call.',
    resolve: ({ count }) => count(),
  }),
)

const OfflineMessageFilter = builder.inputType('OfflineMessageFilter', {
  description:
    'Filter of `offlineMessages`; a message must match every field that is set. Without `from` and `to` the list covers the last seven days.',
  fields: (t) => ({
    providers: t.stringList({ description: 'Only messages for these providers, by their configured names.' }),
    from: t.field({
      type: 'Date',
      description: 'First day of the list, inclusive, in the provider’s time zone (LiveChat’s date_from).',
    }),
    to: t.field({
      type: 'Date',
      description: 'Last day of the list, inclusive, in the provider’s time zone (LiveChat’s date_to).',
    }),
    departmentId: t.id({
      description: 'Only messages for this department (LiveChat’s skill), by its global id.',
    }),
    text: t.string({ description: 'Only messages that contain this word or phrase (LiveChat’s query).' }),
    states: t.field({
      type: [OfflineMessageStateType],
      description:
        'Only messages in one of these states. RECEIVED selects the providers’ own lists; all other states are in the gateway’s store and cost no call.',
    }),
  }),
})

builder.queryField('offlineMessages', (t) =>
  t.field({
    type: OfflineMessageConnection,
    description:
      'Operators only. Offline messages from the providers’ own lists and the gateway’s store in one list, newest first. Costs one call or more per provider with a list of its own. If a provider fails, its messages are missing and the failure is in `errors`.',
    access: requireOperator('READ'),
    complexity: (args) => pageComplexity(args, DEFAULT_PAGE_SIZE),
    args: {
      first: t.arg.int({
        description: `Number of messages per page, from 1 to 100; ${DEFAULT_PAGE_SIZE} by default.`,
      }),
      after: t.arg.string({ description: 'Continues after this cursor of an edge or a page.' }),
      filter: t.arg({ type: OfflineMessageFilter, description: 'Filter applied to the list.' }),
    },
    resolve: async (_root, { first, after, filter }, ctx, info) => {
      const limit = parsePageSize(first, 'first', DEFAULT_PAGE_SIZE)
      const path = info.path.key
      const selection = await selectOfflineMessages(filter ?? {}, path, ctx)
      const page = await readOfflineMessages(selection, { limit, after, path }, ctx)
      return { ...page, count: () => countOfflineMessages(selection, ctx) }
    },
  }),
)
