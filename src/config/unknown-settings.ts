import { providerDefinitions } from '../providers/index.ts'
import type { ConfigIssue } from './issues.ts'
import { didYouMean, nearestName } from './similar-names.ts'

/** `ROCKETCHAT_`, `LIVECHAT_`, `HELPDESK_` and the like. */
const providerPrefixes = providerDefinitions.flatMap(({ settings }) =>
  [...settings.variables.values()].map((variable) => variable.slice(0, variable.indexOf('_') + 1)),
)

/** Beginnings of names that only this gateway uses. */
const ownPrefixes: ReadonlySet<string> = new Set([
  ...providerPrefixes,
  'PROVIDERS_',
  'OPERATOR_',
  'OPERATORS_',
  'OFFLINE_',
  'POLL_',
  'UPSTREAM_',
  'INTROSPECTION',
  'ALLOWED_',
  'MAX_SUBSCRIPTIONS',
  'TRUSTED_',
])

/** Container platforms announce a service NAME by such variables; nobody chose them, so they are not mistakes. */
const ANNOUNCED_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\d+_(TCP|UDP|SCTP)(_.+)?)?)$/

/** Shorter names (HOST, PORT) are too close to the names of other programs. */
const MIN_LENGTH = 6

/**
 * Finds variables that look like settings of the gateway and are none: a name with one of its prefixes, or a known name with
 * typing errors. Every other variable belongs to another program.
 */
export function findUnknownSettings(names: readonly string[], known: readonly string[]): ConfigIssue[] {
  const knownNames = new Set(known)
  const candidates = known.filter((name) => name.length >= MIN_LENGTH)
  return names
    .filter((name) => !knownNames.has(name) && isMeantAsOwn(name.toUpperCase(), candidates))
    .map((variable) => ({
      variable,
      reason: `is not a known setting${didYouMean(variable.toUpperCase(), candidates)}`,
    }))
}

function isMeantAsOwn(name: string, candidates: readonly string[]): boolean {
  if (ANNOUNCED_SERVICE.test(name)) return false
  const hasOwnPrefix = [...ownPrefixes].some((prefix) => name.startsWith(prefix))
  return hasOwnPrefix || nearestName(name, candidates) !== undefined
}
