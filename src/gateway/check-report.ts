import type { ProviderConfig } from '../config/index.ts'
import { definitionOf } from '../providers/adapter-factory.ts'
import type { AccountCheck } from './check-account.ts'

/** Whether operators and visitors can use the account as it is configured. */
export function works({ serverProblem, credentialProblem }: AccountCheck): boolean {
  return serverProblem === null && credentialProblem === null
}

/** Describes the check of one account in three lines for people. Contains no secret. */
export function describeCheck(account: ProviderConfig, check: AccountCheck): string {
  const { label, modesOf, credentialUrls } = definitionOf(account.kind)
  const [address = ''] = credentialUrls(account)
  return [
    `${account.name}  ${label}: ${modesOf(account).join(', ')}  ${address}`,
    `  server       ${check.serverProblem === null ? 'responds' : `does not work: ${check.serverProblem}`}`,
    `  credentials  ${describeCredentials(check)}`,
  ].join('\n')
}

function describeCredentials({ credentials, credentialProblem }: AccountCheck): string {
  if (credentials === 'rejected') return `rejected: ${credentialProblem}`
  if (credentials === 'none') return 'none configured'
  if (credentials === 'unknown') return 'not checked'
  return credentialProblem === null ? 'accepted' : `accepted, but a request fails: ${credentialProblem}`
}
