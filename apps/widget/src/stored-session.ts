import * as z from 'zod/mini'

/** Tabs that stay open across an upgrade have their room under this key, so it must not change. */
const STORAGE_KEY = 'switchboard-visit'
const session = z.object({ roomId: z.string(), token: z.string() })

/** A conversation that this visitor started. The token is secret: it stays in this tab. */
export type StoredSession = z.infer<typeof session>

export function loadSession(): StoredSession | null {
  const text = sessionStorage.getItem(STORAGE_KEY)
  if (text === null) return null
  const parsed = session.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}

export function saveSession(stored: StoredSession): void {
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(stored))
}

export function clearSession(): void {
  sessionStorage.removeItem(STORAGE_KEY)
}
