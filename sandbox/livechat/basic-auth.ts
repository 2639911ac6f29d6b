/** User and password of an `Authorization: Basic` header, or null where the header is absent, of another scheme or malformed. */
export function readBasicAuth(header: string | undefined): { user: string; password: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const pair = Buffer.from(encoded, 'base64').toString()
  const colon = pair.indexOf(':')
  return colon < 0 ? null : { user: pair.slice(0, colon), password: pair.slice(colon + 1) }
}
