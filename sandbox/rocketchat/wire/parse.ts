import type { WireRequest } from '../../wire-server.ts'

/**
 * The JSON body; another content type, broken JSON or a lone value all count as `{}`
 * (docs/providers/rocketchat.md 0).
 */
export function parseBody(request: WireRequest): unknown {
  if (!request.headers['content-type']?.includes('application/json')) return {}
  try {
    const body: unknown = JSON.parse(request.body.toString())
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}

/**
 * The query, with `key[]=a&key[]=b` and repeated keys as arrays, all else as strings
 * (docs/providers/rocketchat.md 0).
 */
export function parseQuery(rawQuery: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const key = name.endsWith('[]') ? name.slice(0, -2) : name
    const earlier = query[key]
    if (earlier === undefined) query[key] = name === key ? value : [value]
    else query[key] = [earlier, value].flat()
  }
  return query
}
