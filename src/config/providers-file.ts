import type { ProviderConfig } from './config.ts'
import type { ConfigIssue } from './error.ts'
import { isObject, parseJson } from './json-file.ts'
import { type ProviderTable, readProvider } from './provider-table.ts'
import { combineResults, providerTables } from './providers.ts'
import type { ParseResult } from './reading.ts'
import { resolveReferences } from './references.ts'
import { didYouMean } from './suggestion.ts'

const ACCOUNT_NAME = /^[a-z][a-z0-9-]{0,31}$/

/**
 * Reads the accounts of a PROVIDERS_FILE: `{ "<name>": { "kind": ..., "<key>": "<text or ${NAME}>" } }`.
 * `fileText` is undefined where the file cannot be read. All faults name PROVIDERS_FILE.
 */
export function readProvidersFile(
  fileText: string | undefined,
  set: ReadonlyMap<string, string>,
): ParseResult<readonly ProviderConfig[]> {
  if (fileText === undefined) return refused('names a file that cannot be read')
  const accounts = parseJson(fileText)
  if (!isObject(accounts)) return refused('must hold one JSON object: { "<name>": { "kind": ..., ... } }')
  if (Object.keys(accounts).length === 0) return refused('describes no account')
  return combineResults(Object.entries(accounts).map(([name, account]) => readAccount(name, account, set)))
}

function readAccount(
  name: string,
  account: unknown,
  set: ReadonlyMap<string, string>,
): ParseResult<ProviderConfig> {
  const shown = JSON.stringify(name)
  if (!ACCOUNT_NAME.test(name)) {
    return refused(
      `account ${shown} must have a name of 1 to 32 lower-case letters, digits and hyphens, a letter first`,
    )
  }
  if (!isObject(account)) return refused(`account ${shown} must be a JSON object`)
  const { kind, ...entries } = account
  const table = providerTables.find((candidate) => candidate.kind === kind)
  if (!table)
    return refused(`${name}.kind must be one of ${providerTables.map((known) => known.kind).join(', ')}`)
  return readEntries(table, name, entries, set)
}

function readEntries(
  table: ProviderTable,
  name: string,
  entries: Readonly<Record<string, unknown>>,
  set: ReadonlyMap<string, string>,
): ParseResult<ProviderConfig> {
  const variableOf = new Map(table.variables.map((variable) => [keyOf(variable), variable]))
  const given: Record<string, unknown> = {}
  const faults: ConfigIssue[] = []
  const broken = new Set<string>()
  for (const [key, entry] of Object.entries(entries)) {
    const variable = variableOf.get(key)
    if (variable === undefined) {
      const meant = didYouMean(key, [...variableOf.keys()])
      faults.push(fault(`${name} has an unknown key ${JSON.stringify(key)}${meant}`))
      continue
    }
    const { value, reason } = resolveReferences(entry, set)
    given[variable] = value
    if (reason === undefined) continue
    faults.push(fault(`${name}.${key} ${reason}`))
    broken.add(variable)
  }
  const reading = readProvider(table, name, given, (variable) => `${name}.${keyOf(variable)}`)
  if (reading.ok && faults.length === 0) return reading
  const parsing = reading.ok ? [] : reading.faults.filter(({ variable }) => !broken.has(variable))
  return {
    ok: false,
    faults: [
      ...faults,
      ...parsing.map(({ variable, reason }) => fault(`${name}.${keyOf(variable)} ${reason}`)),
    ],
  }
}

/** Gives the file's key for a variable: its words without the provider's, in camel case. */
function keyOf(variable: string): string {
  return variable
    .replace(/^(ROCKETCHAT|LIVECHAT)_/, '')
    .toLowerCase()
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function fault(reason: string): ConfigIssue {
  return { variable: 'PROVIDERS_FILE', reason }
}

function refused(reason: string): { readonly ok: false; readonly faults: readonly ConfigIssue[] } {
  return { ok: false, faults: [fault(reason)] }
}
