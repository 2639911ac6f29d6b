import { stringifyDocument } from 'urql'
import * as z from 'zod/mini'
import { SignInQuery } from './documents.ts'

const KEPT_AS = 'switchboard-operator-key'
const sandbox = z.object({ operatorKey: z.string() })

/** The operator's key, if someone signed in in this tab. It is stored until the tab is closed. */
export function loadKey(): string | null {
  return sessionStorage.getItem(KEPT_AS)
}

export function saveKey(key: string): void {
  sessionStorage.setItem(KEPT_AS, key)
}

export function clearKey(): void {
  sessionStorage.removeItem(KEPT_AS)
}

/** The key that a sandbox gives to everyone who opens its console; null with real providers. */
export async function fetchSandboxKey(): Promise<string | null> {
  const response = await fetch('sandbox.json').catch(() => null)
  if (!response?.ok) return null
  const parsed = sandbox.safeParse(await response.json().catch(() => null))
  return parsed.success ? parsed.data.operatorKey : null
}

/** Whether the gateway accepts the key as an operator's. Rejects where the gateway cannot be reached. */
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
