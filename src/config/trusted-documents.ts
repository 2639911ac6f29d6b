import { createHash } from 'node:crypto'
import type { Variables } from './environment.ts'
import { type FileReader, readEntries, readNamedFile } from './files.ts'
import type { ConfigIssue } from './issues.ts'

const VARIABLE = 'TRUSTED_DOCUMENTS_FILE'
const wording = { shape: '{ "<SHA-256 of the text>": "<text>" }', empty: 'holds no document' }

/** Reads the trusted documents: their texts by the SHA-256 of each text in lower-case hex. */
export function readTrustedDocuments(
  variables: Variables,
  files: FileReader,
  issues: ConfigIssue[],
): ReadonlyMap<string, string> {
  const file = readNamedFile(VARIABLE, variables, files)
  const isRequired = /^(public|all)$/.test(variables.get('TRUSTED_DOCUMENTS') ?? '')
  if (!file && isRequired)
    issues.push({ variable: VARIABLE, reason: 'is missing, but TRUSTED_DOCUMENTS needs it' })
  const entries = (file && readEntries(file, wording, issues)) ?? []
  const invalid = entries.flatMap(([id, text], index) => (isHashOf(id, text) ? [] : [index + 1]))
  if (invalid.length > 0) {
    const reason = `must hold texts by their SHA-256 in lower-case hex: entry ${invalid.join(', ')} is not one`
    issues.push({ variable: VARIABLE, reason })
  }
  return new Map(entries.map(([id, text]) => [id, String(text)]))
}

function isHashOf(id: string, text: unknown): boolean {
  return typeof text === 'string' && createHash('sha256').update(text).digest('hex') === id
}
