import type { Config } from './config.ts'
import { type Environment, setVariables } from './environment.ts'
import { ConfigError, type Fault } from './error.ts'
import { providersFromEnvironment, providerVariables } from './providers.ts'
import { providersFromFile, referencedVariables } from './providers-file.ts'
import { faultsOf } from './reading.ts'
import { readSettings, settingVariables } from './settings.ts'
import { readTrustedDocuments } from './trusted-documents.ts'
import { unknownSettings } from './unknown.ts'

/** How `loadConfig` reaches the disk. */
export interface Files {
  /** Gives a file's text, or undefined where it cannot be read. */
  readText(path: string): string | undefined
}

/** Every variable that the gateway knows. */
export const knownVariables: readonly string[] = [...settingVariables, ...providerVariables]

/**
 * Gives the configuration that an environment describes. Reads nothing but its arguments.
 * Throws one ConfigError with all faults; an empty variable counts as unset.
 */
export function loadConfig(env: Environment, files: Files): Config {
  const set = setVariables(env)
  const settings = readSettings(set)
  const path = set.get('PROVIDERS_FILE')
  const fileText = path === undefined ? undefined : files.readText(path)
  const references = referencedVariables(fileText ?? '')
  const providers = path === undefined ? providersFromEnvironment(set) : providersFromFile(fileText, set)
  const documents = readTrustedDocuments(set, files)
  const faults = [
    ...faultsOf(settings),
    ...faultsOf(documents),
    ...faultsOf(providers),
    ...(path === undefined ? [] : besideTheFile(set, references)),
    ...unknownSettings(
      [...set.keys()].filter((name) => !references.has(name)),
      knownVariables,
    ),
  ]
  if (!settings.ok || !documents.ok || !providers.ok || faults.length > 0) throw new ConfigError(faults)
  const sandbox = providers.value.length === 0
  const introspection = sandbox ? 'anyone' : 'operators'
  return {
    introspection,
    console: sandbox,
    ...settings.value,
    documentsById: documents.value,
    providers: providers.value,
    sandbox,
  }
}

function besideTheFile(set: ReadonlyMap<string, string>, references: ReadonlySet<string>): Fault[] {
  return providerVariables
    .filter((variable) => set.has(variable) && !references.has(variable))
    .map((variable) => ({
      variable,
      reason: 'cannot be set beside PROVIDERS_FILE, which is read instead of it',
    }))
}
