import * as z from 'zod/mini'

const KEPT_AS = 'switchboard-visit'
const visit = z.object({ roomId: z.string(), token: z.string() })

/** A conversation that this visitor has begun. The token is a secret of theirs: it stays in this tab. */
export type Visit = z.infer<typeof visit>

export function keptVisit(): Visit | null {
  const text = sessionStorage.getItem(KEPT_AS)
  if (text === null) return null
  const parsed = visit.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}

export function keepVisit(kept: Visit): void {
  sessionStorage.setItem(KEPT_AS, JSON.stringify(kept))
}

export function forgetVisit(): void {
  sessionStorage.removeItem(KEPT_AS)
}
