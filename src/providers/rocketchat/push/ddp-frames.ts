import { fieldOf, readNonEmptyString, readNumber, readString } from '../../shared/read-document.ts'

/** The streams that the gateway subscribes to (docs/providers/rocketchat.md 7.2). */
export type StreamName =
  | 'stream-room-messages'
  | 'stream-notify-room'
  | 'stream-livechat-room'
  | 'stream-livechat-inquiry-queue-observer'
  | 'stream-notify-user'

/** Why the server refuses a login, a subscription or a method. */
export interface DdpError {
  /** Such as `not-allowed` or `403`; empty if the server gives none. */
  readonly code: string
  /** Milliseconds until the server's rate limit allows another one; null for other errors. */
  readonly timeToResetMs: number | null
}

/** A frame of the server, as far as the gateway uses it. */
export type DdpFrame =
  | { readonly type: 'connected' }
  /** The server speaks no version of DDP that the gateway does. */
  | { readonly type: 'failed' }
  | { readonly type: 'ping'; readonly id: string | null }
  | { readonly type: 'ready'; readonly ids: readonly string[] }
  | { readonly type: 'nosub'; readonly id: string; readonly error: DdpError | null }
  | { readonly type: 'result'; readonly id: string; readonly error: DdpError | null }
  | {
      readonly type: 'event'
      readonly stream: string
      readonly event: string
      readonly args: readonly unknown[]
    }

const NO_ARGS: readonly unknown[] = []

/** Reads a frame (docs/providers/rocketchat.md 7.2); null for one that the gateway does not use or cannot read. */
export function readFrame(value: unknown): DdpFrame | null {
  const id = readNonEmptyString(fieldOf(value, 'id'))
  const error = readError(fieldOf(value, 'error'))
  switch (fieldOf(value, 'msg')) {
    case 'connected':
      return { type: 'connected' }
    case 'failed':
      return { type: 'failed' }
    case 'ping':
      return { type: 'ping', id }
    case 'ready':
      return { type: 'ready', ids: readIds(fieldOf(value, 'subs')) }
    case 'nosub':
      return id === null ? null : { type: 'nosub', id, error }
    case 'result':
      return id === null ? null : { type: 'result', id, error }
    case 'changed':
      return readEvent(value)
    default:
      return null
  }
}

function readEvent(value: unknown): DdpFrame | null {
  const fields = fieldOf(value, 'fields')
  const stream = readString(fieldOf(value, 'collection'))
  const event = readString(fieldOf(fields, 'eventName'))
  if (stream === null || event === null) return null
  const args: unknown = fieldOf(fields, 'args')
  return { type: 'event', stream, event, args: Array.isArray(args) ? args : NO_ARGS }
}

function readIds(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []
}

/** The code is a text, or a number for HTTP-like errors. */
function readError(value: unknown): DdpError | null {
  if (value === undefined || value === null) return null
  const code = fieldOf(value, 'error')
  return {
    code: readString(code) ?? String(readNumber(code) ?? ''),
    timeToResetMs: readNumber(fieldOf(fieldOf(value, 'details'), 'timeToReset')),
  }
}
