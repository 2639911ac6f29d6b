import type { Variables } from './environment.ts'
import type { ConfigIssue } from './issues.ts'

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** Access to the disk. */
export interface FileReader {
  /** Returns a file's text, or undefined for a file that cannot be read. */
  readText(path: string): string | undefined
}

/** A file that a setting names. */
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

/**
 * Returns the entries of a file's JSON object; undefined after adding an issue. `shape` says what the file must hold, and `empty`
 * what is wrong with an empty object.
 */
export function readEntries(
  { variable, text }: NamedFile,
  { shape, empty }: { readonly shape: string; readonly empty: string },
  issues: ConfigIssue[],
): readonly (readonly [name: string, value: unknown])[] | undefined {
  const value = text === undefined ? undefined : parseJson(text)
  const entries = isObject(value) ? Object.entries(value) : undefined
  if (entries?.length) return entries
  const problem = entries ? empty : `must hold one JSON object: ${shape}`
  issues.push({ variable, reason: text === undefined ? 'names a file that cannot be read' : problem })
  return undefined
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

/** Returns the variables that a file's text reads by `${NAME}`. */
export function referencedVariables(fileText: string): ReadonlySet<string> {
  return new Set([...fileText.matchAll(REFERENCE)].map(([, name = '']) => name))
}

/** Receives the path of a text whose references cannot be resolved. */
type ReportUnresolved = (path: readonly PropertyKey[], reason: string) => void

/** Returns a copy of a JSON value with every `${NAME}` resolved. */
export function resolveReferences(
  value: unknown,
  variables: Variables,
  report: ReportUnresolved,
  path: readonly PropertyKey[] = [],
): unknown {
  if (isObject(value)) return resolveValues(value, variables, report, path)
  if (Array.isArray(value))
    return value.map((item, index) => resolveReferences(item, variables, report, [...path, index]))
  if (typeof value !== 'string') return value
  const unset = [...referencedVariables(value)].filter((name) => !variables.has(name))
  if (unset.length > 0) report(path, `reads ${unset.join(' and ')}, which is not set`)
  else if (value.replace(REFERENCE, '').includes('${'))
    report(path, 'has a reference that is not a dollar sign and a variable name in braces')
  return value.replace(REFERENCE, (reference, name: string) => variables.get(name) ?? reference)
}

/** Returns a copy of a JSON object with every `${NAME}` in its values resolved. */
export function resolveValues(
  values: Readonly<Record<string, unknown>>,
  variables: Variables,
  report: ReportUnresolved,
  path: readonly PropertyKey[] = [],
): Readonly<Record<string, unknown>> {
  const resolve = (key: string, item: unknown) => resolveReferences(item, variables, report, [...path, key])
  return Object.fromEntries(Object.entries(values).map(([key, item]) => [key, resolve(key, item)]))
}
