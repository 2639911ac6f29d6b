import type { ConfigIssue } from './error.ts'
import { didYouMean, nearestName } from './suggestion.ts'

const OUR_FAMILIES = [
  'ROCKETCHAT_',
  'LIVECHAT_',
  'HELPDESK_',
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
]

/** Container platforms announce a service NAME by such variables; nobody chose them, so they are nobody's mistake. */
const ANNOUNCED_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\d+_(TCP|UDP|SCTP)(_.+)?)?)$/

/** Shorter names (HOST, PORT) are too near to what other programs use. */
const LEAST_LETTERS = 6

/**
 * Finds settings that look like ours and are not: a name of one of our families, or a known name with typing errors.
 * Every other variable belongs to somebody else.
 */
export function findUnknownSettings(names: readonly string[], known: readonly string[]): ConfigIssue[] {
  const isKnown = new Set(known)
  const mistakable = known.filter((name) => name.length >= LEAST_LETTERS)
  return names
    .filter((name) => !isKnown.has(name) && looksLikeOurs(name.toUpperCase(), mistakable))
    .map((variable) => ({
      variable,
      reason: `is not a known setting${didYouMean(variable.toUpperCase(), mistakable)}`,
    }))
}

function looksLikeOurs(name: string, mistakable: readonly string[]): boolean {
  if (ANNOUNCED_SERVICE.test(name)) return false
  return OUR_FAMILIES.some((family) => name.startsWith(family)) || nearestName(name, mistakable) !== undefined
}
