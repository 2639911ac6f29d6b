/**
 * Returns a link as an absolute address, resolved against `base`, or null. Only http(s) links leave the gateway: a link of
 * another scheme is a script of some client, not a file.
 */
export function toHttpLink(link: string | null | undefined, base?: string): string | null {
  const url = link && URL.canParse(link, base) ? new URL(link, base) : null
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : null
}
