import { type ClientAddress, createClientAddress } from './client-address.ts'
import { createHostCheck, type HostSettings, type IsAllowedHost } from './host-check.ts'
import { createOriginCheck, type IsAllowedOrigin } from './origin-check.ts'
import { createTrustedProxies } from './trusted-proxies.ts'

/** The checks of every transport before it reads a request. */
export interface RequestChecks {
  readonly clientAddress: ClientAddress
  readonly isAllowedHost: IsAllowedHost
  readonly isAllowedOrigin: IsAllowedOrigin
}

/** The settings of the checks. */
export interface RequestCheckSettings extends HostSettings {
  /** IP addresses and CIDR ranges of proxies whose `X-Forwarded-*` headers are trusted. */
  readonly trustedProxies: readonly string[]
}

export function createRequestChecks(settings: RequestCheckSettings): RequestChecks {
  const isTrustedProxy = createTrustedProxies(settings.trustedProxies)
  return {
    clientAddress: createClientAddress(isTrustedProxy),
    isAllowedHost: createHostCheck(settings),
    isAllowedOrigin: createOriginCheck(settings.allowedOrigins, isTrustedProxy),
  }
}
