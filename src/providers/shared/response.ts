import { z } from 'zod'

// Tolerant schemas of responses. A field that changed costs itself, never the item that holds it.

/** An optional field: absent, null or of another type is null. */
export function lenient<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(null)
}

/** Rows of one list that are read when no page size was requested; the gateway requests no larger page. */
const MAX_ROWS = 10_000

/**
 * The list that a response is about: items of the wrong shape are left out, but a value that is no list fails the response,
 * since a missing list is not an empty one. Rows beyond the `maxRows` that were requested are cut off.
 */
export function requiredList<T extends z.ZodType>(item: T, maxRows = MAX_ROWS) {
  return countedList(item, maxRows).transform(({ rows }) => rows)
}

/** Such a list, and how many items it had before any was left out: pages are counted by that. */
export function countedList<T extends z.ZodType>(item: T, maxRows = MAX_ROWS) {
  return z
    .array(z.unknown())
    .transform((values) => values.slice(0, maxRows))
    .pipe(z.array(z.union([item, unreadable(item)])))
    .transform((rows) => ({
      rowCount: rows.length,
      rows: rows.flatMap((row) => (row instanceof UnreadableRow ? [] : [row])),
    }))
}

/** A list that is a field: a value that is no list is empty. */
export function lenientList<T extends z.ZodType>(item: T) {
  return requiredList(item).catch([])
}

/** A list that is a field, and whether a part of it could not be read, or it was no list. An absent one is empty. */
export function partialList<T extends z.ZodType>(item: T) {
  return countedList(item)
    .nullish()
    .transform((list) => ({
      rows: list?.rows ?? [],
      isIncomplete: list ? list.rows.length < list.rowCount : false,
    }))
    .catch({ rows: [], isIncomplete: true })
}

class UnreadableRow {}

/**
 * Takes the place of a row that its schema rejects. The issue that it raises and catches reaches the error map of the whole
 * parse, and only that: `parseResponse` collects the fields from there.
 */
function unreadable(item: z.ZodType) {
  return z
    .unknown()
    .transform((value, context) => {
      const [issue] = item.safeParse(value).error?.issues ?? []
      context.addIssue({ code: 'custom', params: { [UNREADABLE_FIELD]: issue?.path.join('.') ?? '' } })
      return new UnreadableRow()
    })
    .catch(() => new UnreadableRow())
}

const UNREADABLE_FIELD = 'unreadableField'

/** Parses a response, and collects the fields for which items were left out of its lists. */
export function parseResponse<T extends z.ZodType>(schema: T, value: unknown) {
  const unreadableFields = new Set<string>()
  const parsed = schema.safeParse(value, {
    error: (issue) => {
      const field: unknown = issue.code === 'custom' ? issue.params?.[UNREADABLE_FIELD] : undefined
      if (typeof field === 'string') unreadableFields.add(field)
      return undefined
    },
  })
  return { parsed, unreadableFields }
}
