import { refusal } from '../chat/capability.ts'
import type { Room as RoomModel } from '../chat/model.ts'
import { demandOperator, expectProvider } from './access.ts'
import { builder } from './builder.ts'
import { type Connection, type Edge, PageInfo, pageSize, pageWeight } from './connection.ts'
import { RoomStatusType } from './enums.ts'
import { Room } from './room.ts'

const DEFAULT_PAGE = 25

const RoomEdge = builder.objectRef<Edge<RoomModel>>('RoomEdge').implement({
  description: 'A room at its place in the list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Its place; pages go on behind it.' }),
    node: t.field({ type: Room, description: 'The room.', resolve: ({ node }) => node }),
  }),
})

const RoomConnection = builder.objectRef<Connection<RoomModel>>('RoomConnection').implement({
  description: 'A page of rooms, latest activity first, all providers merged.',
  fields: (t) => ({
    edges: t.field({ type: [RoomEdge], description: 'The page.', resolve: ({ edges }) => edges }),
    nodes: t.field({
      type: [Room],
      description: 'The page without its cursors.',
      resolve: ({ edges }) => edges.map(({ node }) => node),
    }),
    pageInfo: t.field({
      type: PageInfo,
      description: 'Where the page lies.',
      resolve: ({ pageInfo }) => pageInfo,
    }),
  }),
})

const RoomFilter = builder.inputType('RoomFilter', {
  description: 'Which rooms; every field narrows.',
  fields: (t) => ({
    providers: t.stringList({ description: 'Only these, by their configured names.' }),
    status: t.field({ type: [RoomStatusType], description: 'Only rooms that stand so.' }),
    departmentId: t.id({ description: 'Only one department’s, by its global id.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Only opened at or after this.' }),
    createdTo: t.field({ type: 'DateTime', description: 'Only opened before this.' }),
  }),
})

builder.queryField('rooms', (t) =>
  t.field({
    type: RoomConnection,
    description: 'Operators only. Latest activity first, all providers merged. 1 to 100 a page.',
    complexity: (args) => pageWeight(args, DEFAULT_PAGE),
    args: {
      first: t.arg.int({ description: `How many, 1 to 100; ${DEFAULT_PAGE} by default.` }),
      after: t.arg.string({ description: 'Go on behind this edge’s cursor.' }),
      filter: t.arg({ type: RoomFilter, description: 'Which.' }),
    },
    // No adapter lists rooms yet: each provider that is asked says so beside an empty page.
    resolve: (_root, { first, filter }, ctx, info) => {
      demandOperator(ctx)
      pageSize(first, 'first', DEFAULT_PAGE)
      const named = filter?.providers?.map((name) => expectProvider(name, 'filter.providers', ctx))
      for (const adapter of named ?? ctx.registry.all) {
        const error = refusal(adapter, 'LIST_ROOMS', ctx.call.caller)
        if (error) ctx.partial.push({ path: [info.path.key], error })
      }
      return {
        edges: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      }
    },
  }),
)
