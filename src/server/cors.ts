import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IsAllowedOrigin } from './origins.ts'

const PREFLIGHT_SECONDS = '600'

/**
 * Tells the browser whether the page of this origin may read the answer, whatever that will be. A page that is not
 * allowed to is told nothing.
 */
export function allowOrigin(
  req: IncomingMessage,
  res: ServerResponse,
  isAllowedOrigin: IsAllowedOrigin,
): void {
  const { origin, host } = req.headers
  res.setHeader('vary', 'origin')
  if (origin === undefined || !isAllowedOrigin(origin, host)) return
  res.setHeader('access-control-allow-origin', origin)
  if (req.method !== 'OPTIONS') return
  res.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  res.setHeader(
    'access-control-allow-headers',
    'content-type, authorization, x-visitor-token, accept, last-event-id',
  )
  res.setHeader('access-control-max-age', PREFLIGHT_SECONDS)
}
