import type { Variables } from './environment.ts'

/** Access to the disk. */
export interface FileReader {
  /** Returns a file's text, or undefined for a file that cannot be read. */
  readText(path: string): string | undefined
}

/** How the issues of one file are worded. */
interface FileWording {
  /** What the file must hold. */
  readonly shape: string
  /** What is wrong with an empty object. */
  readonly empty: string
}

/** A file that a setting names, with the text it holds. */
export interface NamedFile {
  readonly variable: string
  /** Undefined for a file that cannot be read. */
  readonly text: string | undefined
}

/** Reads the file that a setting names; null when the setting is absent. */
export function readNamedFile(variable: string, variables: Variables, files: FileReader): NamedFile | null {
  const path = variables.get(variable)
  return path === undefined ? null : { variable, text: files.readText(path) }
}

/** Returns the entries of a file's JSON object, or the reason why it has none. */
export function parseEntries(
  { text }: NamedFile,
  { shape, empty }: FileWording,
): readonly (readonly [key: string, value: unknown])[] | string {
  if (text === undefined) return 'names a file that cannot be read'
  const value = parseJson(text)
  if (!isObject(value)) return `must hold one JSON object: ${shape}`
  const entries = Object.entries(value)
  return entries.length === 0 ? empty : entries
}

/** Returns undefined for a text that is not JSON. The parser's own message quotes the text, which may hold a secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
