import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
/** Path of a value in a response: names of fields, and indexes of items. */
export type Path = readonly (string | number)[]

/** A proxy between gateway and sandbox that changes responses. */
export interface RewritingProxy {
  readonly url: string
  /** Changes responses of paths with this suffix from now on; null ends that. */
  rewrite(path: string, change: ((answer: Json) => Json) | null): void
  /** The longest original response of a path with this suffix. */
  longestResponse(path: string): Json
}

/** Starts a proxy of `target`; it is closed when the test is over. */
export async function startRewritingProxy(target: string): Promise<RewritingProxy> {
  let drifting: { path: string; change: (answer: Json) => Json } | null = null
  const answers: { readonly pathname: string; readonly body: string }[] = []
  const server = createServer(async (request, response) => {
    const answer = await forward(request, target)
    const body = await answer.text()
    const { pathname } = new URL(request.url ?? '', target)
    const isDue = drifting !== null && pathname.endsWith(drifting.path)
    answers.push({ pathname, body })
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(isDue && drifting ? JSON.stringify(drifting.change(JSON.parse(body))) : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rewrite: (path, change) => {
      drifting = change && { path, change }
    },
    longestResponse(path) {
      const bodies = answers.filter(({ pathname }) => pathname.endsWith(path)).map(({ body }) => body)
      return JSON.parse(bodies.reduce((long, body) => (body.length > long.length ? body : long), 'null'))
    },
  }
}

async function forward(request: IncomingMessage, target: string): Promise<Response> {
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  const sent = await text(request)
  return fetch(new URL(request.url ?? '', target), {
    method: request.method ?? 'GET',
    headers: kept,
    ...(sent === '' ? {} : { body: sent }),
  })
}

/** Returns the path of every leaf of a response. */
export function leafPathsOf(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) =>
    leafPathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

/** How a leaf may differ from the documentation. */
export const fieldChanges = [
  'left out',
  'null',
  'a number',
  'a text',
  'a list',
  'an object',
  'a boolean',
] as const
export type FieldChange = (typeof fieldChanges)[number]

/** Returns the response with one leaf changed. */
export function withChangedField(value: Json, [key, ...rest]: Path, drift: FieldChange): Json {
  if (key === undefined) return replacements[drift]
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => (index === key ? withChangedField(item, rest, drift) : item))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    if (name !== key) return [[name, inner] as const]
    return rest.length === 0 && drift === 'left out'
      ? []
      : [[name, withChangedField(inner, rest, drift)] as const]
  })
  return Object.fromEntries(entries)
}

const replacements: Readonly<Record<FieldChange, Json>> = {
  'left out': null,
  null: null,
  'a number': 7,
  'a text': 'an unknown word',
  'a list': ['of', 'something'],
  'an object': { of: 'something' },
  'a boolean': true,
}
