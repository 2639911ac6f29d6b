import type { Answer } from '../util/client.ts'

/** An HTTP answer, read whole. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface Operation {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly operationName?: string
}

/** Sends a request and reads its answer whole. */
export async function request(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Sends an operation, as text that may be invalid, the way clients do. */
export function post(
  url: string,
  operation: Operation,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const body = JSON.stringify(operation)
  return request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
}

/** An answer's GraphQL half. */
export function answerOf({ text }: Reply): Answer<unknown> {
  return JSON.parse(text) as Answer<unknown>
}

/** The same gateway's other doors: `/health` and so on. */
export function door(url: string, path: string): string {
  return new URL(path, url).href
}
