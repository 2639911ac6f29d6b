import { createHash } from 'node:crypto'
import type { GraphiQLOptions, Plugin } from 'graphql-yoga'
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
  /** The HTML. Its package takes tens of megabytes of memory, so it is loaded and rendered with the first request. */
  readonly render: () => Promise<string>
  /** Adds the security headers to the engine's response. */
  readonly plugin: Plugin
}

interface RenderedPage {
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

/** Creates the page with its first tabs; without any it shows GraphiQL's default. */
export function createGraphiQL(tabs: readonly GraphiQLTab[]): GraphiQLPage {
  const options: GraphiQLOptions = {
    title: 'Switchboard',
    // Over server-sent events a subscription has the headers of the tab, like a query.
    subscriptionsProtocol: 'SSE',
    method: 'POST',
    // The sandbox's key is useless after its end. Real keys must not be stored in the browser.
    shouldPersistHeaders: tabs.length > 0,
    ...(tabs.length > 0 && { defaultTabs: [...tabs] }),
  }
  let page: Promise<RenderedPage> | null = null
  const rendered = async (): Promise<RenderedPage> => {
    page ??= renderPage(options)
    try {
      return await page
    } catch (error) {
      page = null
      throw error
    }
  }
  return {
    options,
    render: async () => (await rendered()).html,
    plugin: {
      async onResponse({ response }) {
        if (!response.headers.get('content-type')?.startsWith('text/html')) return
        const { headers } = await rendered()
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
      },
    },
  }
}

async function renderPage(options: GraphiQLOptions): Promise<RenderedPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL(options)
  return { html, headers: securityHeaders(policyOf(html)) }
}

/** Allows only the page's own inline scripts, by hash. Its editor adds style elements at run time. */
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
