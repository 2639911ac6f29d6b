import { isJsonObject, type JsonObject } from '../../../domain/json.ts'

/** The members of a request that can be executed directly. */
export interface DirectParams {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
  readonly extensions: Readonly<Record<string, unknown>>
}

const NAMES: ReadonlySet<string> = new Set([
  'query',
  'operationName',
  'variables',
  'documentId',
  'extensions',
])
const NONE: JsonObject = {}

/**
 * Reads the members of a parsed request body; null if one is unknown or has the wrong type. By hand, because a schema takes
 * longer than the rest of the preparation.
 */
export function readDirectParams(params: unknown): DirectParams | null {
  if (!isJsonObject(params)) return null
  for (const name in params) if (!NAMES.has(name)) return null
  const { query, operationName = null, documentId = null } = params
  const variables = params['variables'] ?? NONE
  const extensions = params['extensions'] ?? NONE
  if (typeof query !== 'string' || !isTextOrNull(operationName) || !isTextOrNull(documentId)) return null
  return isJsonObject(variables) && isJsonObject(extensions)
    ? { query, operationName, variables, extensions }
    : null
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
