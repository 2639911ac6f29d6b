import { MessageType, validateMessage } from 'graphql-ws'
import { isJsonObject, parseJson } from '../../domain/json.ts'

/** A message of graphql-transport-ws, as the library types it. */
export type ClientMessage = ReturnType<typeof validateMessage>

/** Parses the text of a frame; null for anything that is not a valid message, or is nested too deep. */
export function parseClientMessage(text: string): ClientMessage | null {
  try {
    return validateMessage(withQuery(parseJson(text)))
  } catch {
    return null
  }
}

/** Adds an empty `query` to an operation that names its document by id, because the library requires the member. */
function withQuery(message: unknown): unknown {
  if (!isJsonObject(message) || message['type'] !== MessageType.Subscribe) return message
  const { payload } = message
  if (!isJsonObject(payload) || 'query' in payload) return message
  if (!('documentId' in payload || 'extensions' in payload)) return message
  return { ...message, payload: { ...payload, query: '' } }
}
