import { stringifyDocument } from 'urql'
import * as z from 'zod/mini'
import { SignInQuery } from './documents.ts'

const KEPT_AS = 'switchboard-operator-key'
const sandbox = z.object({ operatorKey: z.string() })

/** The operator's key of this tab, if somebody has signed in here. It is kept until the tab is closed. */
export function keptKey(): string | null {
  return sessionStorage.getItem(KEPT_AS)
}

export function keepKey(key: string): void {
  sessionStorage.setItem(KEPT_AS, key)
}

export function forgetKey(): void {
  sessionStorage.removeItem(KEPT_AS)
}

/** The key that a sandbox gives away to whoever opens its console; null where real providers are behind it. */
export async function sandboxKey(): Promise<string | null> {
  const response = await fetch('sandbox.json').catch(() => null)
  if (!response?.ok) return null
  const parsed = sandbox.safeParse(await response.json().catch(() => null))
  return parsed.success ? parsed.data.operatorKey : null
}

/** Whether the gateway knows the key as an operator's. Rejects where the gateway cannot be reached. */
export async function isOperatorKey(key: string): Promise<boolean> {
  const response = await fetch('graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: stringifyDocument(SignInQuery) }),
  })
  if (response.status === 401) return false
  const { data } = z
    .object({ data: z.object({ viewer: z.object({ role: z.string() }) }) })
    .parse(await response.json())
  return data.viewer.role === 'OPERATOR'
}
