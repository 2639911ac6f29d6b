/**
 * Whether a client with this `Accept-Encoding` header accepts gzip: by name, or as any other encoding. A weight of zero
 * refuses an encoding (RFC 9110, 12.4.2 and 12.5.3). The time is linear in the length, because clients choose the header.
 */
export function acceptsGzip(header: string | undefined): boolean {
  if (header === undefined) return false
  let acceptsOthers = false
  for (const entry of header.toLowerCase().split(',')) {
    const [encoding, ...parameters] = entry.split(';').map((part) => part.trim())
    const isAccepted = !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
    if (encoding === 'gzip') return isAccepted
    if (encoding === '*') acceptsOthers = isAccepted
  }
  return acceptsOthers
}
