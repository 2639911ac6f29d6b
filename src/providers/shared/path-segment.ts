import { notFound } from '../../domain/errors.ts'

/** Empty, a step in a path, or half a character: no provider uses these as ids. */
const IMPOSSIBLE_ID = /^\.{0,2}$|\p{Surrogate}/u

/** Characters that mean nothing in a path and need no encoding; nearly all ids consist of them. */
const PLAIN_ID = /^[\w-]+$/

/** Encodes a native id as a path segment. Throws NOT_FOUND for an id that would change the path. */
export function toPathSegment(id: string): string {
  if (PLAIN_ID.test(id)) return id
  if (IMPOSSIBLE_ID.test(id)) throw notFound('id')
  return encodeURIComponent(id)
}
