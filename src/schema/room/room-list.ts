import type { ChatAdapter, RoomQuery } from '../../domain/adapter.ts'
import { checkCapability } from '../../domain/capability.ts'
import { invalidInput } from '../../domain/errors.ts'
import type { Room as RoomModel, RoomStatus } from '../../domain/model.ts'
import { requireOperator } from '../access/access-plugin.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { RoomStatusType } from '../enums.ts'
import { parseGlobalId } from '../node.ts'
import {
  type Connection,
  type Edge,
  PAGE_ITEMS_COMPLEXITY,
  PageInfo,
  pageComplexity,
  parsePageSize,
} from '../pagination/connection.ts'
import { readMergedConnection, selectListProviders } from '../pagination/merged-connection.ts'
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
    edges: t.field({
      type: [RoomEdge],
      description: 'The page.',
      complexity: PAGE_ITEMS_COMPLEXITY,
      resolve: ({ edges }) => edges,
    }),
    nodes: t.field({
      type: [Room],
      description: 'The page without its cursors.',
      complexity: PAGE_ITEMS_COMPLEXITY,
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
    access: requireOperator('READ'),
    complexity: (args) => pageComplexity(args, DEFAULT_PAGE),
    args: {
      first: t.arg.int({ description: `How many, 1 to 100; ${DEFAULT_PAGE} by default.` }),
      after: t.arg.string({ description: 'Go on behind this edge’s cursor.' }),
      filter: t.arg({ type: RoomFilter, description: 'Which.' }),
    },
    resolve: (_root, { first, after, filter }, ctx, info) => {
      const limit = parsePageSize(first, 'first', DEFAULT_PAGE)
      const { adapters, query } = chosen(filter ?? {}, info.path.key, ctx)
      const lists = adapters.map((adapter) => ({
        name: adapter.name,
        open: (resume: string | null) => readFrom(adapter, query, resume, ctx),
      }))
      return readMergedConnection({ lists, limit, after, path: info.path.key, isNewer }, ctx)
    },
  }),
)

interface Filter {
  readonly providers?: readonly string[] | null | undefined
  readonly status?: readonly RoomStatus[] | null | undefined
  readonly departmentId?: string | null | undefined
  readonly createdFrom?: Date | null | undefined
  readonly createdTo?: Date | null | undefined
}

/** The providers to read and what to ask them. */
function chosen({ providers, departmentId, ...filter }: Filter, path: string | number, ctx: Context) {
  const { status = null, createdFrom = null, createdTo = null } = filter
  if (createdFrom && createdTo && createdFrom > createdTo)
    throw invalidInput('filter.createdFrom', 'Lies behind `createdTo`.')
  const department = departmentId ? parseGlobalId(departmentId, 'Department', 'filter.departmentId') : null
  const refusalOf = (adapter: ChatAdapter) => checkCapability(adapter, 'LIST_ROOMS', ctx.call.caller)
  const able = selectListProviders(providers, refusalOf, path, ctx)
  const adapters = department ? able.filter(({ name }) => name === department.provider) : able
  const query: RoomQuery = { status, departmentId: department?.departmentId ?? null, createdFrom, createdTo }
  return { adapters, query }
}

/** Providers filter as well as they can; what they let through beyond the query is left out here. */
async function* readFrom(adapter: ChatAdapter, query: RoomQuery, resume: string | null, { call }: Context) {
  for await (const { room, resumeToken: at } of adapter.listRooms(query, resume, call)) {
    if (matches(room, query)) yield { item: room, resumeToken: at }
  }
}

function matches(room: RoomModel, { status, departmentId, createdFrom, createdTo }: RoomQuery): boolean {
  if (status && !status.includes(room.status)) return false
  if (departmentId !== null && room.departmentId !== departmentId) return false
  if (createdFrom && !(room.createdAt && room.createdAt >= createdFrom)) return false
  return !createdTo || (room.createdAt !== null && room.createdAt < createdTo)
}

/** One of which the time is not known goes at once: its own list has it at its place, and must not wait for it. */
function isNewer(a: RoomModel, b: RoomModel): boolean {
  return timeOf(a) > timeOf(b)
}

function timeOf({ lastActivityAt }: RoomModel): number {
  return lastActivityAt?.getTime() ?? Number.POSITIVE_INFINITY
}
