import type { ChatAdapter } from '../domain/adapter.ts'
import type { AccountConfig, AdapterDependencies, ProviderDefinition } from './definition.ts'
import { providerDefinitions } from './index.ts'
import { VisitorTokenOwners } from './shared/visitor-token-owners.ts'

/** Returns the definition of a kind. Throws TypeError for a kind that no definition has. */
export function definitionOf(kind: string): ProviderDefinition {
  const definition = providerDefinitions.find((candidate) => candidate.kind === kind)
  if (!definition) throw new TypeError(`there is no provider of kind ${kind}`)
  return definition
}

/** Creates the adapter of one configured account. */
export function createAdapter(
  account: AccountConfig,
  { upstream, ...dependencies }: AdapterFactoryDependencies,
): ChatAdapter {
  const definition = definitionOf(account.kind)
  const { isRateLimited } = definition
  return definition.create(account, { ...dependencies, upstream: { ...upstream, isRateLimited } })
}

/** What `createAdapter` passes on; the definition adds how it recognizes a rate limit. */
export interface AdapterFactoryDependencies extends Omit<AdapterDependencies, 'upstream'> {
  readonly upstream: Omit<AdapterDependencies['upstream'], 'isRateLimited'>
}

/** Creates the registry that keeps the visitor tokens of all configured accounts apart. */
export function createVisitorTokenOwners(accounts: readonly AccountConfig[]): VisitorTokenOwners {
  return new VisitorTokenOwners(
    accounts.map(({ name, kind }) => ({ name, hasTokenFormat: definitionOf(kind).hasTokenFormat })),
  )
}

/** Milliseconds between two offline messages to an account of this kind; `configured` is OFFLINE_SPACING_MS. */
export function offlineSpacingMs(kind: string, configured: number | undefined): number {
  const { offlineSpacingMs: required } = definitionOf(kind)
  return required === 0 ? 0 : (configured ?? required)
}
