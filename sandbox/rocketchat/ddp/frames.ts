import { z } from 'zod'

const clientFrame = z.looseObject({
  msg: z.string(),
  id: z.string().optional(),
  name: z.string().optional(),
  method: z.string().optional(),
  params: z.array(z.unknown()).optional(),
})

/** A frame of a client. Which of the optional fields it needs depends on `msg`. */
export type ClientFrame = z.infer<typeof clientFrame>

/** Reads the text of a frame: `unparsable` if it is no JSON, `malformed` if it is no DDP frame. */
export function parseFrame(text: string): ClientFrame | 'unparsable' | 'malformed' {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'unparsable'
  }
  return clientFrame.safeParse(json).data ?? 'malformed'
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
