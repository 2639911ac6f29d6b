import type { ObjectRef } from '@pothos/core'
import { invalidInput } from '../../domain/errors.ts'
import { builder } from '../builder.ts'

/** Position of a page in its list; the cursors are null on an empty page. */
export interface PageInfoShape {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly startCursor: string | null
  readonly endCursor: string | null
}

/** An item of a list with the cursor of its position. */
export interface Edge<T> {
  readonly cursor: string
  readonly node: T
}

/** A page of a list. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[]
  readonly nodes: readonly T[]
  readonly pageInfo: PageInfoShape
}

const PageInfo = builder.objectRef<PageInfoShape>('PageInfo').implement({
  description: 'Position of a page in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description: 'Whether the list has more items after `endCursor`.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'Whether the list has more items before `startCursor`.',
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'Cursor of the first edge of the page, for `before`; null on an empty page.',
    }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description:
        'Cursor for `after` of the next page. For messages it is also the cursor to subscribe after, and never null. In other lists an empty page repeats the cursor that it was requested with, or null on an empty first page.',
    }),
  }),
})

/** Complexity of `edges` and `nodes`: `pageComplexity` has already counted the items. */
const PAGE_ITEMS_COMPLEXITY = { field: 1, multiplier: 1 } as const

/** Texts of a connection's types and fields that differ from list to list. */
export interface ConnectionDescriptions {
  readonly connection: string
  readonly edge: string
  readonly cursor: string
  readonly node: string
}

/**
 * Declares `<name>Edge` and `<name>Connection`, in the form of the Relay specification plus `nodes`. `Extra` is what the
 * page has for further fields.
 */
export function connectionType<T extends object, Extra extends object = object>(
  name: string,
  node: ObjectRef<typeof builder.$inferSchemaTypes, T>,
  descriptions: ConnectionDescriptions,
) {
  const edge = builder.objectRef<Edge<T>>(`${name}Edge`).implement({
    description: descriptions.edge,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: descriptions.cursor }),
      node: t.expose('node', { type: node, description: descriptions.node }),
    }),
  })
  return builder.objectRef<Connection<T> & Extra>(`${name}Connection`).implement({
    description: descriptions.connection,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The items of the page, each with its cursor.',
        complexity: PAGE_ITEMS_COMPLEXITY,
        resolve: ({ edges }) => edges,
      }),
      nodes: t.field({
        type: [node],
        description: 'The items of the page without cursors.',
        complexity: PAGE_ITEMS_COMPLEXITY,
        resolve: ({ nodes }) => nodes,
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Position of the page in the list. Costs no call.',
        resolve: ({ pageInfo }) => pageInfo,
      }),
    }),
  })
}

/** Items of a page at most. */
const MAX_PAGE_SIZE = 100

/** Reads `first` or `last`; absent or null is `fallback`. Outside 1 to 100 is INVALID_INPUT at `field`. */
export function parsePageSize(value: number | null | undefined, field: string, fallback: number): number {
  if (value === null || value === undefined) return fallback
  if (value < 1 || value > MAX_PAGE_SIZE) throw invalidInput(field, `Must be from 1 to ${MAX_PAGE_SIZE}.`)
  return value
}

/** Complexity of a field that returns a page: its selection counts once per item that the page may hold. */
export function pageComplexity(args: { readonly first?: number | null | undefined }, fallback: number) {
  return { field: 1, multiplier: Math.min(Math.max(args.first ?? fallback, 1), MAX_PAGE_SIZE) }
}
