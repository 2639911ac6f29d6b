import type { ChatAdapter } from '../../domain/adapter.ts'
import { ChatError, invalidInput } from '../../domain/errors.ts'
import { selectProviders } from '../access/provider-access.ts'
import type { Context } from '../context.ts'
import type { Connection } from './connection.ts'
import { type ListPositions, type MergeSource, mergeNewestFirst, type SortTime } from './k-way-merge.ts'
import { decodeListCursor, encodeListCursor } from './list-cursor.ts'

/** A page of a list that is merged from several lists. */
export interface MergedPageRequest<T> {
  /** The lists by name, usually the name of the provider. */
  readonly lists: readonly Omit<MergeSource<T>, 'position'>[]
  readonly limit: number
  readonly after: string | null | undefined
  /** Response key of the field, under which failures are reported. */
  readonly path: string | number
  readonly sortTime: SortTime<T>
}

/** Reads one page. A list that fails is missing from the page, and its failure is reported in `errors` of the response. */
export async function readMergedConnection<T>(
  { lists, limit, after, path, sortTime }: MergedPageRequest<T>,
  ctx: Context,
): Promise<Connection<T>> {
  const positions = parseListCursor(after)
  // A list that the cursor does not name was read to its end.
  const unread = lists.filter(({ name }) => positions === null || Object.hasOwn(positions, name))
  const sources = unread.map(({ name, open }): MergeSource<T> => {
    return { name, open, position: positions?.[name] ?? null }
  })
  const onFailure = (error: unknown) => {
    // A resume token that the provider cannot read is the client's mistake, not a failure of the provider.
    if (!(error instanceof ChatError) || error.code === 'INVALID_INPUT') throw error
    ctx.partialFailures.push({ path: [path], error })
  }
  const page = await mergeNewestFirst(sources, limit, sortTime, onFailure)
  const edges = page.items.map((each) => ({ cursor: encodeListCursor(each.positions), node: each.item }))
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: page.hasMore,
      hasPreviousPage: positions !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? after ?? null,
    },
  }
}

/**
 * Selects the providers whose lists a filter requests. If no provider can list, reports the reasons in `errors`, so that the
 * client knows why the page is empty.
 */
export function selectListProviders(
  names: readonly string[] | null | undefined,
  check: (adapter: ChatAdapter) => ChatError | null,
  path: string | number,
  ctx: Context,
): readonly ChatAdapter[] {
  const { adapters, errors } = selectProviders(names, 'filter.providers', check, ctx)
  if (adapters.length === 0) ctx.partialFailures.push(...errors.map((error) => ({ path: [path], error })))
  return adapters
}

function parseListCursor(after: string | null | undefined): ListPositions | null {
  if (after === null || after === undefined) return null
  const positions = decodeListCursor(after)
  if (positions) return positions
  throw invalidInput('after', 'Must be a cursor of this list.')
}
