import type { ChatAdapter } from '../chat/adapter.ts'
import { type Capability, refusal } from '../chat/capability.ts'
import { ChatError, invalidInput } from '../chat/errors.ts'
import { decodeListCursor, encodeListCursor, type ListPositions } from '../lists/list-cursor.ts'
import { type MergeItem, mergeNewestFirst } from '../lists/merge.ts'
import { expectProvider } from './access.ts'
import type { Connection } from './connection.ts'
import type { Context } from './context.ts'

/** How one list of a kind is read from every provider that has it. */
export interface MergedListRequest<T> {
  readonly adapters: readonly ChatAdapter[]
  readonly limit: number
  readonly after: string | null | undefined
  /** The response key of the field: where failures are told. */
  readonly path: string | number
  readonly open: (adapter: ChatAdapter, resume: string | null) => AsyncIterable<MergeItem<T>>
  readonly isNewer: (a: T, b: T) => boolean
}

/** One page of all providers' lists as one. A provider that fails costs its own part, and is told beside it. */
export async function readMergedList<T>(request: MergedListRequest<T>, ctx: Context): Promise<Connection<T>> {
  const { adapters, after, limit, path } = request
  const positions = positionsOf(after)
  // A provider that the cursor does not name was read to its end.
  const unread = adapters.filter(({ name }) => positions === null || Object.hasOwn(positions, name))
  const sources = unread.map((adapter) => ({
    name: adapter.name,
    resume: positions?.[adapter.name] ?? null,
    open: (resume: string | null) => request.open(adapter, resume),
  }))
  const tell = (error: unknown) => {
    // A cursor that is none of its provider's is the client's mistake, not the provider's failure.
    if (!(error instanceof ChatError) || error.code === 'INVALID_INPUT') throw error
    ctx.partial.push({ path: [path], error })
  }
  const page = await mergeNewestFirst(sources, limit, request.isNewer, tell)
  const edges = page.items.map(({ item, positions: at }) => ({ cursor: encodeListCursor(at), node: item }))
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasMore,
      hasPreviousPage: positions !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? after ?? null,
    },
  }
}

/**
 * The providers whose lists a filter asks for. One that was named and cannot list is the client's mistake. Of
 * the unnamed, those that cannot are left out; where that leaves none, an empty page is told why it is empty.
 */
export function listingProviders(
  names: readonly string[] | null | undefined,
  capability: Capability,
  path: string | number,
  ctx: Context,
): readonly ChatAdapter[] {
  const named = names
    ? [...new Set(names.map((name) => expectProvider(name, 'filter.providers', ctx)))]
    : null
  const asked = (named ?? ctx.registry.all).map((adapter) => ({
    adapter,
    refused: refusal(adapter, capability, ctx.call.caller),
  }))
  const able = asked.flatMap(({ adapter, refused }) => (refused ? [] : [adapter]))
  for (const { refused } of asked) {
    if (refused && named) throw refused
    if (refused && able.length === 0) ctx.partial.push({ path: [path], error: refused })
  }
  return able
}

function positionsOf(after: string | null | undefined): ListPositions | null {
  if (after === null || after === undefined) return null
  const positions = decodeListCursor(after)
  if (positions) return positions
  throw invalidInput('after', 'This is not a cursor of this list.')
}
