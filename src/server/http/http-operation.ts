import { parseJson } from '../../domain/json.ts'

/** A GraphQL request over HTTP, as the engine is given it. */
export interface HttpOperation {
  /** Path and query. */
  readonly url: string
  /** Null for a request by GET. */
  readonly body: string | null
  /** The members of the body, or of the URL where there may be an id among them; undefined where it is no JSON. */
  readonly params: unknown
}

/** Reads what a request asks for. */
export function parseHttpOperation(url: string, body: string | null): HttpOperation {
  return { url, body, params: body === null ? paramsOf(url) : parseJson(body) }
}

/** The same operation with the text of its document. */
export function withDocumentText({ url, body, params }: HttpOperation, text: string): HttpOperation {
  const completed = { ...Object(params), query: text }
  if (body !== null) return { url, body: JSON.stringify(completed), params: completed }
  const search = searchOf(url)
  search.set('query', text)
  return { url: `${url.split('?', 1)[0]}?${search}`, body, params: completed }
}

function paramsOf(url: string): unknown {
  if (!/[?&](documentId|extensions)=/.test(url)) return undefined
  const search = searchOf(url)
  return {
    query: search.get('query'),
    documentId: search.get('documentId'),
    extensions: parseJson(search.get('extensions') ?? ''),
  }
}

function searchOf(url: string): URLSearchParams {
  return new URLSearchParams(url.slice(url.indexOf('?') + 1))
}
