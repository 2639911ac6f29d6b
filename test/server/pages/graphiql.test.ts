import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { GraphiQLTab } from '../../../src/server/pages/graphiql.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { request } from '../../support/http.ts'

it('is one page that loads nothing from other servers', async () => {
  const html = await openGraphiQL()
  expect(html).toMatch(/<title>Switchboard<\/title>/)
  const markup = html.replace(/<(script|style)>.*?<\/\1>/gs, '')
  const references = [...markup.matchAll(/\s(?:src|href|action|data)\s*=\s*["']?([^"'\s>]*)/g)].map(
    ([, to]) => to,
  )
  expect(references.filter((to) => !to?.startsWith('data:'))).toEqual([])
  expect(markup).not.toMatch(/<(script|link|iframe|img)\b[^>]*https?:/)
  const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css]) => css).join('\n')
  expect(styles).not.toMatch(/@import|url\(\s*["']?(https?:)?\/\//)
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code]) => code).join('\n')
  expect(scripts).toContain('renderYogaGraphiQL')
  expect(scripts).not.toMatch(/(importScripts|import)\(\s*["'`](https?:)?\/\//)
  expect(scripts).not.toMatch(/cdn\.jsdelivr|unpkg\.com|cdnjs\.|esm\.sh/)
})

it('opens with the example tabs, and subscribes with the headers of the tab', async () => {
  const tab = { query: 'query Example { viewer { role } }', headers: '{ "x-visitor-token": "t" }' }
  const html = await openGraphiQL([tab])
  const [, options = '{}'] = /YogaGraphiQL\.renderYogaGraphiQL\(\s*window[^{]*({.*})/.exec(html) ?? []
  expect(JSON.parse(options)).toMatchObject({
    defaultTabs: [tab],
    subscriptionsProtocol: 'SSE',
  })
})

async function openGraphiQL(exampleTabs: readonly GraphiQLTab[] = []): Promise<string> {
  const { url } = await openGatewayWithoutProviders({ introspection: 'anyone' }, { exampleTabs })
  const { text, headers } = await request(url, { headers: { accept: 'text/html,*/*;q=0.8' } })
  expect(headers.get('content-type')).toMatch(/^text\/html/)
  return text
}

it('may run only its own script, and no page may frame it', async () => {
  const { url } = await openGatewayWithoutProviders({ introspection: 'anyone' })
  const { text, headers } = await request(url, { headers: { accept: 'text/html' } })
  const policy = headers.get('content-security-policy') ?? ''
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(text) ?? []
  const hash = createHash('sha256').update(script).digest('base64')
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining(["default-src 'none'", `script-src 'sha256-${hash}'`, "frame-ancestors 'none'"]),
  )
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
})
