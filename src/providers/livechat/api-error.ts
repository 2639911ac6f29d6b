import { z } from 'zod'
import type { UpstreamResponse } from '../../upstream/client.ts'
import { mayHaveTakenEffect, UpstreamError } from '../../upstream/errors.ts'
import { UnreadableResponse } from '../shared/errors.ts'
import { parseJson } from '../shared/json.ts'
import { lenient } from '../shared/response.ts'

/** Which of LiveChat's hosts and APIs refused. */
export type LiveChatApi = 'agent' | 'customer' | 'configuration' | 'accounts' | 'helpdesk'

/**
 * LiveChat answered, and refused. `type` is its own word for why (docs/providers/livechat.md 3.6), or what
 * the status says.
 */
export class LiveChatError extends Error {
  override readonly name = 'LiveChatRefusal'
  readonly api: LiveChatApi
  readonly status: number
  readonly type: string
  /** Where a misdirected request should have gone. */
  readonly region: string | null
  readonly retryAfterMs: number | null

  constructor(api: LiveChatApi, response: UpstreamResponse) {
    const { type, message, region } = readBody(response.text)
    const meant = typeOf(type, message, response.status)
    super(`LiveChat refused with ${response.status} ${meant}`)
    this.api = api
    this.status = response.status
    this.type = meant
    this.region = region
    this.retryAfterMs = response.retryAfterMs
  }
}

/** Whether LiveChat refused for one of these reasons. */
export function hasErrorType(error: unknown, ...types: readonly string[]): error is LiveChatError {
  return error instanceof LiveChatError && types.includes(error.type)
}

/** Whether a write that failed so may have happened all the same. */
export function mayHaveBeenProcessed(error: unknown): boolean {
  if (error instanceof UpstreamError) return mayHaveTakenEffect(error)
  if (error instanceof LiveChatError) return error.status >= 500
  return error instanceof UnreadableResponse
}

/** Whether a write that failed so may happen yet: nobody has said that LiveChat is done with it. */
export function mayStillBeProcessed(error: unknown): boolean {
  if (error instanceof LiveChatError) return error.type === 'request_timeout' || error.status === 502
  return mayHaveBeenProcessed(error)
}

/** v3 wraps its error; the accounts host writes `oauth_exception`. Where a body is neither, the status speaks. */
const failure = z.object({
  error: lenient(
    z.object({
      type: lenient(z.string()),
      message: lenient(z.string()),
      data: lenient(z.object({ region: lenient(z.string()) })),
    }),
  ),
  oauth_exception: lenient(z.string()),
})

function readBody(text: string): { type: string; message: string; region: string | null } {
  const parsed = failure.safeParse(parseJson(text))
  const { error, oauth_exception } = parsed.success ? parsed.data : {}
  const region = error?.data?.region ?? ''
  return {
    type: error?.type ?? oauth_exception ?? '',
    message: error?.message ?? '',
    // It goes into a header: only a word may.
    region: /^[a-z]{2,10}$/.test(region) ? region : null,
  }
}

/** The words that the adapter knows what to do with; any other type is judged by its status. */
const known = new Set([
  'agent_offline',
  'authentication',
  'authorization',
  'chat_anonymized',
  'chat_inactive',
  'customer_banned',
  'entity_too_large',
  'group_not_found',
  'group_offline',
  'group_unavailable',
  'groups_offline',
  'internal',
  'license_expired',
  'license_not_found',
  'limit_reached',
  'misdirected_request',
  'missing_access',
  'not_found',
  'request_timeout',
  'service_unavailable',
  'too_many_requests',
  'unauthorized_client',
  'unsupported_version',
  'validation',
  'wrong_product_version',
])

const byStatus = new Map([
  [401, 'authentication'],
  [403, 'authorization'],
  [404, 'not_found'],
  [413, 'entity_too_large'],
  [421, 'misdirected_request'],
  [429, 'too_many_requests'],
  [503, 'service_unavailable'],
  [504, 'request_timeout'],
])

/**
 * Two refusals were seen in real traffic with their text and status, but not their type
 * (docs/providers/livechat.md 3.6): by their text they are told apart from a missing scope and from a request
 * of the wrong shape.
 */
function typeOf(type: string, message: string, status: number): string {
  if (/not (a )?user of (the )?chat/i.test(message)) return 'not_in_chat'
  if (/chat (is )?not active/i.test(message)) return 'chat_inactive'
  if (known.has(type)) return type
  return byStatus.get(status) ?? (status >= 500 ? 'internal' : 'validation')
}
