import { UnreadableResponse } from '../shared/errors.ts'
import { fieldOf, toObject, UnreadableField } from '../shared/read-document.ts'
import { ResponseFormat } from '../shared/response-format.ts'
import { isRateLimitError, RocketChatError } from './errors.ts'

/** A request that every server answers without a login and without a rate limit (docs/providers/rocketchat.md 9). */
export const SERVER_INFO = { method: 'GET', route: '/api/info' } as const

/** Its response. Only one thing matters: whether a Rocket.Chat server sends it. */
export const serverInfo = new ResponseFormat((value) => {
  // Old servers have the version in `info` only.
  const version = fieldOf(value, 'version') ?? fieldOf(toObject(value)['info'], 'version')
  if (typeof version !== 'string') throw new UnreadableField('version')
  return null
})

/** Whether an error of that request shows that the server is not Rocket.Chat. An internal error (5xx) shows nothing. */
export function isFromAnotherServer(error: unknown): boolean {
  if (error instanceof RocketChatError) return error.status < 500 && !isRateLimitError(error)
  return error instanceof UnreadableResponse
}
