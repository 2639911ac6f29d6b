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

/** The pages load only their own files, and no other page may frame them. */
const HEADERS = securityHeaders(
  "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
)

/** What static files are served with. */
export interface StaticFilesOptions {
  /** The operator key that the sandbox hands to its console; null with real providers. */
  readonly sandboxKey: string | null
  readonly log: Logger
  readonly unexpected: UnexpectedErrors
}

/** Serves a file of the console or the widget; false if there is none at this path. */
export type ServeStaticFile = (path: string, req: IncomingMessage, res: ServerResponse) => boolean

/** Serves the console at `/` and the page of the chat widget at `/widget/`. Null if they are not built. */
export function createStaticFiles({
  sandboxKey,
  log,
  unexpected,
}: StaticFilesOptions): ServeStaticFile | null {
  if (!existsSync(CONSOLE) || !existsSync(WIDGET)) {
    log.warn('console and widget are not served because they are not built: run npm run pages')
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
      // Pages of other sites load the widget's files. Their requests to the gateway still need an allowed origin.
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
    // The library throws for invalid ranges. A server may ignore ranges (RFC 9110, 14.2).
    req.headers.range = undefined
    // The file was replaced since the start, or the process has no file descriptor left.
    const onReadError = (error: Error): void => {
      unexpected.report(error, 'static_file')
      res.destroy()
    }
    res.once('pipe', (file) => file.once('error', onReadError))
    let found = true
    const onMissing = () => {
      found = false
    }
    if (path.startsWith(WIDGET_PATH)) {
      req.url = (req.url ?? '').slice(WIDGET_PATH.length - 1)
      widget(req, res, onMissing)
    } else console(req, res, onMissing)
    return found
  }
}

/**
 * The directory of `package.json`; the root directory if there is none. This file lies deeper below it when it runs from
 * `dist`.
 */
function packageRoot(directory = import.meta.dirname): string {
  const parent = dirname(directory)
  return parent === directory || existsSync(join(directory, 'package.json')) ? directory : packageRoot(parent)
}
