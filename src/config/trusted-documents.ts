import { createHash } from 'node:crypto'
import type { Config } from './config.ts'
import type { FileReader } from './load.ts'
import type { ParseResult } from './reading.ts'

const VARIABLE = 'TRUSTED_DOCUMENTS_FILE'

/** Reads the file of trusted documents: JSON, the SHA-256 of each document's text in lower-case hex to the text. */
export function readTrustedDocuments(
  set: ReadonlyMap<string, string>,
  files: FileReader,
): ParseResult<Config['documentsById']> {
  const path = set.get(VARIABLE)
  if (path === undefined)
    return /^(public|all)$/.test(set.get('TRUSTED_DOCUMENTS') ?? '')
      ? refused('is missing, but TRUSTED_DOCUMENTS needs it')
      : { ok: true, value: new Map() }
  const fileText = files.readText(path)
  if (fileText === undefined) return refused('names a file that cannot be read')
  const entries = entriesOf(fileText)
  if (!entries) return refused('must hold one JSON object: { "<SHA-256 of the text>": "<text>" }')
  if (entries.length === 0) return refused('holds no document')
  const faults = entries.flatMap(([id, text], position) => (isHashOf(id, text) ? [] : [position + 1]))
  if (faults.length > 0)
    return refused(
      `must hold texts by their SHA-256 in lower-case hex: entry ${faults.join(', ')} is not one`,
    )
  return { ok: true, value: new Map(entries.map(([id, text]) => [id, String(text)])) }
}

/** Undefined where the file holds no JSON object. A parser's own message would quote the text. */
function entriesOf(fileText: string): readonly [string, unknown][] | undefined {
  try {
    const parsed: unknown = JSON.parse(fileText)
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    return isObject ? Object.entries(parsed) : undefined
  } catch {
    return undefined
  }
}

function isHashOf(id: string, text: unknown): boolean {
  return typeof text === 'string' && createHash('sha256').update(text).digest('hex') === id
}

function refused(reason: string): ParseResult<never> {
  return { ok: false, faults: [{ variable: VARIABLE, reason }] }
}
