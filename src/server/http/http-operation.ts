import { parseJson } from '../../domain/json.ts'

/** A GraphQL request over HTTP, in the form that the GraphQL engine takes. */
export interface HttpOperation {
  /** Path and query string. */
  readonly url: string
  /** Null for a GET request. */
  readonly body: string | null
  /** The parsed body, or the query string if it may contain a document id. Undefined if it is not JSON. */
  readonly params: unknown
}

export function parseHttpOperation(url: string, body: string | null): HttpOperation {
  return { url, body, params: body === null ? parseQueryString(url) : parseJson(body) }
}

/** Returns the operation with the text of its document. */
export function withDocumentText({ url, body, params }: HttpOperation, text: string): HttpOperation {
  const completed = { ...Object(params), query: text }
  if (body !== null) return { url, body: JSON.stringify(completed), params: completed }
  const search = searchParams(url)
  search.set('query', text)
  return { url: `${url.split('?', 1)[0]}?${search}`, body, params: completed }
}

function parseQueryString(url: string): unknown {
  if (!/[?&](documentId|extensions)=/.test(url)) return undefined
  const search = searchParams(url)
  return {
    query: search.get('query'),
    documentId: search.get('documentId'),
    extensions: parseJson(search.get('extensions') ?? ''),
  }
}

function searchParams(url: string): URLSearchParams {
  return new URLSearchParams(url.slice(url.indexOf('?') + 1))
}
