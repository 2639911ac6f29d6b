import { Ajv, type SchemaObject } from 'ajv'

/** What a body or query must look like, and the type that whatever passes has. */
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

/** Coerces `value` in place and gives the first violation's text, or undefined where it fits. */
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
