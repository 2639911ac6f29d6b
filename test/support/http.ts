import { once } from 'node:events'
import { type IncomingMessage, request as open } from 'node:http'
import { text } from 'node:stream/consumers'
import type { OperationResult } from './graphql-client.ts'

/** A complete HTTP response. */
export interface HttpReply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface Operation {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly operationName?: string
}

/** Sends a request and reads the complete response. */
export async function request(url: string, init: RequestInit = {}): Promise<HttpReply> {
  const response = await fetch(url, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

export interface HostRequestInit {
  readonly method?: string
  /** May include `host`, which `fetch` does not allow. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends a request with any Host header and reads the complete response. */
export async function requestWithHost(
  url: string,
  { method = 'GET', headers, body }: HostRequestInit,
): Promise<HttpReply> {
  const sent = open(url, { method, headers, agent: false })
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  sent.end(body)
  const [response] = await answered
  const answer = new Headers()
  for (const [name, values = []] of Object.entries(response.headersDistinct))
    for (const value of values) answer.append(name, value)
  return { status: response.statusCode ?? 0, headers: answer, text: await text(response) }
}

/** Sends an operation, which may be invalid. */
export function post(
  url: string,
  operation: Operation,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpReply> {
  const body = JSON.stringify(operation)
  return request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
}

/** The GraphQL result in a response. */
export function parseAnswer({ text }: HttpReply): OperationResult<unknown> {
  return JSON.parse(text) as OperationResult<unknown>
}

/** The URL of another path of the same gateway, such as `/health`. */
export function endpointUrl(url: string, path: string): string {
  return new URL(path, url).href
}
