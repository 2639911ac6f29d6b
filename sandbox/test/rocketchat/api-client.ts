import { z } from 'zod'

/** An answer with its body parsed where it is JSON, and as text otherwise. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

type Fields = Readonly<Record<string, unknown>>
type HeaderFields = Readonly<Record<string, string>>

/** Calls below `/api/v1/`, bodies as JSON. */
export interface Api {
  get(path: string, query?: Readonly<Record<string, string>>, headers?: HeaderFields): Promise<Answer>
  post(path: string, body: Fields, headers?: HeaderFields): Promise<Answer>
  put(path: string, body: Fields): Promise<Answer>
  delete(path: string, body?: Fields): Promise<Answer>
  /** Any request to any path of the server. */
  raw(path: string, init?: RequestInit): Promise<Answer>
}

export function createApi(url: string): Api {
  const raw = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('application/json')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
  const send = (method: string, path: string, body: Fields, headers: HeaderFields = {}): Promise<Answer> =>
    raw(`/api/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    raw,
    get: (path, query = {}, headers = {}) =>
      raw(`/api/v1/${path}?${new URLSearchParams(query)}`, { headers }),
    post: (path, body, headers) => send('POST', path, body, headers),
    put: (path, body) => send('PUT', path, body),
    delete: (path, body) =>
      body ? send('DELETE', path, body) : raw(`/api/v1/${path}`, { method: 'DELETE' }),
  }
}

const message = z.looseObject({ _id: z.string(), rid: z.string(), msg: z.string(), ts: z.string() })

/** A message as it came over the wire. */
export type WireMessage = z.infer<typeof message>

/** The `messages` of a history answer. */
export function messagesOf(answer: Answer): WireMessage[] {
  return z.looseObject({ messages: z.array(message) }).parse(answer.body).messages
}

/** The `message` of a send, read or edit answer. */
export function messageOf(answer: Answer): WireMessage {
  return z.looseObject({ message }).parse(answer.body).message
}

/** The `room` of a room answer. */
export function roomOf(answer: Answer): { readonly _id: string } {
  return z.looseObject({ room: z.looseObject({ _id: z.string() }) }).parse(answer.body).room
}
