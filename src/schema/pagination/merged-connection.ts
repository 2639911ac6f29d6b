import type { ChatAdapter } from '../../domain/adapter.ts'
import { ChatError, invalidInput } from '../../domain/errors.ts'
import { selectProviders } from '../access/provider-access.ts'
import type { Context } from '../context.ts'
import type { Connection } from './connection.ts'
import { type MergeItem, mergeNewestFirst } from './k-way-merge.ts'
import { decodeListCursor, encodeListCursor, type ListPositions } from './list-cursor.ts'

/** One of the lists to merge, by a name of its own: mostly its provider's. */
export interface NamedList<T> {
  readonly name: string
  readonly open: (resume: string | null) => AsyncIterable<MergeItem<T>>
}

/** How the lists of one kind are read, one of every provider that has it. */
export interface MergedListRequest<T> {
  readonly lists: readonly NamedList<T>[]
  readonly limit: number
  readonly after: string | null | undefined
  /** The response key of the field: where failures are told. */
  readonly path: string | number
  readonly isNewer: (a: T, b: T) => boolean
}

/** One page of all lists as one. A list that fails costs its own part, and is told beside it. */
export async function readMergedConnection<T>(
  request: MergedListRequest<T>,
  ctx: Context,
): Promise<Connection<T>> {
  const { lists, after, limit, path } = request
  const positions = positionsOf(after)
  // A list that the cursor does not name was read to its end.
  const unread = lists.filter(({ name }) => positions === null || Object.hasOwn(positions, name))
  const sources = unread.map((list) => ({ ...list, resumeToken: positions?.[list.name] ?? null }))
  const tell = (error: unknown) => {
    // A cursor that is none of its provider's is the client's mistake, not the provider's failure.
    if (!(error instanceof ChatError) || error.code === 'INVALID_INPUT') throw error
    ctx.partialFailures.push({ path: [path], error })
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

/** The providers whose lists a filter asks for. Where none can list, an empty page is told why it is empty. */
export function selectListProviders(
  names: readonly string[] | null | undefined,
  refusalOf: (adapter: ChatAdapter) => ChatError | null,
  path: string | number,
  ctx: Context,
): readonly ChatAdapter[] {
  const { adapters: able, errors: refused } = selectProviders(names, 'filter.providers', refusalOf, ctx)
  if (able.length === 0) ctx.partialFailures.push(...refused.map((error) => ({ path: [path], error })))
  return able
}

function positionsOf(after: string | null | undefined): ListPositions | null {
  if (after === null || after === undefined) return null
  const positions = decodeListCursor(after)
  if (positions) return positions
  throw invalidInput('after', 'This is not a cursor of this list.')
}
