import { z } from 'zod'
import type { ChatAdapter } from '../../domain/adapter.ts'
import { startOfDay } from '../../domain/calendar-days.ts'
import { acceptsOfflineMessages, checkCapability } from '../../domain/capability.ts'
import { ChatError, invalidInput } from '../../domain/errors.ts'
import type { OfflineMessage, OfflineMessageState } from '../../domain/model.ts'
import type { OfflineMessageItem, OfflineMessageQuery } from '../../domain/offline-messages.ts'
import type { StoredListQuery } from '../../offline/stored-message-list.ts'
import type { Context } from '../context.ts'
import { optionalLine, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import type { Connection } from '../pagination/connection.ts'
import {
  type MergedPageRequest,
  readMergedConnection,
  selectListProviders,
} from '../pagination/merged-connection.ts'
import { checkOfflineListAccess } from './offline-message-access.ts'

/** Name of the gateway's store in a cursor; no provider can have this name. */
const STORE = '*'

const filterInput = z.object({ filter: z.object({ text: optionalLine }) })

interface Filter {
  readonly providers?: readonly string[] | null | undefined
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
  readonly departmentId?: string | null | undefined
  readonly text?: string | null | undefined
  readonly states?: readonly OfflineMessageState[] | null | undefined
}

/** The lists that a filter selects, and their queries. */
export interface OfflineMessageSelection {
  /** The providers whose own lists are read. */
  readonly listAdapters: readonly ChatAdapter[]
  readonly providerQuery: OfflineMessageQuery
  readonly storedQuery: StoredListQuery
}

/**
 * Resolves a filter. Throws INVALID_INPUT, or the reason why a named provider has no list; if no provider has one, reports the
 * reasons at `path`.
 */
export async function selectOfflineMessages(
  { providers, departmentId, states = null, ...filter }: Filter,
  path: string | number,
  ctx: Context,
): Promise<OfflineMessageSelection> {
  const { from = null, to = null } = filter
  const { text } = parseInput(filterInput, { filter }).filter
  if (from !== null && to !== null && from > to) throw invalidInput('filter.from', 'Must not be after `to`.')
  const department = departmentId ? parseGlobalId(departmentId, 'Department', 'filter.departmentId') : null
  const check = (adapter: ChatAdapter) => checkOfflineListAccess(adapter, ctx.call.caller)
  const permitted = selectListProviders(providers, check, path, ctx)
  const adapters = department ? permitted.filter(({ name }) => name === department.provider) : permitted
  const names = department && adapters[0] ? await departmentNames(department, adapters[0], path, ctx) : null
  const includesReceived = states === null || states.includes('RECEIVED')
  return {
    listAdapters: includesReceived ? adapters.filter((adapter) => hasOwnList(adapter, ctx)) : [],
    providerQuery: { from, to, text, departmentId: department?.departmentId ?? null },
    storedQuery: { providers: adapters, from, to, text, department: names, states },
  }
}

/** Reads one page of all selected lists, merged newest first. */
export async function readOfflineMessages(
  { listAdapters, providerQuery, storedQuery }: OfflineMessageSelection,
  page: Pick<MergedPageRequest<unknown>, 'limit' | 'after' | 'path'>,
  ctx: Context,
): Promise<Connection<OfflineMessage>> {
  const providerLists = listAdapters.map((adapter) => ({
    name: adapter.name,
    open(resumeToken: string | null) {
      const items = adapter.listOfflineMessages(providerQuery, resumeToken, ctx.call)
      if (!acceptsOfflineMessages(adapter)) return withTimes(items, ctx)
      // A message that the gateway sent appears in the provider's own list too, and is listed once.
      const sameProvider = { ...storedQuery, providers: [adapter] }
      return withTimes(ctx.storedMessages.withoutStored(items, sameProvider), ctx)
    },
  }))
  const storedList = {
    name: STORE,
    open: (resumeToken: string | null) => withTimes(ctx.storedMessages.read(storedQuery, resumeToken), ctx),
  }
  const lists = [...providerLists, storedList]
  const request = { ...page, lists, sortTime: ({ at }: TimedMessage) => at }
  const { edges, nodes, pageInfo } = await readMergedConnection(request, ctx)
  return {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: node.message })),
    nodes: nodes.map(({ message }) => message),
    pageInfo,
  }
}

/** Counts the matches of all selected lists; null if one list cannot count. */
export async function countOfflineMessages(
  { listAdapters, providerQuery, storedQuery }: OfflineMessageSelection,
  ctx: Context,
): Promise<number | null> {
  const counts = await Promise.all([
    ctx.storedMessages.count(storedQuery),
    ...listAdapters.map((adapter) => adapter.countOfflineMessages(providerQuery, ctx.call)),
  ])
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count))
}

function hasOwnList(adapter: ChatAdapter, { call }: Context): boolean {
  return checkCapability(adapter, 'LIST_OFFLINE_MESSAGES', call.caller) === null
}

/** Texts by which a stored message can name the department: the form sends its id or its name. */
async function departmentNames(
  key: { readonly provider: string; readonly departmentId: string },
  adapter: ChatAdapter,
  path: string | number,
  ctx: Context,
): Promise<readonly string[]> {
  if (!acceptsOfflineMessages(adapter)) return [key.departmentId]
  try {
    const name = (await ctx.loaders.departments.load(key))?.name ?? null
    return name === null ? [key.departmentId] : [key.departmentId, name]
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    ctx.partialFailures.push({ path: [path], error })
    return [key.departmentId]
  }
}

/** A message with its sort key, in milliseconds since 1970. */
interface TimedMessage {
  readonly message: OfflineMessage
  readonly at: number
}

async function* withTimes(items: AsyncIterable<OfflineMessageItem>, ctx: Context) {
  for await (const { message, resumeToken } of items)
    yield { item: { message, at: sortTime(message, ctx) }, resumeToken }
}

/** If only the day is known, the start of the day: so messages of that day with a time come first. */
function sortTime({ provider, receivedAt, receivedOn }: OfflineMessage, { registry }: Context): number {
  if (receivedAt) return receivedAt.getTime()
  return receivedOn === null
    ? 0
    : startOfDay(registry.find(provider)?.timeZone ?? 'UTC', receivedOn).getTime()
}
