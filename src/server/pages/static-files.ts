import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import sirv from 'sirv'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { securityHeaders } from './security-headers.ts'

/** The apps as `npm run pages` builds them. */
const CONSOLE = join(packageRoot(), 'apps/console/dist')
const WIDGET = join(packageRoot(), 'apps/widget/dist')
const WIDGET_PATH = '/widget/'
const SANDBOX_PATH = '/sandbox.json'

/** All that the pages load is their own, and nobody else frames them. */
const HEADERS = securityHeaders(
  "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
)

/** What the pages are served with. */
export interface StaticFilesOptions {
  /** The key that a sandbox gives to whoever opens its console; null where there are real providers. */
  readonly sandboxKey: string | null
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
}

/** Serves the console and the widget's page; false where it has nothing at this path. */
export type ServeStaticFile = (path: string, req: IncomingMessage, res: ServerResponse) => boolean

/** Opens the pages' doors: the console at `/`, a page with the chat widget at `/widget/`. Null where none is built. */
export function createStaticFiles({
  sandboxKey,
  log,
  unexpected,
}: StaticFilesOptions): ServeStaticFile | null {
  if (!existsSync(CONSOLE) || !existsSync(WIDGET)) {
    log.warn('the console is not built, so it is not served: npm run pages')
    return null
  }
  const setHeaders = (res: ServerResponse): void => {
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value)
  }
  const console = sirv(CONSOLE, { etag: true, setHeaders })
  const widget = sirv(WIDGET, {
    etag: true,
    setHeaders: (res) => {
      setHeaders(res)
      // Other sites' pages load the widget from here; whose pages may speak to the gateway is another question.
      res.setHeader('access-control-allow-origin', '*')
    },
  })
  return (path, req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false
    if (path === SANDBOX_PATH && sandboxKey !== null) {
      res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      res.end(JSON.stringify({ operatorKey: sandboxKey }))
      return true
    }
    // The library opens streams for ranges that are none, and throws. A server may ignore ranges (RFC 9110, 14.2).
    req.headers.range = undefined
    // A file that cannot be read: it was replaced since the start, or no descriptor is left.
    const cut = (error: Error): void => {
      unexpected.report(error, 'static_file')
      res.destroy()
    }
    res.once('pipe', (file) => file.once('error', cut))
    let found = true
    const miss = () => {
      found = false
    }
    if (path.startsWith(WIDGET_PATH)) {
      req.url = (req.url ?? '').slice(WIDGET_PATH.length - 1)
      widget(req, res, miss)
    } else console(req, res, miss)
    return found
  }
}

/** The directory of `package.json`. This file lies deeper below it when it runs from `dist`. */
function packageRoot(): string {
  let directory = import.meta.dirname
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory)
  return directory
}
