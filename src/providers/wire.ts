import { z } from 'zod'

/** An optional field read tolerantly: absent, null or of another type is null. It costs itself, never its object. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(null)
}

/** A list read tolerantly: items of the wrong shape are left out, a value that is no list is empty. */
export function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.flatMap((value): z.output<T>[] => {
        const parsed = item.safeParse(value)
        return parsed.success ? [parsed.data] : []
      }),
    )
}
