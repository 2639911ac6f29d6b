/** Which browser pages may talk to the gateway: those of its own origin, and the configured ones. */
export type IsAllowedOrigin = (origin: string | undefined, host: string | undefined) => boolean

/** A request without an Origin is no browser's cross-site one and passes. `null` and the malformed never do. */
export function createOriginCheck(allowedOrigins: readonly string[]): IsAllowedOrigin {
  const allowed = new Set(allowedOrigins)
  return (origin, host) =>
    origin === undefined || allowed.has(origin) || (host !== undefined && hostOf(origin) === host)
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
