import type { Chat, LiveChatSandbox } from '../../livechat/index.ts'
import { basic } from './classic-client.ts'

/** One answer, read whole. */
export interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/** The fields of wire objects that tests read one by one; whole shapes are held in published-shapes.ts. */
export interface WireEvent {
  readonly id: string
  readonly type: string
  readonly created_at: string
  readonly author_id?: string
  readonly visibility?: string
  readonly text?: string
  readonly custom_id?: string
  readonly deleted?: boolean
  readonly system_message_type?: string
}

export interface WireThread {
  readonly id: string
  readonly created_at: string
  readonly active: boolean
  readonly user_ids: readonly string[]
  readonly events?: readonly WireEvent[]
  readonly tags?: readonly string[]
  readonly previous_thread_id?: string
  readonly next_thread_id?: string
}

export interface WireUser {
  readonly id: string
  readonly type: string
  readonly present: boolean
  readonly visibility?: string
  readonly events_seen_up_to?: string
}

export interface WireChat {
  readonly id: string
  readonly thread?: WireThread
  readonly users: readonly WireUser[]
}

/** The page ids of a list answer. */
export interface Links {
  readonly next_page_id?: string
  readonly previous_page_id?: string
}

export interface ChatList extends Links {
  readonly chats_summary: readonly { readonly id: string; readonly users: readonly WireUser[] }[]
  readonly found_chats: number
}

export interface ThreadList extends Links {
  readonly threads: readonly WireThread[]
  readonly found_threads: number
}

export interface ArchiveList extends Links {
  readonly chats: readonly (WireChat & { readonly thread: WireThread })[]
  readonly found_chats: number
}

/** How a call is made other than by default. */
export interface Asking {
  /** Null sends none. */
  readonly authorization?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** POSTs JSON (or a text as it is) and reads the JSON answer; an empty one as undefined. */
export async function post<T = unknown>(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T }
}

/** The `Authorization` of the sandbox's own agent. */
export function ownAgent({ credentials }: LiveChatSandbox): string {
  return basic(credentials.accountId, credentials.personalAccessToken)
}

/** The `Authorization` of an agent by a fresh personal access token. */
export function agentAuth(sandbox: LiveChatSandbox, agentId: string, scopes?: readonly string[]): string {
  const { accountId, token } = sandbox.tokens.personalAccessToken({ agentId, ...(scopes && { scopes }) })
  return basic(accountId, token)
}

/** Calls a method of the Agent Chat API, as the sandbox's own agent unless told otherwise. */
export function callAgent<T = unknown>(
  sandbox: LiveChatSandbox,
  action: string,
  input: unknown = {},
  { authorization = ownAgent(sandbox), headers = {} }: Asking = {},
): Promise<Answer<T>> {
  return post<T>(`${sandbox.url}/v3.6/agent/action/${action}`, input, {
    ...(authorization !== null && { authorization }),
    ...headers,
  })
}

/** Calls a method of the Configuration API. */
export function callConfiguration<T = unknown>(
  sandbox: LiveChatSandbox,
  action: string,
  input: unknown = {},
  { authorization = ownAgent(sandbox) }: Asking = {},
): Promise<Answer<T>> {
  return post<T>(`${sandbox.url}/v3.6/configuration/action/${action}`, input, {
    ...(authorization !== null && { authorization }),
  })
}

/** Calls a method of the Customer Chat API as a customer. */
export function callCustomer<T = unknown>(
  sandbox: LiveChatSandbox,
  customerId: string,
  action: string,
  input: unknown = {},
): Promise<Answer<T>> {
  const organization = sandbox.credentials.organizationId
  return post<T>(`${sandbox.url}/v3.6/customer/action/${action}?organization_id=${organization}`, input, {
    authorization: `Bearer ${sandbox.tokens.customerToken(customerId)}`,
  })
}

/** The customer's id of a chat. */
export function customerIdOf(chat: Chat): string {
  return chat.users.find(({ type }) => type === 'customer')?.id ?? ''
}

/** The id of the newest thread of a chat. */
export function lastThreadId(chat: Chat): string {
  return chat.threads.at(-1)?.id ?? ''
}

/** The error body of a v3 API. */
export const apiError = (type: string, message?: string) => ({ error: { type, ...(message && { message }) } })
