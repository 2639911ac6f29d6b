import type { Fault } from '../../../../sandbox/faults.ts'

export const SEND = '/api/v1/livechat/message'
export const MESSAGE = '/api/v1/livechat/message/:_id'
export const HISTORY = '/api/v1/livechat/messages.history/:rid'
export const ROOM = '/api/v1/livechat/room'
export const CLOSE = '/api/v1/livechat/room.close'
export const VISITOR = '/api/v1/livechat/visitor'
export const CUSTOM_FIELDS = '/api/v1/livechat/custom.fields'
export const CONFIG = '/api/v1/livechat/config'
export const OFFLINE = '/api/v1/livechat/offline.message'

/** Upstream timeout for tests in which the server does not respond. */
export const SHORT_TIMEOUT = { upstreamTimeoutMs: 1_000 }

/** Settings of a gateway whose server has this fault: a server that responds may take its time on a busy machine. */
export function timeoutFor({ kind }: Fault): Partial<typeof SHORT_TIMEOUT> {
  return kind === 'stall' ? SHORT_TIMEOUT : {}
}

/** A rate-limit response of the server, without its headers. */
export const TOO_MANY_REQUESTS = {
  kind: 'answer',
  status: 429,
  body: {
    success: false,
    error:
      'Error, too many requests. Please slow down. You must wait 42 seconds before trying this endpoint again. [error-too-many-requests]',
  },
} as const satisfies Fault

export const SERVER_ERROR = {
  kind: 'answer',
  status: 500,
  body: { success: false, error: 'Internal server error' },
} as const satisfies Fault

export const BAD_GATEWAY = {
  kind: 'answer',
  status: 502,
  body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
} as const satisfies Fault

/** An HTML page with status 200, as a proxy or a login page returns it. */
export const HTML_PAGE = {
  kind: 'answer',
  status: 200,
  body: '<!DOCTYPE html><html><title>Welcome</title></html>',
} as const satisfies Fault

export const RESET = { kind: 'reset' } as const satisfies Fault
export const RESET_AFTER_COMMIT = { kind: 'reset-after-commit' } as const satisfies Fault
export const HALF_BODY = { kind: 'half-body' } as const satisfies Fault
export const NO_RESPONSE = { kind: 'stall' } as const satisfies Fault
