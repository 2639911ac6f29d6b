import { isJsonObject, type JsonObject } from '../../domain/json.ts'

/**
 * Readers of the documents in responses. They are tolerant: an optional field of another type is null, and an item that
 * cannot be read is left out of its list. They are plain functions, because a schema library creates an issue for each
 * absent field of each item, which costs more than parsing the JSON.
 */

/** The fields because of which items were left out of the lists of one response; '' for an item that is no object. */
export type UnreadableFields = Set<string>

/** Reads a document. Throws UnreadableField for one that lacks what it cannot be without. */
export type DocumentReader<T> = (value: unknown, unreadableFields: UnreadableFields) => T

/** The rows of a list that could be read. Pages are counted by `rowCount`, which includes the others. */
export interface CountedList<T> {
  readonly rows: readonly T[]
  readonly rowCount: number
}

/** The rows of a list that is a field; `isIncomplete` if some could not be read, or it was no list. */
export interface PartialList<T> {
  readonly rows: readonly T[]
  readonly isIncomplete: boolean
}

/** A document cannot be read because of one field, or because it is no object: then the field is ''. */
export class UnreadableField extends Error {
  override readonly name = 'UnreadableField'
  readonly field: string

  constructor(field: string) {
    super(`the field '${field}' cannot be read`)
    this.field = field
  }
}

/** Rows of one list that are read when no page size was requested; the gateway requests no larger page. */
const MAX_ROWS = 10_000

/** Throws UnreadableField for anything but an object. */
export function toObject(value: unknown): JsonObject {
  if (isJsonObject(value)) return value
  throw new UnreadableField('')
}

/** A field of a value that may be no object; then it is undefined. */
export function fieldOf(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined
}

/** Null for anything but a string. */
export function readString(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Null for anything but a string that is not empty. */
export function readNonEmptyString(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Null for anything but a finite number. */
export function readNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Null for anything but a whole number. */
export function readInteger(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

/** Null for anything but `true` and `false`. */
export function readBoolean(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** Returns what was read of a field. Throws UnreadableField where that is null. */
export function required<T>(value: T | null, field: string): T {
  if (value === null) throw new UnreadableField(field)
  return value
}

/** Reads a field that holds a document; null where it is absent or cannot be read. */
export function readOptional<T>(
  value: unknown,
  read: DocumentReader<T>,
  unreadableFields: UnreadableFields,
): T | null {
  if (value === undefined || value === null) return null
  try {
    return read(value, unreadableFields)
  } catch (error) {
    if (error instanceof UnreadableField) return null
    throw error
  }
}

/** Reads a field that holds a document without which the item cannot be read. The error names the path of its field. */
export function readRequired<T>(
  value: unknown,
  field: string,
  read: DocumentReader<T>,
  unreadableFields: UnreadableFields,
): T {
  try {
    return read(value, unreadableFields)
  } catch (error) {
    if (!(error instanceof UnreadableField)) throw error
    throw new UnreadableField(error.field === '' ? field : `${field}.${error.field}`)
  }
}

/**
 * Reads the list that a response is about. Throws UnreadableField for anything but a list, since a missing list is not an
 * empty one. Rows beyond the `maxRows` that were requested are cut off.
 */
export function readRequiredList<T>(
  value: unknown,
  field: string,
  read: DocumentReader<T>,
  unreadableFields: UnreadableFields,
  maxRows = MAX_ROWS,
): CountedList<T> {
  if (!Array.isArray(value)) throw new UnreadableField(field)
  const values: readonly unknown[] = value.length > maxRows ? value.slice(0, maxRows) : value
  const rows: T[] = []
  for (const row of values) {
    try {
      rows.push(read(row, unreadableFields))
    } catch (error) {
      if (!(error instanceof UnreadableField)) throw error
      unreadableFields.add(error.field)
    }
  }
  return { rows, rowCount: values.length }
}

/** Reads a list that is a field; anything but a list is empty. */
export function readList<T>(
  value: unknown,
  read: DocumentReader<T>,
  unreadableFields: UnreadableFields,
): readonly T[] {
  return Array.isArray(value) ? readRequiredList(value, '', read, unreadableFields).rows : []
}

/** Reads a list that is a field, of which the caller must know whether it is complete. An absent list is. */
export function readPartialList<T>(
  value: unknown,
  read: DocumentReader<T>,
  unreadableFields: UnreadableFields,
): PartialList<T> {
  if (value === undefined || value === null) return { rows: [], isIncomplete: false }
  if (!Array.isArray(value)) return { rows: [], isIncomplete: true }
  const { rows, rowCount } = readRequiredList(value, '', read, unreadableFields)
  return { rows, isIncomplete: rows.length < rowCount }
}

/** Reads a string of a list. */
export const readStringRow: DocumentReader<string> = (value) => required(readString(value), '')
