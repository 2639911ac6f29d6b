import { z } from 'zod'
import type { ChatAdapter } from '../../domain/adapter.ts'
import { checkCapability } from '../../domain/capability.ts'
import { invalidInput } from '../../domain/errors.ts'
import type { RoomStatus } from '../../domain/model.ts'
import type { RoomQuery } from '../../domain/room-query.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { nullable, optionalLine, parseInput, tagList } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import { selectListProviders } from '../pagination/merged-connection.ts'
import { RoomStatusType } from './room.ts'

export const RoomFilter = builder.inputType('RoomFilter', {
  description:
    'Filter of `rooms`; a room must match every field that is set. If a provider cannot apply a field, its rooms are missing and `errors` has an error with the code UNSUPPORTED.',
  fields: (t) => ({
    providers: t.stringList({ description: 'Only rooms of these providers, by their configured names.' }),
    status: t.field({ type: [RoomStatusType], description: 'Only rooms in one of these states.' }),
    departmentId: t.id({ description: 'Only rooms of this department, by its global id.' }),
    createdFrom: t.field({ type: 'DateTime', description: 'Only rooms opened at or after this time.' }),
    createdTo: t.field({ type: 'DateTime', description: 'Only rooms opened before this time.' }),
    agentId: t.id({
      description:
        'Only rooms that this agent serves, or served last before they were closed, by its global id.',
    }),
    unassigned: t.boolean({
      description: 'True: only rooms that are not closed and have no agent. False does not filter.',
    }),
    tags: t.stringList({ description: 'Only rooms with at least one of these tags, spelled exactly.' }),
    closedFrom: t.field({
      type: 'DateTime',
      description:
        'Only rooms closed at or after this time. At LiveChat without those whose latest thread had started more than two days before this time.',
    }),
    closedTo: t.field({ type: 'DateTime', description: 'Only rooms closed before this time.' }),
    text: t.string({
      description:
        'Only rooms in which the provider finds this word or phrase. LiveChat searches the latest thread of closed rooms, so it needs `status: [CLOSED]`; Rocket.Chat cannot search.',
    }),
  }),
})

interface Filter {
  readonly providers?: readonly string[] | null | undefined
  readonly status?: readonly RoomStatus[] | null | undefined
  readonly departmentId?: string | null | undefined
  readonly agentId?: string | null | undefined
  readonly unassigned?: boolean | null | undefined
  readonly tags?: readonly string[] | null | undefined
  readonly createdFrom?: Date | null | undefined
  readonly createdTo?: Date | null | undefined
  readonly closedFrom?: Date | null | undefined
  readonly closedTo?: Date | null | undefined
  readonly text?: string | null | undefined
}

/** The providers to read, and the query for each of them. */
export function resolveRoomFilter(filter: Filter, path: string | number, ctx: Context) {
  const { departmentId, agentId } = filter
  const department = departmentId ? parseGlobalId(departmentId, 'Department', 'filter.departmentId') : null
  const agent = agentId ? parseGlobalId(agentId, 'Agent', 'filter.agentId') : null
  const query: RoomQuery = {
    ...toQuery(filter),
    departmentId: department?.departmentId ?? null,
    agentId: agent?.agentId ?? null,
  }
  const check = (adapter: ChatAdapter) => checkCapability(adapter, 'LIST_ROOMS', ctx.call.caller)
  const permitted = selectListProviders(filter.providers, check, path, ctx)
  const owners = [department?.provider, agent?.provider].filter((owner) => owner !== undefined)
  return { adapters: permitted.filter(({ name }) => owners.every((owner) => owner === name)), query }
}

/** Reads the fields that contain no ids. Throws INVALID_INPUT for those that no room can match together. */
function toQuery(filter: Filter): Omit<RoomQuery, 'departmentId' | 'agentId'> {
  const { status = null, createdFrom = null, createdTo = null, closedFrom = null, closedTo = null } = filter
  const { tags, text } = parseInput(filterInput, { filter }).filter
  assertPeriod(createdFrom, createdTo, 'created')
  assertPeriod(closedFrom, closedTo, 'closed')
  const isUnassigned = filter.unassigned === true
  if (isUnassigned && filter.agentId) {
    throw invalidInput('filter.unassigned', 'Must not be combined with `agentId`.')
  }
  const isClosed = closedFrom !== null || closedTo !== null
  if (isUnassigned && isClosed) {
    throw invalidInput('filter.unassigned', 'Must not be combined with `closedFrom` and `closedTo`.')
  }
  return { status, isUnassigned, tags, createdFrom, createdTo, closedFrom, closedTo, text }
}

const filterInput = z.object({
  filter: z.object({
    tags: nullable(tagList.refine((tags) => tags.length > 0, 'Must have at least one tag.')),
    text: optionalLine,
  }),
})

function assertPeriod(from: Date | null, to: Date | null, name: 'created' | 'closed'): void {
  if (from && to && from > to) throw invalidInput(`filter.${name}From`, `Must not be after \`${name}To\`.`)
}
