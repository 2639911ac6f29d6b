import * as z from 'zod/mini'

const KEPT_AS = 'switchboard-session'
const session = z.object({ roomId: z.string(), token: z.string() })

/** A conversation that this visitor started. The token is secret: it stays in this tab. */
export type StoredSession = z.infer<typeof session>

export function loadSession(): StoredSession | null {
  const text = sessionStorage.getItem(KEPT_AS)
  if (text === null) return null
  const parsed = session.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}

export function saveSession(kept: StoredSession): void {
  sessionStorage.setItem(KEPT_AS, JSON.stringify(kept))
}

export function clearSession(): void {
  sessionStorage.removeItem(KEPT_AS)
}
