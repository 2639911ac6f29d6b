import type { LiveChatSandbox, OfflineMessageItem } from '../../livechat/index.ts'

/** The `Authorization` header for a user and a password. */
export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** GETs a path of the classic API as the sandbox's own agent. */
export function getClassic(sandbox: LiveChatSandbox, path: string): Promise<Response> {
  const { login, apiKey } = sandbox.credentials
  return fetch(sandbox.url + path, { headers: { authorization: basic(login, apiKey) } })
}

/** The body of `GET /offline_messages`. */
export interface OfflineList {
  readonly offline_messages: readonly OfflineMessageItem[]
  readonly total: number
  readonly pages: number
}

/** GETs the offline message list with the given query string. */
export async function listOffline(sandbox: LiveChatSandbox, query = ''): Promise<OfflineList> {
  const response = await getClassic(sandbox, `/offline_messages${query}`)
  return (await response.json()) as OfflineList
}
