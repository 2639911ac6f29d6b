import type { ProviderKind } from '../../generated/graphql.ts'

/** Which account something is of, told by name and colour. */
export function ProviderBadge({ name, kind }: { readonly name: string; readonly kind: ProviderKind }) {
  return <span className={`badge ${kind.toLowerCase()}`}>{name}</span>
}
