import type { SchemaObject } from 'ajv'

/** The error of a value and its path, with the message of Meteor's `check`. */
export interface Mismatch {
  readonly text: string
  readonly path: string
}

/**
 * Validates a value like Meteor's `check`, which some routes, and all of 4.x and older, use in place of a
 * validator: nothing is coerced, and the value's keys are checked in their own order, before missing ones. Supports
 * objects, arrays, strings and booleans with `nullable`, `required` and `additionalProperties`.
 */
export function firstMismatch(schema: SchemaObject, value: unknown, path = ''): Mismatch | undefined {
  if (value === null && schema['nullable'] === true) return undefined
  if (schema['type'] === 'array') return arrayMismatch(schema, value, path)
  if (schema['type'] === 'object') return objectMismatch(schema, value, path)
  return typeof value === schema['type'] ? undefined : unexpected(String(schema['type']), value, path)
}

function objectMismatch(schema: SchemaObject, value: unknown, path: string): Mismatch | undefined {
  if (!isRecord(value)) return unexpected('object', value, path)
  const properties: Record<string, SchemaObject> = schema['properties'] ?? {}
  for (const [key, item] of Object.entries(value)) {
    const inner = path === '' ? key : `${path}.${key}`
    const property = properties[key]
    const found = property
      ? firstMismatch(property, item, inner)
      : schema['additionalProperties'] === false
        ? at('Unknown key', inner)
        : undefined
    if (found) return found
  }
  const required: readonly string[] = schema['required'] ?? []
  const missing = required.find((key) => !(key in value))
  return missing === undefined ? undefined : at(`Missing key '${missing}'`, path)
}

function arrayMismatch(schema: SchemaObject, value: unknown, path: string): Mismatch | undefined {
  if (!Array.isArray(value)) return unexpected('array', value, path)
  for (const [index, item] of value.entries()) {
    const found = firstMismatch(schema['items'], item, `${path}[${index}]`)
    if (found) return found
  }
  return undefined
}

function unexpected(expected: string, value: unknown, path: string): Mismatch {
  const got = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return at(`Expected ${expected}, got ${got}`, path)
}

function at(problem: string, path: string): Mismatch {
  return { text: `Match error: ${problem}${path === '' ? '' : ` in field ${path}`}`, path }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
