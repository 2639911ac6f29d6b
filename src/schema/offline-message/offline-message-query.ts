import type { OfflineMessage as OfflineMessageModel } from '../../domain/model.ts'
import { requireOperator } from '../access/access-plugin.ts'
import { builder } from '../builder.ts'
import { OfflineMessageStateType } from '../enums.ts'
import {
  type Connection,
  type Edge,
  PAGE_ITEMS_COMPLEXITY,
  PageInfo,
  pageComplexity,
  parsePageSize,
} from '../pagination/connection.ts'
import { OfflineMessage } from './offline-message.ts'
import { countOfflineMessages, readOfflineMessages, selectOfflineMessages } from './offline-message-list.ts'

const DEFAULT_PAGE = 25

interface OfflineMessageList extends Connection<OfflineMessageModel> {
  readonly count: () => Promise<number | null>
}

const OfflineMessageEdge = builder.objectRef<Edge<OfflineMessageModel>>('OfflineMessageEdge').implement({
  description: 'An offline message at its place in the list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Its place; pages go on behind it.' }),
    node: t.field({ type: OfflineMessage, description: 'The message.', resolve: ({ node }) => node }),
  }),
})

const OfflineMessageConnection = builder.objectRef<OfflineMessageList>('OfflineMessageConnection').implement({
  description: 'A page of offline messages, newest first, all providers merged.',
  fields: (t) => ({
    edges: t.field({
      type: [OfflineMessageEdge],
      description: 'The page.',
      complexity: PAGE_ITEMS_COMPLEXITY,
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      type: [OfflineMessage],
      description: 'The page without its cursors.',
      complexity: PAGE_ITEMS_COMPLEXITY,
      resolve: ({ edges }) => edges.map(({ node }) => node),
    }),
    pageInfo: t.field({
      type: PageInfo,
      description: 'Where the page lies.',
      resolve: ({ pageInfo }) => pageInfo,
    }),
    totalCount: t.int({
      nullable: true,
      description:
        'How many match, at one call per provider that lists its own; null where one cannot tell at that price.',
      resolve: ({ count }) => count(),
    }),
  }),
})

const OfflineMessageFilter = builder.inputType('OfflineMessageFilter', {
  description:
    '`from`/`to` are days, both inclusive; default the last seven days (LiveChat’s date_from/date_to).',
  fields: (t) => ({
    providers: t.stringList({ description: 'Only these, by their configured names.' }),
    from: t.field({ type: 'Date', description: 'First day.' }),
    to: t.field({ type: 'Date', description: 'Last day.' }),
    departmentId: t.id({ description: 'Only one department’s (LiveChat’s skill), by its global id.' }),
    text: t.string({ description: 'Only those that contain this word or phrase (LiveChat’s query).' }),
    states: t.field({
      type: [OfflineMessageStateType],
      description:
        'Only those that stand so. RECEIVED are the providers’ own lists; all others are kept here.',
    }),
  }),
})

builder.queryField('offlineMessages', (t) =>
  t.field({
    type: OfflineMessageConnection,
    description:
      'Operators only. Newest first: the providers’ own lists and what was accepted here, as one. 1 to 100 a page.',
    access: requireOperator('READ'),
    complexity: (args) => pageComplexity(args, DEFAULT_PAGE),
    args: {
      first: t.arg.int({ description: `How many, 1 to 100; ${DEFAULT_PAGE} by default.` }),
      after: t.arg.string({ description: 'Go on behind this edge’s cursor.' }),
      filter: t.arg({ type: OfflineMessageFilter, description: 'Which.' }),
    },
    resolve: async (_root, { first, after, filter }, ctx, info) => {
      const limit = parsePageSize(first, 'first', DEFAULT_PAGE)
      const chosen = await selectOfflineMessages(filter ?? {}, info.path.key, ctx)
      const page = await readOfflineMessages(chosen, { limit, after, path: info.path.key }, ctx)
      return { ...page, count: () => countOfflineMessages(chosen, ctx) }
    },
  }),
)
