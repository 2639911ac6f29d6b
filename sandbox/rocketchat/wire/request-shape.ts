import { Ajv, type SchemaObject } from 'ajv'

/** The schema of a body or query, and the type of valid values. */
export interface Shape<T> {
  readonly schema: SchemaObject
  /** Only carries the type; never set. */
  readonly type?: T
}

/** Declares a shape. The schema is the vendor's, kept in step with theirs by a test. */
export function shape<T>(schema: SchemaObject): Shape<T> {
  return { schema }
}

// The vendor's own options: coercion in place, the first violation only (docs/providers/rocketchat.md 0). The
// second is 8.x's for queries.
const scalars = new Ajv({ coerceTypes: true })
const arrays = new Ajv({ coerceTypes: 'array' })

/** Coerces `value` in place. Returns the text of the first violation, or undefined for a valid value. */
export function firstViolation(
  schema: SchemaObject,
  value: unknown,
  options: { readonly arrayCoercion: boolean } = { arrayCoercion: false },
): string | undefined {
  const ajv = options.arrayCoercion ? arrays : scalars
  // Ajv keeps the compiled function by the schema object's identity.
  const validate = ajv.compile(schema)
  return validate(value) ? undefined : (validate.errors?.[0]?.message ?? 'is invalid')
}
