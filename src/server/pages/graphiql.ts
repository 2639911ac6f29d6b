import { createHash } from 'node:crypto'
import type { GraphiQLOptions, Plugin } from 'graphql-yoga'
import { contentHash } from './content-hash.ts'
import { type GraphiQLAddresses, GraphiQLFiles, type ServeGraphiQLFile } from './graphiql-files.ts'
import { securityHeaders } from './security-headers.ts'

/** One tab of GraphiQL. Variables and headers are JSON. */
export interface GraphiQLTab {
  readonly query: string
  readonly variables?: string
  readonly headers?: string
}

/** The GraphiQL page. */
export interface GraphiQLPage {
  readonly options: GraphiQLOptions
  /** Renders the HTML. */
  readonly render: () => Promise<string>
  /** Adds the security headers to the engine's response. */
  readonly plugin: Plugin
  /** Serves the files that the page loads. */
  readonly serveFile: ServeGraphiQLFile
}

/** Creates the page with its first tabs; without any it shows GraphiQL's default. */
export function createGraphiQL(tabs: readonly GraphiQLTab[]): GraphiQLPage {
  const files = new GraphiQLFiles()
  const options: GraphiQLOptions = {
    title: 'Switchboard',
    // Over server-sent events a subscription has the headers of the tab, like a query.
    subscriptionsProtocol: 'SSE',
    method: 'POST',
    // The sandbox's key is useless after its end. Real keys must not be stored in the browser.
    shouldPersistHeaders: tabs.length > 0,
    ...(tabs.length > 0 && { defaultTabs: [...tabs] }),
  }
  const startScript = async () => discardScriptOf(tabs) + startScriptOf(options, await files.addresses())
  return {
    options,
    render: async () => renderPage(await files.addresses(), await startScript()),
    plugin: {
      async onResponse({ response }) {
        if (!response.headers.get('content-type')?.startsWith('text/html')) return
        const headers = securityHeaders(policyFor(await startScript()))
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
      },
    },
    serveFile: files.serve,
  }
}

/**
 * GraphiQL's tabs can be dragged, and its library moves a tab to the end of the row when it gets the focus: between the press and
 * the release of the mouse, so that no click arrives. With this style tabs stay where they are; the start script prevents drags.
 */
const STEADY_TABS = '.graphiql-tab { transform: none !important }'

/** The package's own page contains all files, so that every load transfers nine megabytes. */
function renderPage({ script, style }: GraphiQLAddresses, startScript: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Switchboard</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${style}" />
    <style>${STEADY_TABS}</style>
  </head>
  <body id="body" class="no-focus-outline">
    <noscript>You need to enable JavaScript to run this app.</noscript>
    <div id="root"></div>
    <script src="${script}"></script>
    <script>${startScript}</script>
  </body>
</html>
`
}

/**
 * Discards tabs that the browser has kept from an earlier sandbox. GraphiQL would show them instead of the example tabs, but their
 * keys and rooms are gone. The address holds the query of the tab that was open then, which would fill the first example tab.
 */
function discardScriptOf(tabs: readonly GraphiQLTab[]): string {
  if (tabs.length === 0) return ''
  return `
      const tabsHash = '${contentHash(JSON.stringify(tabs))}'
      const keptHash = localStorage.getItem('switchboard:tabs')
      if (keptHash !== tabsHash) {
        if (keptHash !== null) history.replaceState(null, '', location.pathname)
        for (const name of ['tabState', 'query', 'variables', 'headers']) localStorage.removeItem('graphiql:' + name)
        localStorage.setItem('switchboard:tabs', tabsHash)
      }`
}

/** Shows GraphiQL. A tab sees clicks, but not the press with which a drag begins. */
function startScriptOf(options: GraphiQLOptions, { workers }: GraphiQLAddresses): string {
  return `
      const workers = ${toScript(workers)}
      self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => workers[label] }
      addEventListener('pointerdown', (event) => {
        if (event.target.closest('.graphiql-tab')) event.stopPropagation()
      }, true)
      YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), ${toScript(options)})
    `
}

/** JSON that cannot end the script element that contains it. */
function toScript(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

/** Allows the page's inline script by its hash, and the gateway's files. The editor adds style elements at run time. */
function policyFor(startScript: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${hashOf(startScript)}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** A script's hash as a source of a Content-Security-Policy. */
function hashOf(code: string): string {
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`
}
