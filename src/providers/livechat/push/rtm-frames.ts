import { fieldOf, readNonEmptyString, readString, toObject } from '../../shared/read-document.ts'

/** What arrives over RTM (docs/providers/livechat.md 7.2). */
export type RtmFrame =
  | {
      readonly type: 'response'
      /** Null where the response names no request. */
      readonly requestId: string | null
      readonly action: string
      readonly payload: unknown
      /** LiveChat's type of the error; null for a success. */
      readonly errorType: string | null
    }
  | { readonly type: 'push'; readonly action: string; readonly payload: unknown }

/** Reads a frame; null for anything that is neither a response nor a push. */
export function readRtmFrame(value: unknown): RtmFrame | null {
  const type = fieldOf(value, 'type')
  if (type !== 'response' && type !== 'push') return null
  const { action: wireAction, request_id, success, payload } = toObject(value)
  const action = readString(wireAction) ?? ''
  if (type === 'push') return { type, action, payload }
  return {
    type,
    requestId: readNonEmptyString(request_id),
    action,
    payload,
    errorType: success === true ? null : toErrorType(fieldOf(fieldOf(payload, 'error'), 'type')),
  }
}

/** A word of LiveChat's that may appear in a reason: anything else could contain what a client sent. */
export function toErrorType(value: unknown): string {
  const word = readString(value) ?? ''
  return /^[a-z_]{1,60}$/.test(word) ? word : 'unknown'
}
