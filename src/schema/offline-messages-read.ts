import { z } from 'zod'
import type { ChatAdapter, OfflineItem, OfflineQuery } from '../chat/adapter.ts'
import { refusal, takesOfflineMessages } from '../chat/capability.ts'
import { startOfDay } from '../chat/days.ts'
import { ChatError, invalidInput } from '../chat/errors.ts'
import type { OfflineMessage, OfflineMessageState } from '../chat/model.ts'
import type { OwnQuery } from '../offline/offline-list.ts'
import type { Connection } from './connection.ts'
import type { Context } from './context.ts'
import { optionalLine, validate } from './input.ts'
import { listingProviders, type MergedListRequest, readMergedList } from './merged-list.ts'
import { expectId } from './node.ts'
import { offlineListRefusal } from './offline-access.ts'

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
export interface ChosenOffline {
  /** The providers whose own lists are read. */
  readonly listing: readonly ChatAdapter[]
  readonly query: OfflineQuery
  readonly own: OwnQuery
}

/** Reads a filter; `path` is where it is told that nobody can list. Throws INVALID_INPUT, and UNSUPPORTED for the named. */
export async function chooseOffline(
  { providers, departmentId, states = null, ...filter }: Filter,
  path: string | number,
  ctx: Context,
): Promise<ChosenOffline> {
  const { from = null, to = null } = filter
  const { text } = validate(searchInput, { filter }).filter
  if (from !== null && to !== null && from > to) throw invalidInput('filter.from', 'Lies behind `to`.')
  const department = departmentId ? expectId(departmentId, 'Department', 'filter.departmentId') : null
  const refusalOf = (adapter: ChatAdapter) => offlineListRefusal(adapter, ctx.call.caller)
  const able = listingProviders(providers, refusalOf, path, ctx)
  const chosen = department ? able.filter(({ name }) => name === department.provider) : able
  const names = department && chosen[0] ? await namesOf(department, chosen[0], path, ctx) : null
  const received = states === null || states.includes('RECEIVED')
  return {
    listing: received ? chosen.filter((adapter) => listsItsOwn(adapter, ctx)) : [],
    query: { from, to, text, departmentId: department?.departmentId ?? null },
    own: { providers: chosen, from, to, text, department: names, states },
  }
}

/** One page of all the lists as one, newest first. */
export async function readOffline(
  { listing, query, own }: ChosenOffline,
  page: Pick<MergedListRequest<unknown>, 'limit' | 'after' | 'path'>,
  ctx: Context,
): Promise<Connection<OfflineMessage>> {
  const providerLists = listing.map((adapter) => ({
    name: adapter.name,
    open(resume: string | null) {
      const items = adapter.listOfflineMessages(query, resume, ctx.call)
      // What was sent from here comes back in the list of a provider that takes messages.
      const sent = takesOfflineMessages(adapter) ? { ...own, providers: [adapter] } : null
      return withMoments(sent ? ctx.offlineList.withoutOwn(items, sent) : items, ctx)
    },
  }))
  const ownList = {
    name: OWN,
    open: (resume: string | null) => withMoments(ctx.offlineList.read(own, resume), ctx),
  }
  const read = await readMergedList({ ...page, lists: [...providerLists, ownList], isNewer }, ctx)
  return { ...read, edges: read.edges.map(({ cursor, node }) => ({ cursor, node: node.message })) }
}

/** How many match in all lists; null where one cannot tell. */
export async function countOffline(
  { listing, query, own }: ChosenOffline,
  ctx: Context,
): Promise<number | null> {
  const counts = await Promise.all([
    ctx.offlineList.count(own),
    ...listing.map((adapter) => adapter.countOfflineMessages(query, ctx.call)),
  ])
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count))
}

function listsItsOwn(adapter: ChatAdapter, { call }: Context): boolean {
  return refusal(adapter, 'LIST_OFFLINE_MESSAGES', call.caller) === null
}

/** What a department may have been called when a message was left for it: its id, or its name. */
async function namesOf(
  key: { readonly provider: string; readonly departmentId: string },
  adapter: ChatAdapter,
  path: string | number,
  ctx: Context,
): Promise<readonly string[]> {
  if (!takesOfflineMessages(adapter)) return [key.departmentId]
  try {
    const name = (await ctx.loaders.departments.load(key))?.name ?? null
    return name === null ? [key.departmentId] : [key.departmentId, name]
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    ctx.partial.push({ path: [path], error })
    return [key.departmentId]
  }
}

/** A message with the moment by which it is put in order, in milliseconds since 1970. */
interface Dated {
  readonly message: OfflineMessage
  readonly at: number
}

async function* withMoments(items: AsyncIterable<OfflineItem>, ctx: Context) {
  for await (const { message, resume } of items)
    yield { item: { message, at: momentOf(message, ctx) }, resume }
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
