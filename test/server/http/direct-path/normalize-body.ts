import { pathOfFirstNull } from '../../../support/first-null.ts'

/** Members whose values depend on the time, or are chosen at random. */
export const volatileMembers: ReadonlySet<string> = new Set([
  'requestId',
  'retryAfterMs',
  'lagMs',
  'latencyMs',
  'checkedAt',
  'longestWaitMs',
  'medianWaitMs',
])
const EPOCH_MS = /(?<!\d)\d{13}(?!\d)/g

/**
 * Parses a JSON body and replaces what differs between equal responses: times after `since` in the cursors of lists, in
 * epoch ms, the order of errors, and the values of `members`. Any other body stays as it is.
 */
export function normalizeBody(text: string, since: number, members: readonly string[] = []): unknown {
  try {
    const body: unknown = JSON.parse(text, (name, value: unknown) => {
      if ((volatileMembers.has(name) || members.includes(name)) && value !== null) return `a ${name}`
      return typeof value === 'string' ? normalizeCursor(value, since) : value
    })
    const { data, errors, ...rest } = Object(body)
    return Array.isArray(errors) ? { data, errors: normalizeErrors(data, errors), ...rest } : body
  } catch {
    return text
  }
}

function normalizeCursor(text: string, since: number): string {
  const decoded = Buffer.from(text, 'base64url').toString()
  const replaced = decoded.replace(EPOCH_MS, (time) => (Number(time) >= since ? 'now' : time))
  return replaced === decoded ? text : replaced
}

/**
 * The errors by the null that they explain, in no order. Which of several errors below the same null is reported depends on
 * the order in which they occur.
 */
function normalizeErrors(data: unknown, errors: readonly unknown[]): unknown {
  if (data === undefined || data === null) return errors
  const byNull = new Map<string, unknown[]>()
  const isBelow = new Set<string>()
  for (const error of errors) {
    const path: readonly (string | number)[] = Object(error).path ?? []
    const nullPath = pathOfFirstNull(data, path)
    const key = nullPath.join('.')
    if (nullPath.length < path.length) isBelow.add(key)
    else byNull.set(key, [...(byNull.get(key) ?? []), error])
  }
  for (const key of isBelow) if (!byNull.has(key)) byNull.set(key, ['an error below'])
  return Object.fromEntries(byNull)
}
