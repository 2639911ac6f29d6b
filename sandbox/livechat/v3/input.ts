import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { ApiError } from '../api-error.ts'

/** A JSON Schema object. */
export type Schema = Readonly<Record<string, unknown>>

const ajv = new Ajv({ allowUnionTypes: true })

/** The schema of an object that has only these properties; a name ending in `!` is required. */
export function shape(properties: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(properties)
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace(/!$/, ''), properties[name]])),
    required: names.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1)),
    additionalProperties: false,
  }
}

/** The schema of a text that is not empty. */
export const text: Schema = { type: 'string', minLength: 1 }
/** The schema of a boolean. */
export const flag: Schema = { type: 'boolean' }
/** The schema of any object. */
export const object: Schema = { type: 'object' }
/** The schema of an array. */
export const listOf = (items: Schema, maxItems?: number): Schema => ({
  type: 'array',
  items,
  ...(maxItems && { maxItems }),
})
/** The schema of one of some texts. */
export const oneOf = (...values: readonly string[]): Schema => ({ enum: values })
/** The schema of an integer, ends included. */
export const integerBetween = (minimum: number, maximum: number): Schema => ({
  type: 'integer',
  minimum,
  maximum,
})

/**
 * Creates a reader of request values of one shape. It returns the value or throws `validation`, with messages such
 * as "`chat_id` is required" (docs/providers/livechat.md 3.7). The schema is compiled at its first use. `Value`
 * must match the schema.
 */
export function reader<Value>(schema: Schema): (value: unknown, path?: string) => Value {
  let validate: ValidateFunction<Value> | undefined
  return (value, path = '') => {
    validate ??= ajv.compile<Value>(schema)
    if (validate(value)) return value
    throw new ApiError('validation', wording(validate.errors?.[0], path))
  }
}

function wording(error: ErrorObject | undefined, path: string): string {
  if (!error) return 'Wrong format of request'
  const at = [path, ...error.instancePath.split('/').slice(1)].filter(Boolean).join('.')
  const inside = (name: unknown) => (at ? `${at}.${String(name)}` : String(name))
  if (error.keyword === 'required') return `\`${inside(error.params['missingProperty'])}\` is required`
  if (error.keyword === 'additionalProperties') {
    return `\`${inside(error.params['additionalProperty'])}\` is not allowed`
  }
  if (error.keyword === 'minLength') return `\`${at}\` is required`
  return at ? `\`${at}\` ${error.message ?? 'is invalid'}` : 'Wrong format of request'
}
