/** Members whose values depend on the time, or are chosen at random. */
const volatileMembers = new Set(['requestId', 'retryAfterMs', 'lagMs', 'latencyMs', 'checkedAt'])
const EPOCH_MS = /(?<!\d)\d{13}(?!\d)/g

/**
 * Parses a JSON body and replaces the values that differ between equal responses. Cursors of lists contain the time of the
 * request: times after `since`, in epoch ms, are replaced. Any other body stays as it is.
 */
export function normalizeBody(text: string, since: number): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (volatileMembers.has(name) && value !== null) return `a ${name}`
      return typeof value === 'string' ? normalizeCursor(value, since) : value
    }) as unknown
  } catch {
    return text
  }
}

function normalizeCursor(text: string, since: number): string {
  const decoded = Buffer.from(text, 'base64url').toString()
  const replaced = decoded.replace(EPOCH_MS, (time) => (Number(time) >= since ? 'now' : time))
  return replaced === decoded ? text : replaced
}
