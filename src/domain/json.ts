/** Maximum nesting depth of incoming JSON. No payload of the gateway or the providers needs ten. */
export const MAX_JSON_DEPTH = 100
/** Error detail for deeper JSON. */
export const TOO_DEEP_DETAIL = `Send JSON that is nested ${MAX_JSON_DEPTH} deep at most.`

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** Brackets and braces differ only in this bit. */
const BRACE = 0x20
const OPENING = 0x7b
const CLOSING = 0x7d

/**
 * Whether a text nests arrays and objects deeper than MAX_JSON_DEPTH. `JSON.parse` accepts any depth, but code that walks
 * the value recursively would overflow the stack, so the text is scanned first, in one pass.
 */
export function isNestedTooDeep(text: string): boolean {
  if (text.length <= MAX_JSON_DEPTH) return false
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if ((code | BRACE) === CLOSING) depth -= 1
    else if ((code | BRACE) === OPENING) {
      depth += 1
      if (depth > MAX_JSON_DEPTH) return true
    }
  }
  return false
}

/** Parses JSON. Returns undefined for text that is not JSON or is nested deeper than MAX_JSON_DEPTH. */
export function parseJson(text: string): unknown {
  if (isNestedTooDeep(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The members of a JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object, and no array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Finds the quote that ends the string starting at `start`; gives the text's length where there is none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

/** Whether an odd number of backslashes precedes a character. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1
  return backslashes % 2 === 1
}
