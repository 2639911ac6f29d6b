import type { RawSettings } from '../providers/definition.ts'
import { type ProviderConfig, providerDefinitions } from '../providers/index.ts'
import type { Variables } from './environment.ts'
import { isObject, type NamedFile, readEntries, resolveValues } from './files.ts'
import {
  type ConfigIssue,
  missingSettings,
  type PathIssue,
  placeOf,
  toPathIssues,
  toReasons,
} from './issues.ts'

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
    const { account, invalid } = parseAccount(definition, defaultName, Object.fromEntries(given), variableOf)
    issues.push(...invalid.map(({ path, reason }) => ({ variable: variableOf(String(path[0])), reason })))
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
  const wording = { shape: '{ "<name>": { "kind": ..., ... } }', empty: 'describes no account' }
  return (readEntries(file, wording, issues) ?? []).flatMap(([name, entry]) => {
    const { account, reasons } = readFileAccount(name, entry, variables)
    issues.push(...reasons.map((reason) => ({ variable: file.variable, reason })))
    return account ? [account] : []
  })
}

function readFileAccount(
  name: string,
  entry: unknown,
  variables: Variables,
): { readonly account: ProviderConfig | null; readonly reasons: readonly string[] } {
  const refuse = (reason: string) => ({ account: null, reasons: [reason] })
  const quoted = JSON.stringify(name)
  if (!ACCOUNT_NAME.test(name))
    return refuse(
      `account ${quoted} must have a name of 1 to 32 lower-case letters, digits and hyphens, a letter first`,
    )
  if (!isObject(entry)) return refuse(`account ${quoted} must be a JSON object`)
  const { kind, ...values } = entry
  const definition = providerDefinitions.find((candidate) => candidate.kind === kind)
  if (!definition)
    return refuse(`${name}.kind must be one of ${providerDefinitions.map((known) => known.kind).join(', ')}`)
  const unresolved: PathIssue[] = []
  const given = resolveValues(values, variables, (path, reason) => unresolved.push({ path, reason }))
  const { account, invalid } = parseAccount(definition, name, given, (key) => placeOf([name, key]))
  const reasons = toReasons(name, unresolved, invalid)
  return { account: reasons.length === 0 ? account : null, reasons }
}

/** Parses one account; null with issues, whose paths begin with a key. `label` names a key in a reason. */
function parseAccount(
  { settings }: Definition,
  name: string,
  given: RawSettings,
  label: (key: string) => string,
): { readonly account: ProviderConfig | null; readonly invalid: readonly PathIssue[] } {
  const { requiresOneOf, dependencies, variables, parse } = settings
  const has = (key: string) => Object.hasOwn(given, key)
  const missing = missingSettings(dependencies(given), has, label)
  if (!requiresOneOf.some((key) => has(key) || missing.has(key))) {
    const [first, ...others] = requiresOneOf
    const choice = others.map((other) => `, and so is ${label(other)}: one of them is needed`)
    missing.set(first, `is missing${choice.join('')}`)
  }
  const parsed = parse(name, given)
  const malformed = parsed.success ? [] : toPathIssues(parsed.error, () => [...variables.keys()])
  const invalid = [
    ...malformed.filter(({ path }) => path.length === 0),
    ...[...missing].map(([key, reason]) => ({ path: [key], reason })),
    ...malformed.filter(({ path }) => path.length > 0 && !missing.has(String(path[0]))),
  ]
  return { account: parsed.success ? parsed.data : null, invalid }
}
