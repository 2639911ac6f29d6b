/** A part of a result that was serialized before. */
export class JsonText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** For a consumer that serializes the whole result with `JSON.stringify`. */
  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}

/**
 * Serializes a result that contains parts which were serialized before. Takes longer than `JSON.stringify` for a result
 * without such parts.
 */
export function stringifyWithTexts(value: unknown): string {
  if (value instanceof JsonText) return value.text
  if (Array.isArray(value)) return `[${value.map(stringifyWithTexts).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  let members = ''
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${stringifyWithTexts(member)}`
  }
  return `{${members}}`
}
