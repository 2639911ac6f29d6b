import { z } from 'zod'
import type { ChatAdapter, OfflineMessageItem, OfflineMessageQuery } from '../../domain/adapter.ts'
import { startOfDay } from '../../domain/calendar-days.ts'
import { acceptsOfflineMessages, checkCapability } from '../../domain/capability.ts'
import { ChatError, invalidInput } from '../../domain/errors.ts'
import type { OfflineMessage, OfflineMessageState } from '../../domain/model.ts'
import type { StoredListQuery } from '../../offline/stored-message-list.ts'
import type { Context } from '../context.ts'
import { optionalLine, parseInput } from '../input.ts'
import { parseGlobalId } from '../node.ts'
import type { Connection } from '../pagination/connection.ts'
import {
  type MergedListRequest,
  readMergedConnection,
  selectListProviders,
} from '../pagination/merged-connection.ts'
import { checkOfflineListAccess } from './offline-message-access.ts'

/** The name of the gateway's own list in a cursor; no provider can be called so. */
const OWN = '*'

const searchInput = z.object({ filter: z.object({ text: optionalLine }) })

interface Filter {
  readonly providers?: readonly string[] | null | undefined
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
  readonly departmentId?: string | null | undefined
  readonly text?: string | null | undefined
  readonly states?: readonly OfflineMessageState[] | null | undefined
}

/** Which lists are asked, and for what. */
export interface OfflineMessageSelection {
  /** The providers whose own lists are read. */
  readonly listAdapters: readonly ChatAdapter[]
  readonly providerQuery: OfflineMessageQuery
  readonly storedQuery: StoredListQuery
}

/** Reads a filter; `path` is where it is told that nobody can list. Throws INVALID_INPUT, and UNSUPPORTED for the named. */
export async function selectOfflineMessages(
  { providers, departmentId, states = null, ...filter }: Filter,
  path: string | number,
  ctx: Context,
): Promise<OfflineMessageSelection> {
  const { from = null, to = null } = filter
  const { text } = parseInput(searchInput, { filter }).filter
  if (from !== null && to !== null && from > to) throw invalidInput('filter.from', 'Lies behind `to`.')
  const department = departmentId ? parseGlobalId(departmentId, 'Department', 'filter.departmentId') : null
  const refusalOf = (adapter: ChatAdapter) => checkOfflineListAccess(adapter, ctx.call.caller)
  const able = selectListProviders(providers, refusalOf, path, ctx)
  const chosen = department ? able.filter(({ name }) => name === department.provider) : able
  const names = department && chosen[0] ? await namesOf(department, chosen[0], path, ctx) : null
  const received = states === null || states.includes('RECEIVED')
  return {
    listAdapters: received ? chosen.filter((adapter) => listsItsOwn(adapter, ctx)) : [],
    providerQuery: { from, to, text, departmentId: department?.departmentId ?? null },
    storedQuery: { providers: chosen, from, to, text, department: names, states },
  }
}

/** One page of all the lists as one, newest first. */
export async function readOfflineMessages(
  { listAdapters: listing, providerQuery: query, storedQuery: own }: OfflineMessageSelection,
  page: Pick<MergedListRequest<unknown>, 'limit' | 'after' | 'path'>,
  ctx: Context,
): Promise<Connection<OfflineMessage>> {
  const providerLists = listing.map((adapter) => ({
    name: adapter.name,
    open(resume: string | null) {
      const items = adapter.listOfflineMessages(query, resume, ctx.call)
      // What was sent from here comes back in the list of a provider that takes messages.
      const sent = acceptsOfflineMessages(adapter) ? { ...own, providers: [adapter] } : null
      return withMoments(sent ? ctx.storedMessages.withoutStored(items, sent) : items, ctx)
    },
  }))
  const ownList = {
    name: OWN,
    open: (resume: string | null) => withMoments(ctx.storedMessages.read(own, resume), ctx),
  }
  const read = await readMergedConnection({ ...page, lists: [...providerLists, ownList], isNewer }, ctx)
  return { ...read, edges: read.edges.map(({ cursor, node }) => ({ cursor, node: node.message })) }
}

/** How many match in all lists; null where one cannot tell. */
export async function countOfflineMessages(
  { listAdapters: listing, providerQuery: query, storedQuery: own }: OfflineMessageSelection,
  ctx: Context,
): Promise<number | null> {
  const counts = await Promise.all([
    ctx.storedMessages.count(own),
    ...listing.map((adapter) => adapter.countOfflineMessages(query, ctx.call)),
  ])
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count))
}

function listsItsOwn(adapter: ChatAdapter, { call }: Context): boolean {
  return checkCapability(adapter, 'LIST_OFFLINE_MESSAGES', call.caller) === null
}

/** What a department may have been called when a message was left for it: its id, or its name. */
async function namesOf(
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

/** A message with the moment by which it is put in order, in milliseconds since 1970. */
interface Dated {
  readonly message: OfflineMessage
  readonly at: number
}

async function* withMoments(items: AsyncIterable<OfflineMessageItem>, ctx: Context) {
  for await (const { message, resumeToken: resume } of items)
    yield { item: { message, at: momentOf(message, ctx) }, resumeToken: resume }
}

/** Where only the day is known, it is that day's beginning: of a day, those with a time come first. */
function momentOf({ provider, receivedAt, receivedOn }: OfflineMessage, { registry }: Context): number {
  if (receivedAt) return receivedAt.getTime()
  return receivedOn === null
    ? 0
    : startOfDay(registry.find(provider)?.timeZone ?? 'UTC', receivedOn).getTime()
}

function isNewer(a: Dated, b: Dated): boolean {
  return a.at > b.at
}
