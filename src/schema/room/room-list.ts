import type { ChatAdapter, RoomQuery } from '../../domain/adapter.ts'
import { checkCapability } from '../../domain/capability.ts'
import { invalidInput } from '../../domain/errors.ts'
import type { Room as RoomModel, RoomStatus } from '../../domain/model.ts'
import { requireOperator } from '../access/access-rule.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { parseGlobalId } from '../node.ts'
import { connectionType, pageComplexity, parsePageSize } from '../pagination/connection.ts'
import { readMergedConnection, selectListProviders } from '../pagination/merged-connection.ts'
import { RoomStatusType } from './room.ts'
import { Room } from './room-ref.ts'

const DEFAULT_PAGE_SIZE = 25

const RoomConnection = connectionType('Room', Room, {
  connection: 'A page of rooms of all providers, latest activity first.',
  edge: 'A room with the cursor of its position.',
  cursor: 'Position of the room in the list, for `after`.',
  node: 'The room.',
})

const RoomFilter = builder.inputType('RoomFilter', {
  description: 'Filter of `rooms`; a room must match every field that is set.',
  fields: (t) => ({
    providers: t.stringList({ description: 'Only rooms of these providers, by their configured names.' }),
    status: t.field({ type: [RoomStatusType], description: 'Only rooms in one of these states.' }),
    departmentId: t.id({ description: 'Only rooms of this department, by its global id.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Only rooms opened at or after this time.' }),
    createdTo: t.field({ type: 'DateTime', description: 'Only rooms opened before this time.' }),
  }),
})

builder.queryField('rooms', (t) =>
  t.field({
    type: RoomConnection,
    description:
      'Operators only. Rooms of all providers in one list, latest activity first. Costs one call or more per provider. If a provider fails, its rooms are missing and the failure is in `errors`.',
    access: requireOperator('READ'),
    complexity: (args) => pageComplexity(args, DEFAULT_PAGE_SIZE),
    args: {
      first: t.arg.int({
        description: `Number of rooms per page, from 1 to 100; ${DEFAULT_PAGE_SIZE} by default.`,
      }),
      after: t.arg.string({ description: 'Continues after this cursor of an edge or a page.' }),
      filter: t.arg({ type: RoomFilter, description: 'Filter applied to the list.' }),
    },
    resolve: (_root, { first, after, filter }, ctx, info) => {
      const limit = parsePageSize(first, 'first', DEFAULT_PAGE_SIZE)
      const path = info.path.key
      const { adapters, query } = resolveFilter(filter ?? {}, path, ctx)
      const lists = adapters.map((adapter) => ({
        name: adapter.name,
        open: (resumeToken: string | null) => readMatchingRooms(adapter, query, resumeToken, ctx),
      }))
      return readMergedConnection({ lists, limit, after, path, isNewer }, ctx)
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

/** The providers to read, and the query for each of them. */
function resolveFilter({ providers, departmentId, ...filter }: Filter, path: string | number, ctx: Context) {
  const { status = null, createdFrom = null, createdTo = null } = filter
  if (createdFrom && createdTo && createdFrom > createdTo)
    throw invalidInput('filter.createdFrom', 'Must not be after `createdTo`.')
  const department = departmentId ? parseGlobalId(departmentId, 'Department', 'filter.departmentId') : null
  const check = (adapter: ChatAdapter) => checkCapability(adapter, 'LIST_ROOMS', ctx.call.caller)
  const permitted = selectListProviders(providers, check, path, ctx)
  const adapters = department ? permitted.filter(({ name }) => name === department.provider) : permitted
  const query: RoomQuery = { status, departmentId: department?.departmentId ?? null, createdFrom, createdTo }
  return { adapters, query }
}

/** Reads the rooms that match. Providers filter as far as they can; this filters by the whole query. */
async function* readMatchingRooms(
  adapter: ChatAdapter,
  query: RoomQuery,
  resumeToken: string | null,
  { call }: Context,
) {
  for await (const entry of adapter.listRooms(query, resumeToken, call)) {
    if (matches(entry.room, query)) yield { item: entry.room, resumeToken: entry.resumeToken }
  }
}

function matches(room: RoomModel, { status, departmentId, createdFrom, createdTo }: RoomQuery): boolean {
  if (status && !status.includes(room.status)) return false
  if (departmentId !== null && room.departmentId !== departmentId) return false
  if (createdFrom && !(room.createdAt && room.createdAt >= createdFrom)) return false
  return !createdTo || (room.createdAt !== null && room.createdAt < createdTo)
}

function isNewer(a: RoomModel, b: RoomModel): boolean {
  return sortTime(a) > sortTime(b)
}

/** A room without a known time comes first: its own list has it in the right order, which must not wait for it. */
function sortTime({ lastActivityAt }: RoomModel): number {
  return lastActivityAt?.getTime() ?? Number.POSITIVE_INFINITY
}
