import type { ChatAdapter, OfflineQuery } from '../chat/adapter.ts'
import { invalidInput } from '../chat/errors.ts'
import type { OfflineMessage as OfflineMessageModel } from '../chat/model.ts'
import { demandOperator } from './access.ts'
import { builder } from './builder.ts'
import { type Connection, type Edge, PageInfo, pageSize, pageWeight, weighedByPage } from './connection.ts'
import type { Context } from './context.ts'
import { listingProviders, readMergedList } from './merged-list.ts'
import { expectId } from './node.ts'
import { OfflineMessage } from './offline-message.ts'

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
      complexity: weighedByPage,
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      type: [OfflineMessage],
      description: 'The page without its cursors.',
      complexity: weighedByPage,
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
        'How many match, at one call per provider; null where a provider cannot tell at that price.',
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
  }),
})

builder.queryField('offlineMessages', (t) =>
  t.field({
    type: OfflineMessageConnection,
    description: 'Operators only. Newest first, all providers merged. 1 to 100 a page.',
    complexity: (args) => pageWeight(args, DEFAULT_PAGE),
    args: {
      first: t.arg.int({ description: `How many, 1 to 100; ${DEFAULT_PAGE} by default.` }),
      after: t.arg.string({ description: 'Go on behind this edge’s cursor.' }),
      filter: t.arg({ type: OfflineMessageFilter, description: 'Which.' }),
    },
    resolve: async (_root, { first, after, filter }, ctx, info) => {
      demandOperator(ctx)
      const limit = pageSize(first, 'first', DEFAULT_PAGE)
      const { adapters, query } = chosen(filter ?? {}, info.path.key, ctx)
      const open = (adapter: ChatAdapter, resume: string | null) => readFrom(adapter, query, resume, ctx)
      const page = await readMergedList({ adapters, limit, after, path: info.path.key, open, isNewer }, ctx)
      return { ...page, count: () => countAll(adapters, query, ctx) }
    },
  }),
)

interface Filter {
  readonly providers?: readonly string[] | null | undefined
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
  readonly departmentId?: string | null | undefined
  readonly text?: string | null | undefined
}

/** The providers to read and what to ask them. */
function chosen({ providers, departmentId, ...filter }: Filter, path: string | number, ctx: Context) {
  const from = filter.from ?? null
  const to = filter.to ?? null
  if (from !== null && to !== null && from > to) throw invalidInput('filter.from', 'Lies behind `to`.')
  const department = departmentId ? expectId(departmentId, 'Department', 'filter.departmentId') : null
  const able = listingProviders(providers, 'LIST_OFFLINE_MESSAGES', path, ctx)
  const adapters = department ? able.filter(({ name }) => name === department.provider) : able
  const query: OfflineQuery = {
    from,
    to,
    departmentId: department?.departmentId ?? null,
    text: filter.text ?? null,
  }
  return { adapters, query }
}

async function* readFrom(
  adapter: ChatAdapter,
  query: OfflineQuery,
  resume: string | null,
  { call }: Context,
) {
  for await (const { message, resume: at } of adapter.listOfflineMessages(query, resume, call)) {
    yield { item: message, resume: at }
  }
}

/** By day, then by time where both are known. */
function isNewer(a: OfflineMessageModel, b: OfflineMessageModel): boolean {
  const [dayA, dayB] = [a.receivedOn ?? '', b.receivedOn ?? '']
  if (dayA !== dayB) return dayA > dayB
  return a.receivedAt !== null && b.receivedAt !== null && a.receivedAt > b.receivedAt
}

async function countAll(
  adapters: readonly ChatAdapter[],
  query: OfflineQuery,
  ctx: Context,
): Promise<number | null> {
  const counts = await Promise.all(adapters.map((adapter) => adapter.countOfflineMessages(query, ctx.call)))
  return counts.reduce<number | null>(
    (sum, count) => (sum === null || count === null ? null : sum + count),
    0,
  )
}
