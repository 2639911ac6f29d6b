/**
 * What follows a refused login or a disconnect: another connection with the same token, one with a new token, or none.
 * Words that are not listed mean none: the gateway polls, and a later subscription tries again.
 */
export type AfterDisconnect = 'reconnect' | 'renew' | 'stop'

/** Reasons of `agent_disconnected` (docs/providers/livechat.md 7.2). */
const agentReasons: ReadonlyMap<string, AfterDisconnect> = new Map([
  ['access_token_expired', 'renew'],
  ['connection_timeout', 'reconnect'],
  ['internal_error', 'reconnect'],
  ['too_many_unauthorized_connections', 'reconnect'],
  ['role_permissions_changed', 'reconnect'],
])

/** Reasons of `customer_disconnected` (docs/providers/livechat.md 25.4). */
const customerReasons: ReadonlyMap<string, AfterDisconnect> = new Map([
  ['access_token_revoked', 'renew'],
  ['access_token_expired', 'renew'],
  ['connection_evicted', 'reconnect'],
  ['connection_timeout', 'reconnect'],
  ['internal_error', 'reconnect'],
  ['service_temporarily_unavailable', 'reconnect'],
  ['too_many_unauthorized_connections', 'reconnect'],
])

/** Types of errors with which a login fails (docs/providers/livechat.md 3.6, 25.4). */
const loginErrors: ReadonlyMap<string, AfterDisconnect> = new Map([
  ['authentication', 'renew'],
  ['internal', 'reconnect'],
  ['request_timeout', 'reconnect'],
  ['service_unavailable', 'reconnect'],
  ['too_many_requests', 'reconnect'],
  ['pending_requests_limit_reached', 'reconnect'],
])

/** Returns what follows a disconnect for a reason of LiveChat's. */
export function afterDisconnect(api: 'agent' | 'customer', reason: string): AfterDisconnect {
  return (api === 'agent' ? agentReasons : customerReasons).get(reason) ?? 'stop'
}

/** Returns what follows a login that failed with an error of this type. */
export function afterLoginError(errorType: string): AfterDisconnect {
  return loginErrors.get(errorType) ?? 'stop'
}

/** Reasons and errors that every customer of the account receives. Others are taken as one customer's own. */
const accountWide: ReadonlySet<string> = new Set([
  'license_expired',
  'license_not_found',
  'misdirected_connection',
  'misdirected_request',
  'unsupported_version',
  'users_limit_reached',
  'validation',
  'wrong_product_version',
])

/** Whether all customers of the account are refused for the same reason. */
export function concernsAllCustomers(word: string): boolean {
  return accountWide.has(word)
}
