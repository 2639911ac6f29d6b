const MAX_INT = 2 ** 31 - 1

/** Rounds milliseconds and limits them to the range of GraphQL's Int: 24 days. */
export function toGraphQLInt(ms: number | null): number | null {
  return ms === null ? null : Math.min(Math.round(ms), MAX_INT)
}
