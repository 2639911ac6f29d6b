import type { Operator } from './config.ts'
import type { ConfigIssue } from './error.ts'
import { isObject, parseJson } from './json-file.ts'
import { type KnownProviders, readOperatorEntry } from './operator-entry.ts'
import { keyDigest } from './operator-key.ts'
import { operatorName } from './operator-keys.ts'
import type { ParseResult } from './reading.ts'

/** What the entries of an OPERATORS_FILE are read with. */
export interface OperatorsFileContext {
  /** The environment's variables, for `${NAME}`. */
  readonly set: ReadonlyMap<string, string>
  readonly providers: KnownProviders
  /** The operators of OPERATOR_KEYS. */
  readonly others: readonly Operator[]
}

/**
 * Reads the operators of an OPERATORS_FILE: `{ "<name>": { "key": "<text or ${NAME}>", "subject": ..., ... } }`.
 * `fileText` is undefined where the file cannot be read. All faults name OPERATORS_FILE.
 */
export function readOperatorsFile(
  fileText: string | undefined,
  { set, providers, others }: OperatorsFileContext,
): ParseResult<readonly Operator[]> {
  if (fileText === undefined) return refused(['names a file that cannot be read'])
  const entries = parseJson(fileText)
  if (!isObject(entries)) return refused(['must hold one JSON object: { "<name>": { "key": ..., ... } }'])
  if (Object.keys(entries).length === 0) return refused(['describes no operator'])
  const operators: Operator[] = []
  const reasons: string[] = []
  for (const [name, value] of Object.entries(entries)) {
    const read = operatorName.test(name) ? readOperatorEntry(name, value, set, providers) : [badName(name)]
    if ('name' in read) operators.push(read)
    else reasons.push(...read)
  }
  const all = [...reasons, ...repetitions(operators, others)]
  return all.length === 0 ? { ok: true, value: operators } : refused(all)
}

function badName(name: string): string {
  return `operator ${JSON.stringify(name)} must have a name of letters, digits and _ . @ -`
}

/** A name, a key and a subject stand for one operator only. Keys are compared by their hashes: one may be stored so. */
function repetitions(operators: readonly Operator[], others: readonly Operator[]): readonly string[] {
  const names = new Set(others.map(({ name }) => name))
  const keys = new Set(others.flatMap(({ key }) => (key ? [keyDigest(key)] : [])))
  const subjects = new Set<string>()
  return operators.flatMap(({ name, key, subject }) => {
    const digest = key && keyDigest(key)
    const repeated = [
      ...(names.has(name) ? [`${name} repeats the name of an operator in OPERATOR_KEYS`] : []),
      ...(digest && keys.has(digest) ? [`${name}.key repeats the key of another operator`] : []),
      ...(subject && subjects.has(subject)
        ? [`${name}.subject repeats the subject of another operator`]
        : []),
    ]
    if (digest) keys.add(digest)
    if (subject) subjects.add(subject)
    return repeated
  })
}

function refused(reasons: readonly string[]): {
  readonly ok: false
  readonly faults: readonly ConfigIssue[]
} {
  return { ok: false, faults: reasons.map((reason) => ({ variable: 'OPERATORS_FILE', reason })) }
}
