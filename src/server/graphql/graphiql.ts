import { createHash } from 'node:crypto'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import type { GraphiQLOptions, Plugin } from 'graphql-yoga'
import { securityHeaders } from '../http/security-headers.ts'

/** One tab of GraphiQL. Variables and headers are JSON. */
export interface GraphiQLTab {
  readonly query: string
  readonly variables?: string
  readonly headers?: string
}

/** GraphiQL as the gateway serves it. */
export interface GraphiQLPage {
  readonly options: GraphiQLOptions
  /** The HTML. It is several megabytes, so it is rendered once, when it is first asked for. */
  readonly render: () => string
  /** Adds the security headers to the engine's response. */
  readonly plugin: Plugin
}

/** `tabs` are what GraphiQL opens with; empty for its own welcome. */
export function createGraphiQL(tabs: readonly GraphiQLTab[]): GraphiQLPage {
  const options: GraphiQLOptions = {
    title: 'Switchboard',
    // With server-sent events a subscription is sent the tab's headers, as a query is.
    subscriptionsProtocol: 'SSE',
    method: 'POST',
    // A key of the sandbox dies with it; a real one has no business in a browser's storage.
    shouldPersistHeaders: tabs.length > 0,
    ...(tabs.length > 0 && { defaultTabs: [...tabs] }),
  }
  let page: { readonly html: string; readonly headers: Readonly<Record<string, string>> } | null = null
  const rendered = () => {
    if (page) return page
    const html = renderGraphiQL(options)
    page = { html, headers: securityHeaders(policyOf(html)) }
    return page
  }
  return {
    options,
    render: () => rendered().html,
    plugin: {
      onResponse({ response }) {
        if (!response.headers.get('content-type')?.startsWith('text/html')) return
        for (const [name, value] of Object.entries(rendered().headers)) response.headers.set(name, value)
      },
    },
  }
}

/** The page's own inline script runs, by its hash, and nothing else; its editor writes style elements as it goes. */
function policyOf(html: string): string {
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code = '']) => hashOf(code))
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    "connect-src 'self'",
    'worker-src blob:',
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** A script's hash as a source of a Content-Security-Policy. */
function hashOf(code: string): string {
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`
}
