const MAX_INT = 2 ** 31 - 1

/** Rounds a number and limits it to the range of GraphQL's Int, which is 24 days in milliseconds. */
export function toGraphQLInt(value: number | null): number | null {
  return value === null ? null : Math.min(Math.round(value), MAX_INT)
}
