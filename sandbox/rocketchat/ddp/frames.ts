import { readRecord, readText } from './read-value.ts'

/** A frame of a client. Which of the optional fields it needs depends on `msg`. */
export interface ClientFrame {
  readonly msg: string
  readonly id?: string
  /** Of a subscription. */
  readonly name?: string
  readonly method?: string
  readonly params: readonly unknown[]
}

/** Reads the text of a frame: `unparsable` if it is no JSON, `malformed` if it is no DDP frame. */
export function parseFrame(text: string): ClientFrame | 'unparsable' | 'malformed' {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'unparsable'
  }
  const { params, ...fields } = readRecord(json)
  const [msg, id] = [readText(fields, 'msg'), readText(fields, 'id')]
  const [name, method] = [readText(fields, 'name'), readText(fields, 'method')]
  if (msg === undefined) return 'malformed'
  return {
    msg,
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(method !== undefined && { method }),
    params: Array.isArray(params) ? params : [],
  }
}

/** An event of a stream. Its `id` is literally "id" (docs/providers/rocketchat.md 7.2). */
export function changedFrame(stream: string, eventName: string, args: readonly unknown[]): object {
  return { msg: 'changed', collection: stream, id: 'id', fields: { eventName, args } }
}

/** The error of a method or a subscription, as Meteor sends it. */
export interface DdpError {
  readonly isClientSafe: true
  readonly error: string | number
  readonly reason?: string
  readonly details?: object
  readonly message: string
  readonly errorType: 'Meteor.Error'
}

/** An error with a code, and a reason for people. */
export function ddpError(error: string | number, reason?: string, details?: object): DdpError {
  return {
    isClientSafe: true,
    error,
    ...(reason !== undefined && { reason }),
    ...(details && { details }),
    message: reason === undefined ? `[${error}]` : `${reason} [${error}]`,
    errorType: 'Meteor.Error',
  }
}

/** The error of a request above a limit; `timeToReset` in milliseconds (docs/providers/rocketchat.md 21.1). */
export function tooManyRequests(timeToReset: number): DdpError {
  const seconds = Math.ceil(timeToReset / 1000)
  const reason = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying again.`
  return ddpError('too-many-requests', reason, { timeToReset })
}
