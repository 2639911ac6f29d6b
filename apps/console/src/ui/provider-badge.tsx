import type { ProviderKind } from '../../generated/graphql.ts'

/** The provider account of an item, by name and colour. */
export function ProviderBadge({ name, kind }: { readonly name: string; readonly kind: ProviderKind }) {
  return <span className={`badge ${kind.toLowerCase()}`}>{name}</span>
}
