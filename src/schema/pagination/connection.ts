import { invalidInput } from '../../domain/errors.ts'
import { builder } from '../builder.ts'

/** Where a page lies in its list; a cursor is null on an empty page. */
export interface PageInfoShape {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly startCursor: string | null
  readonly endCursor: string | null
}

/** An item with its place in its list. */
export interface Edge<T> {
  readonly cursor: string
  readonly node: T
}

/** A page of a list. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[]
  readonly pageInfo: PageInfoShape
}

export const PageInfo = builder.objectRef<PageInfoShape>('PageInfo').implement({
  description: 'Where a page lies in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether there is more behind `endCursor`.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'Whether there is more before `startCursor`.',
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'The cursor of the first edge.',
    }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'The cursor to go on from, with `after`; for messages also the cursor to subscribe after.',
    }),
  }),
})

/** The most that a page may hold. */
const MAX_PAGE = 100

/** `first` or `last` as a client gave it, or the default; outside 1 to 100 is INVALID_INPUT. */
export function parsePageSize(value: number | null | undefined, field: string, fallback: number): number {
  if (value === null || value === undefined) return fallback
  if (value < 1 || value > MAX_PAGE) throw invalidInput(field, `Takes 1 to ${MAX_PAGE}.`)
  return value
}

/** How much a page weighs: as much as it may hold. */
export function pageComplexity(args: { readonly first?: number | null | undefined }, fallback: number) {
  return { field: 1, multiplier: Math.min(Math.max(args.first ?? fallback, 1), MAX_PAGE) }
}

/** The lists inside a page weigh no more than it: the page's own size has been counted. */
export const PAGE_ITEMS_COMPLEXITY = { field: 1, multiplier: 1 } as const
