import type { ProviderSettings, RawSettings } from '../providers/definition.ts'
import { type ProviderConfig, providerDefinitions } from '../providers/index.ts'
import type { Variables } from './environment.ts'
import { type ConfigIssue, keyIssues, missingSettings } from './issues.ts'
import { isObject, type NamedFile, parseEntries } from './json-file.ts'
import { resolveReferences } from './references.ts'
import { didYouMean } from './unknown-settings.ts'

const ACCOUNT_NAME = /^[a-z][a-z0-9-]{0,31}$/

type Definition = (typeof providerDefinitions)[number]

/** Names of all variables that describe a provider. */
export const providerVariables: readonly string[] = providerDefinitions.flatMap(({ settings }) => [
  ...settings.variables.values(),
])

/** Reads the accounts that the environment describes: at most one of each kind, under the kind's default name. */
export function readProvidersFromEnvironment(
  variables: Variables,
  issues: ConfigIssue[],
): readonly ProviderConfig[] {
  return providerDefinitions.flatMap((definition) => {
    const { defaultName, settings } = definition
    const given = [...settings.variables].flatMap(([key, variable]) => {
      const value = variables.get(variable)
      return value === undefined ? [] : [[key, value]]
    })
    if (given.length === 0) return []
    const variableOf = (key: string) => settings.variables.get(key) ?? key
    const account = readAccount(definition, defaultName, Object.fromEntries(given), {
      label: variableOf,
      report: (key, reason) => issues.push({ variable: variableOf(key), reason }),
    })
    return account ? [account] : []
  })
}

/**
 * Reads the accounts of a PROVIDERS_FILE: `{ "<name>": { "kind": ..., "<key>": "<text or ${NAME}>" } }`. All issues name
 * PROVIDERS_FILE.
 */
export function readProvidersFile(
  file: NamedFile,
  variables: Variables,
  issues: ConfigIssue[],
): readonly ProviderConfig[] {
  const report = (reason: string) => void issues.push({ variable: file.variable, reason })
  const wording = { shape: '{ "<name>": { "kind": ..., ... } }', empty: 'describes no account' }
  const accounts = parseEntries(file, wording)
  if (typeof accounts === 'string') {
    report(accounts)
    return []
  }
  return accounts.flatMap(([name, account]) => readFileAccount(name, account, variables, report) ?? [])
}

function readFileAccount(
  name: string,
  account: unknown,
  variables: Variables,
  report: (reason: string) => void,
): ProviderConfig | null {
  const quoted = JSON.stringify(name)
  if (!ACCOUNT_NAME.test(name)) {
    report(
      `account ${quoted} must have a name of 1 to 32 lower-case letters, digits and hyphens, a letter first`,
    )
    return null
  }
  if (!isObject(account)) {
    report(`account ${quoted} must be a JSON object`)
    return null
  }
  const { kind, ...entries } = account
  const definition = providerDefinitions.find((candidate) => candidate.kind === kind)
  if (!definition) {
    report(`${name}.kind must be one of ${providerDefinitions.map((known) => known.kind).join(', ')}`)
    return null
  }
  return readEntries(definition, name, { entries, variables, report })
}

function readEntries(
  definition: Definition,
  name: string,
  {
    entries,
    variables,
    report,
  }: {
    readonly entries: RawSettings
    readonly variables: Variables
    readonly report: (reason: string) => void
  },
): ProviderConfig | null {
  const keys = [...definition.settings.variables.keys()]
  const given: Record<string, unknown> = {}
  const unresolved = new Set<string>()
  let hasUnknownKey = false
  for (const [key, entry] of Object.entries(entries)) {
    if (!keys.includes(key)) {
      hasUnknownKey = true
      report(`${name} has an unknown key ${JSON.stringify(key)}${didYouMean(key, keys)}`)
      continue
    }
    const { value, reason } = resolveReferences(entry, variables)
    given[key] = value
    if (reason === undefined) continue
    unresolved.add(key)
    report(`${name}.${key} ${reason}`)
  }
  const account = readAccount(definition, name, given, {
    label: (key) => `${name}.${key}`,
    report: (key, reason) => {
      if (!unresolved.has(key)) report(`${name}.${key} ${reason}`)
    },
  })
  return hasUnknownKey || unresolved.size > 0 ? null : account
}

/** Reads one account; null after reporting what is wrong with it, by key. `label` is the word for a key in a message. */
function readAccount(
  { settings }: Definition,
  name: string,
  given: RawSettings,
  {
    label,
    report,
  }: {
    readonly label: (key: string) => string
    readonly report: (key: string, reason: string) => void
  },
): ProviderConfig | null {
  const missing = missingKeys(settings, given, label)
  for (const [key, reason] of missing) report(key, reason)
  const parsed = settings.parse(name, given)
  if (parsed.success) return missing.size === 0 ? parsed.data : null
  for (const { key, reason } of keyIssues(parsed.error)) if (!missing.has(key)) report(key, reason)
  return null
}

function missingKeys(
  { requiresOneOf, dependencies }: Pick<ProviderSettings, 'requiresOneOf' | 'dependencies'>,
  given: RawSettings,
  label: (key: string) => string,
): ReadonlyMap<string, string> {
  const has = (key: string) => Object.hasOwn(given, key)
  const missing = missingSettings(dependencies(given), has, label)
  if (requiresOneOf.some((key) => has(key) || missing.has(key))) return missing
  const [first, ...others] = requiresOneOf
  const choice = others.map((other) => `, and so is ${label(other)}: one of them is needed`)
  return missing.set(first, `is missing${choice.join('')}`)
}
