import { isCertificateCode } from '../../upstream/errors.ts'
import type { UpstreamRequestReport } from '../../upstream/request.ts'

/** A failure of a server, as one request shows it. Contains no path, no id and no token. */
export interface RequestFailure {
  /** For the log: an error code, an HTTP status, or the kind of failure. */
  readonly cause: string
  /** One sentence for everyone who can query the health of providers. */
  readonly reason: string
  /** For the log only, because it can be the name of an internal host: where the server redirects to. */
  readonly redirectOrigin?: string
  /** Whether a retry does not help: no connection can be established, or the server is another product. */
  readonly isFinal?: true
}

/** Statuses with which web sites respond to an unknown path or caller. Proxies send others with pages of their own. */
const SITE_STATUSES = new Set(['401', '403', '404', '405'])

/** The failure that a finished request shows; null for a response that a working server sends. `vendor` is the expected product. */
export function findRequestFailure(report: UpstreamRequestReport, vendor: string): RequestFailure | null {
  const { outcome, errorCode } = report
  const because = errorCode === null ? '' : ` (${errorCode})`
  const cause = errorCode ?? outcome
  if (outcome === 'not-sent')
    return { cause, reason: `${connectionReason(errorCode)}${because}.`, isFinal: true }
  if (outcome === 'lost') return { cause, reason: `The connection to the provider broke${because}.` }
  if (outcome === 'timeout') return { cause, reason: 'The provider did not respond in time.' }
  if (outcome === 'oversized')
    return { cause, reason: 'The provider’s responses are longer than the gateway reads.' }
  if (outcome === '429') return { cause, reason: 'The provider limits the rate of requests.' }
  if (outcome.startsWith('5')) return { cause, reason: `The provider responded with status ${outcome}.` }
  return findForeignResponse(report, vendor)
}

/** The failure of a server that responds, but is another product than expected. */
export function foreignServer(vendor: string, how = 'it responds in another format'): RequestFailure {
  return { cause: 'another-server', reason: `The server is not ${vendor}: ${how}.`, isFinal: true }
}

function connectionReason(code: string | null): string {
  if (code === 'ENOTFOUND') return 'The provider’s host name is unknown'
  if (code === 'EAI_AGAIN') return 'The provider’s host name cannot be resolved now'
  if (code === 'ECONNREFUSED') return 'The provider’s host refuses connections'
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'The provider’s host does not accept connections in time'
  if (code?.startsWith('ERR_SSL_')) return 'The provider’s port does not speak https'
  if (code !== null && isCertificateCode(code)) return 'The provider’s certificate is not accepted'
  return 'No connection to the provider'
}

/** Providers respond to every request of the gateway with JSON, and redirect none. */
function findForeignResponse(
  { outcome, mediaType, redirectOrigin }: UpstreamRequestReport,
  vendor: string,
): RequestFailure | null {
  if (outcome.startsWith('3')) {
    const failure = foreignServer(vendor, 'it redirects elsewhere')
    return redirectOrigin === null ? failure : { ...failure, redirectOrigin }
  }
  const isSite = outcome.startsWith('2') || SITE_STATUSES.has(outcome)
  if (mediaType !== 'text/html' || !isSite) return null
  return foreignServer(vendor, `it responds with a web page and status ${outcome}`)
}
