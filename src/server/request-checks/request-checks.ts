import { type ClientAddress, createClientAddress } from './client-address.ts'
import { createHostCheck, type HostSettings, type IsAllowedHost } from './host-check.ts'
import { createOriginCheck, type IsAllowedOrigin } from './origin-check.ts'
import { createTrustedProxies } from './trusted-proxies.ts'

/** What both transports ask of a request before they read it. */
export interface RequestChecks {
  readonly clientAddress: ClientAddress
  readonly isAllowedHost: IsAllowedHost
  readonly isAllowedOrigin: IsAllowedOrigin
}

/** The settings that the checks follow. */
export interface RequestCheckSettings extends HostSettings {
  /** IP addresses and CIDR ranges whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[]
}

/** Creates the checks. */
export function createRequestChecks(settings: RequestCheckSettings): RequestChecks {
  const isTrustedProxy = createTrustedProxies(settings.trustedProxies)
  return {
    clientAddress: createClientAddress(isTrustedProxy),
    isAllowedHost: createHostCheck(settings),
    isAllowedOrigin: createOriginCheck(settings.allowedOrigins, isTrustedProxy),
  }
}
