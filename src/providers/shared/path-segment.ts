import { notFound } from '../../domain/errors.ts'

/** Nothing, a step in a path, or half a character: what no provider gives out as an id. */
const IMPOSSIBLE = /^\.{0,2}$|\p{Surrogate}/u

/** A native id as a path segment. Ids are data: one that would change the path names nothing, and is NOT_FOUND. */
export function toPathSegment(id: string): string {
  if (IMPOSSIBLE.test(id)) throw notFound('id')
  return encodeURIComponent(id)
}
