import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Logger } from 'pino'
import sirv from 'sirv'
import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'
import { packageRoot } from './package-root.ts'
import { securityHeaders } from './security-headers.ts'

/** An app of the browser that the gateway serves. */
export type AppName = 'console' | 'widget'

/** The apps as `npm run pages` builds them. */
const FOLDERS = {
  console: join(packageRoot(), 'apps/console/dist'),
  widget: join(packageRoot(), 'apps/widget/dist'),
} as const satisfies Record<AppName, string>
const WIDGET_PATH = '/widget/'
/** The script that pages of other sites load. */
const WIDGET_SCRIPT = '/widget.js'
const SANDBOX_PATH = '/sandbox.json'

/** The pages load only their own files, show the files of messages, which they read with a credential, and no other page may frame them. */
const HEADERS = securityHeaders(
  "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'",
)

/** The build writes a hash of the content into these names. */
const HASHED_NAME = /^\/assets\/.+-[\w-]{8}\.\w+$/
const A_YEAR = 'public, max-age=31536000, immutable'
/** Pages, and the widget's script, which other pages link to under a fixed name: browsers ask whether they have changed. */
const REVALIDATED = 'no-cache'

/** Dependencies of static files. */
export interface StaticFilesOptions {
  /** The apps to serve. They are built. */
  readonly apps: ReadonlySet<AppName>
  /** The operator key that the sandbox hands to its console; null with real providers. */
  readonly sandboxKey: string | null
  readonly unexpected: UnexpectedErrors
}

/** Finds the configured apps that are built, and warns about the others. */
export function findBuiltApps(config: Readonly<Record<AppName, boolean>>, log: Logger): ReadonlySet<AppName> {
  const wanted = (['console', 'widget'] as const).filter((name) => config[name])
  const built = new Set(wanted.filter((name) => existsSync(FOLDERS[name])))
  const missing = wanted.filter((name) => !built.has(name))
  if (missing.length > 0) {
    const message = 'pages are not served because they are not built: see "The process" in docs/operating.md'
    log.warn({ apps: missing }, message)
  }
  return built
}

/** Serves a file of the console or the widget; false if there is none at this path. */
export type ServeStaticFile = (path: string, req: IncomingMessage, res: ServerResponse) => boolean

/** Serves the console at `/`, and the chat widget's script at `/widget.js` and a page with it at `/widget/`. Null without apps. */
export function createStaticFiles({
  apps,
  sandboxKey,
  unexpected,
}: StaticFilesOptions): ServeStaticFile | null {
  if (apps.size === 0) return null
  const setHeaders = (res: ServerResponse, path: string): void => {
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value)
    res.setHeader('cache-control', HASHED_NAME.test(path) ? A_YEAR : REVALIDATED)
  }
  // The build has compressed the files: see scripts/compress-pages.ts.
  const options = { etag: true, gzip: true, brotli: true }
  const console = apps.has('console') ? sirv(FOLDERS.console, { ...options, setHeaders }) : null
  const widget = !apps.has('widget')
    ? null
    : sirv(FOLDERS.widget, {
        ...options,
        setHeaders: (res, path) => {
          setHeaders(res, path)
          // Pages of other sites load the widget's script, isolated ones too. Their requests to the gateway still need an allowed origin.
          res.setHeader('access-control-allow-origin', '*')
          res.setHeader('cross-origin-resource-policy', 'cross-origin')
        },
      })
  return (path, req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false
    if (console && path === SANDBOX_PATH && sandboxKey !== null) {
      res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      res.end(JSON.stringify({ operatorKey: sandboxKey }))
      return true
    }
    const isOfWidget = path.startsWith(WIDGET_PATH) || path === WIDGET_SCRIPT
    const serve = isOfWidget ? widget : console
    if (!serve) return false
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
    const { url = '' } = req
    if (path.startsWith(WIDGET_PATH)) req.url = url.slice(WIDGET_PATH.length - 1)
    serve(req, res, onMissing)
    // Metrics show the path that the client requested.
    req.url = url
    return found
  }
}
