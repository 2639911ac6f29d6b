import { createClient } from '@switchboard/client'
import * as z from 'zod/mini'
import { SignInQuery } from './documents.ts'

/** The gateway's address next to the page. */
export const GATEWAY = 'graphql'

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
  const client = createClient({ url: GATEWAY, credential: { operatorKey: key } })
  const { data, errors } = await client.execute(SignInQuery, {})
  if (data) return data.viewer.role === 'OPERATOR'
  if (errors.some(({ code }) => code === 'UNAUTHENTICATED')) return false
  throw errors[0]
}
