import { MessageType, validateMessage } from 'graphql-ws'
import { parseJson } from '../../domain/json.ts'

/** A message of graphql-transport-ws, as the library types it. */
export type ClientMessage = ReturnType<typeof validateMessage>

/** The message in a frame's text; null for anything else, and for one that is nested too deep. */
export function parseClientMessage(text: string): ClientMessage | null {
  try {
    return validateMessage(withQuery(parseJson(text)))
  } catch {
    return null
  }
}

/** An operation that names its document by an id needs no text, but the library demands one. */
function withQuery(message: unknown): unknown {
  if (!isRecord(message) || message['type'] !== MessageType.Subscribe) return message
  const { payload } = message
  if (!isRecord(payload) || 'query' in payload) return message
  if (!('documentId' in payload || 'extensions' in payload)) return message
  return { ...message, payload: { ...payload, query: '' } }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
