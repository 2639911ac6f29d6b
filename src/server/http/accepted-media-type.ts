const GRAPHQL_RESPONSE = 'application/graphql-response+json'
const JSON_TYPE = 'application/json'

/**
 * Chooses the media type of a result as the GraphQL engine does: the first of the `Accept` header that is served. Returns
 * null for a header that names other types too, or a character set: the engine decides then.
 */
export function acceptedMediaType(header = '*/*'): string | null {
  const types = header.replace(/\s/g, '').toLowerCase().split(',').map(servedType)
  return types.includes(null) ? null : (types[0] ?? null)
}

function servedType(range: string): string | null {
  const [type, ...parameters] = range.split(';')
  if (parameters.some((parameter) => parameter.includes('charset='))) return null
  if (type === GRAPHQL_RESPONSE) return GRAPHQL_RESPONSE
  return type === JSON_TYPE || type === 'application/*' || type === '*/*' ? JSON_TYPE : null
}
