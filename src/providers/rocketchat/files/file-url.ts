/** The only paths with files: `<base>/file-upload/<id>/<name>`, and `ufs` of old releases (docs/providers/rocketchat.md 18.3). */
const FILE_PATH = /^\/(file-upload|ufs)\/[\w.:-]+(\/[^/\\]+)+$/
/** Encoded path separators, which a proxy before the server may decode. */
const ENCODED_SEPARATOR = /%(2f|5c|2e|00)/i

/**
 * Returns the address of a file at the server with this base address, without query and fragment, or null for any other
 * link. Messages can contain links to any path, and the gateway sends credentials: so it fetches nothing but files.
 */
export function toFileUrl(link: string | null, base: string): string | null {
  if (link === null || !URL.canParse(link, `${base}/`)) return null
  const url = new URL(link, `${base}/`)
  const { origin, pathname: basePath } = new URL(`${base}/`)
  if (url.origin !== origin || !url.pathname.startsWith(basePath)) return null
  const path = `/${url.pathname.slice(basePath.length)}`
  return FILE_PATH.test(path) && !ENCODED_SEPARATOR.test(path) ? url.origin + url.pathname : null
}
