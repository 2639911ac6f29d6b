import type { RtmSide } from './users.ts'

/** The reasons with which the server ends a connection (docs/providers/livechat.md 7.2 and 25.4). */
export const disconnectReasons = {
  agent: [
    'access_token_expired',
    'access_token_revoked',
    'agent_disconnected_by_server',
    'agent_logged_out_remotely',
    'connection_evicted',
    'connection_timeout',
    'internal_error',
    'license_expired',
    'license_not_found',
    'misdirected_connection',
    'role_permissions_changed',
    'too_many_connections',
    'too_many_unauthorized_connections',
    'unsupported_version',
  ],
  customer: [
    'access_token_expired',
    'access_token_revoked',
    'connection_evicted',
    'connection_timeout',
    'customer_banned',
    'customer_temporarily_blocked',
    'internal_error',
    'license_expired',
    'license_not_found',
    'logged_out_remotely',
    'misdirected_connection',
    'service_temporarily_unavailable',
    'too_many_connections',
    'too_many_unauthorized_connections',
    'unsupported_version',
    'users_limit_reached',
  ],
} as const satisfies Readonly<Record<RtmSide, readonly string[]>>

/** A reason with which a connection ends; some belong to one side only. */
export type DisconnectReason = (typeof disconnectReasons)[RtmSide][number]
