import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IsAllowedOrigin } from './origin-check.ts'

const PREFLIGHT_MAX_AGE_S = '600'

/**
 * Sets the headers with which a browser lets the page of an allowed origin read the response, and send requests that
 * need a preflight. Returns false for an origin that is not allowed.
 */
export function setCorsHeaders(
  req: IncomingMessage,
  res: ServerResponse,
  isAllowedOrigin: IsAllowedOrigin,
): boolean {
  const { origin } = req.headers
  res.setHeader('vary', 'origin')
  if (origin === undefined) return true
  if (!isAllowedOrigin(req)) return false
  res.setHeader('access-control-allow-origin', origin)
  if (req.method !== 'OPTIONS') return true
  res.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  res.setHeader(
    'access-control-allow-headers',
    'content-type, authorization, x-visitor-token, accept, last-event-id, idempotency-key, range, if-range',
  )
  res.setHeader('access-control-max-age', PREFLIGHT_MAX_AGE_S)
  return true
}
