/**
 * A link as an absolute address, a relative one read against `base`; null where there is none. Only http(s) leaves the
 * gateway: a link of another scheme is some client's script, not a file.
 */
export function toHttpLink(link: string | null | undefined, base?: string): string | null {
  const url = link && URL.canParse(link, base) ? new URL(link, base) : null
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : null
}
