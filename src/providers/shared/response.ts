import { z } from 'zod'

/** An optional field read tolerantly: absent, null or of another type is null. It costs itself, never its object. */
export function lenient<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(null)
}

/** Rows of one list that are read where no page size was asked for; the gateway asks for no larger page. */
const MOST_ROWS = 10_000

/**
 * A list that an answer is about: items of the wrong shape are left out, a value that is no list is another
 * answer's. What is not told must not be taken for "none". Rows beyond the `most` that were asked for are cut off.
 */
export function requiredList<T extends z.ZodType>(item: T, most = MOST_ROWS) {
  return countedList(item, most).transform(({ rows }) => rows)
}

/** Such a list, and how many items it had before any was left out: pages are counted by that. */
export function countedList<T extends z.ZodType>(item: T, most = MOST_ROWS) {
  return z.array(z.unknown()).transform((values) => ({
    rowCount: Math.min(values.length, most),
    rows: values.slice(0, most).flatMap((value): z.output<T>[] => {
      const parsed = item.safeParse(value)
      if (parsed.success) return [parsed.data]
      leftOut?.add(parsed.error.issues[0]?.path.join('.') ?? '')
      return []
    }),
  }))
}

/** A list that is a field of something, read tolerantly: a value that is no list is empty. */
export function lenientList<T extends z.ZodType>(item: T) {
  return requiredList(item).catch([])
}

/**
 * A list that is a field of something, and how much of it could not be read, a value that is no list included. One that
 * is absent holds nothing.
 */
export function partialList<T extends z.ZodType>(item: T) {
  return countedList(item)
    .nullish()
    .transform((list) => ({ rows: list?.rows ?? [], torn: list ? list.rows.length < list.rowCount : false }))
    .catch({ rows: [], torn: true })
}

/** The fields for which items are left out of the answer that is being read. Reading is never interrupted. */
let leftOut: Set<string> | null = null

/** Reads an answer, and tells for which fields' sake items were left out of its lists. */
export function readNoting<T extends z.ZodType>(schema: T, value: unknown) {
  const fields = new Set<string>()
  leftOut = fields
  try {
    return { parsed: schema.safeParse(value), fields }
  } finally {
    leftOut = null
  }
}
