import { type ProviderConfig, providerDefinitions } from '../providers/index.ts'
import type { Config } from './config.ts'
import { definedVariables, type Environment, type Variables } from './environment.ts'
import { type FileReader, readNamedFile, referencedVariables } from './files.ts'
import { type GatewaySettings, gatewayVariables, readGatewaySettings } from './gateway-settings.ts'
import { ConfigError, type ConfigIssue } from './issues.ts'
import { type KindsByName, type Operator, readOperatorsFile } from './operators.ts'
import { providerVariables, readProvidersFile, readProvidersFromEnvironment } from './providers.ts'
import { readTrustedDocuments } from './trusted-documents.ts'
import { findUnknownSettings } from './unknown-settings.ts'

/** The sandbox has no replicas that clients could go to. */
const DEFAULT_DRAIN_SECONDS = 5

/** Every variable that the gateway reads. */
export const knownVariables: readonly string[] = [...gatewayVariables, ...providerVariables]

/**
 * Returns the configuration that an environment describes. Reads nothing but its arguments. Throws one ConfigError with all
 * issues; an empty variable counts as unset.
 */
export function loadConfig(env: Environment, files: FileReader): Config {
  const issues: ConfigIssue[] = []
  const variables = definedVariables(env)
  const settings = readGatewaySettings(variables, issues)
  const documentsById = readTrustedDocuments(variables, files, issues)
  const providersFile = readNamedFile('PROVIDERS_FILE', variables, files)
  const operatorsFile = readNamedFile('OPERATORS_FILE', variables, files)
  const references = referencedVariables([providersFile?.text, operatorsFile?.text].join('\n'))

  const issuesBefore = issues.length
  const providers = providersFile
    ? readProvidersFile(providersFile, variables, issues)
    : readProvidersFromEnvironment(variables, issues)
  const kindsByName = issues.length === issuesBefore ? toKindsByName(providers) : null

  const keyOperators: readonly Operator[] = settings?.operators ?? []
  const fileOperators = operatorsFile
    ? readOperatorsFile(operatorsFile, { variables, kindsByName, others: keyOperators }, issues)
    : []
  const operators = [...keyOperators, ...(fileOperators ?? [])]
  if (settings && !settings.jwt) requireJwtForSubjects(operators, issues)
  if (providersFile) rejectVariablesBesideFile(variables, references, issues)
  const ownNames = [...variables.keys()].filter((name) => !references.has(name))
  issues.push(...findUnknownSettings(ownNames, knownVariables))
  if (!settings || issues.length > 0) throw new ConfigError(issues)
  return toConfig(settings, { documentsById, operators, providers })
}

function toConfig(
  settings: GatewaySettings,
  parts: Pick<Config, 'documentsById' | 'operators' | 'providers'>,
): Config {
  const sandbox = parts.providers.length === 0
  const defaults = sandbox
    ? ({ introspection: 'anyone', console: true, mcp: true, drainSeconds: 0 } as const)
    : ({
        introspection: 'operators',
        console: false,
        mcp: false,
        drainSeconds: DEFAULT_DRAIN_SECONDS,
      } as const)
  // A gateway with a console has agents to chat with.
  const widget = settings.widget ?? settings.console ?? defaults.console
  return { ...defaults, ...settings, ...parts, widget, sandbox }
}

/** The sandbox has one provider of each kind, under the kind's default name. */
function toKindsByName(providers: readonly ProviderConfig[]): KindsByName {
  if (providers.length > 0) return new Map(providers.map(({ name, kind }) => [name, kind]))
  return new Map(providerDefinitions.map(({ defaultName, kind }) => [defaultName, kind]))
}

/** An operator without a key can use nothing but JWTs. */
function requireJwtForSubjects(operators: readonly Operator[], issues: ConfigIssue[]): void {
  const keyless = operators.find(({ key }) => key === undefined)
  if (!keyless) return
  const reason = `is missing, but ${keyless.name}.subject in OPERATORS_FILE needs it`
  issues.push({ variable: 'JWT_JWKS_URL', reason })
}

function rejectVariablesBesideFile(
  variables: Variables,
  references: ReadonlySet<string>,
  issues: ConfigIssue[],
): void {
  for (const variable of providerVariables) {
    if (!variables.has(variable) || references.has(variable)) continue
    const reason = 'cannot be set together with PROVIDERS_FILE, which replaces it'
    issues.push({ variable, reason })
  }
}
