import type { Config, Operator, ProviderConfig, ProviderKind } from './config.ts'
import { definedVariables, type Environment } from './environment.ts'
import { ConfigError, type ConfigIssue } from './error.ts'
import { type GatewaySettings, readSettings, settingVariables } from './gateway-settings.ts'
import type { KnownProviders } from './operator-entry.ts'
import { readOperatorsFile } from './operators.ts'
import { providerTables, providerVariables, readProvidersFromEnvironment } from './providers.ts'
import { readProvidersFile } from './providers-file.ts'
import { issuesOf, type ParseResult } from './reading.ts'
import { referencedVariables } from './references.ts'
import { readTrustedDocuments } from './trusted-documents.ts'
import { findUnknownSettings } from './unknown-settings.ts'

/** How `loadConfig` reaches the disk. */
export interface FileReader {
  /** Gives a file's text, or undefined where it cannot be read. */
  readText(path: string): string | undefined
}

/** Every variable that the gateway knows. */
export const knownVariables: readonly string[] = [...settingVariables, ...providerVariables]

/**
 * Gives the configuration that an environment describes. Reads nothing but its arguments.
 * Throws one ConfigError with all faults; an empty variable counts as unset.
 */
export function loadConfig(env: Environment, files: FileReader): Config {
  const set = definedVariables(env)
  const settings = readSettings(set)
  const documents = readTrustedDocuments(set, files)
  const providersFile = readFile('PROVIDERS_FILE', set, files)
  const operatorsFile = readFile('OPERATORS_FILE', set, files)
  const references = referencedVariables([providersFile?.text, operatorsFile?.text].join('\n'))
  const providers = providersFile
    ? readProvidersFile(providersFile.text, set)
    : readProvidersFromEnvironment(set)
  const operators = operatorsFile
    ? readOperatorsFile(operatorsFile.text, {
        set,
        providers: knownProviders(providers),
        others: settings.ok ? settings.value.operators : [],
      })
    : ({ ok: true, value: [] } as const)
  const faults = [
    ...issuesOf(settings),
    ...issuesOf(documents),
    ...issuesOf(providers),
    ...issuesOf(operators),
    ...uselessSubjects(settings, operators),
    ...(providersFile ? besideTheFile(set, references) : []),
    ...findUnknownSettings(
      [...set.keys()].filter((name) => !references.has(name)),
      knownVariables,
    ),
  ]
  if (!settings.ok || !documents.ok || !providers.ok || !operators.ok || faults.length > 0)
    throw new ConfigError(faults)
  const sandbox = providers.value.length === 0
  const introspection = sandbox ? 'anyone' : 'operators'
  return {
    introspection,
    console: sandbox,
    ...settings.value,
    documentsById: documents.value,
    operators: [...settings.value.operators, ...operators.value],
    providers: providers.value,
    sandbox,
  }
}

/** The file that a setting names; null where it names none. */
function readFile(
  variable: string,
  set: ReadonlyMap<string, string>,
  files: FileReader,
): { readonly text: string | undefined } | null {
  const path = set.get(variable)
  return path === undefined ? null : { text: files.readText(path) }
}

/** The sandbox has a provider of each kind, under the kind's own name. */
function knownProviders(providers: ParseResult<readonly ProviderConfig[]>): KnownProviders {
  if (!providers.ok) return null
  const named: readonly { readonly name: string; readonly kind: ProviderKind }[] =
    providers.value.length > 0
      ? providers.value
      : providerTables.map(({ defaultName, kind }) => ({ name: defaultName, kind }))
  return new Map(named.map(({ name, kind }) => [name, kind]))
}

/** An operator without a key can use nothing but JWTs. */
function uselessSubjects(
  settings: ParseResult<GatewaySettings>,
  operators: ParseResult<readonly Operator[]>,
): readonly ConfigIssue[] {
  if (!settings.ok || settings.value.jwt || !operators.ok) return []
  const useless = operators.value.find(({ key }) => key === undefined)
  if (!useless) return []
  const reason = `is missing, but ${useless.name}.subject in OPERATORS_FILE needs it`
  return [{ variable: 'JWT_JWKS_URL', reason }]
}

function besideTheFile(set: ReadonlyMap<string, string>, references: ReadonlySet<string>): ConfigIssue[] {
  return providerVariables
    .filter((variable) => set.has(variable) && !references.has(variable))
    .map((variable) => ({
      variable,
      reason: 'cannot be set beside PROVIDERS_FILE, which is read instead of it',
    }))
}
