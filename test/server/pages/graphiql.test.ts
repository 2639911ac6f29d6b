import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { get } from 'node:http'
import { expect, it } from 'vitest'
import type { GraphiQLTab } from '../../../src/server/pages/graphiql.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { endpointUrl, request } from '../../support/http.ts'

const page = { headers: { accept: 'text/html,*/*;q=0.8' } }
/** Bytes of the whole page, as a browser loads it. The package's own page has nine million. */
const MOST_BYTES = 2_500_000

it('loads nothing from other servers', async () => {
  const { url, html } = await openGraphiQL()
  expect(html).toMatch(/<title>Switchboard<\/title>/)
  const references = [...html.matchAll(/\s(?:src|href|action|data)\s*=\s*["']?([^"'\s>]*)/g)].map(
    ([, to]) => to,
  )
  const external = references.filter((to) => !to?.startsWith('data:') && !to?.startsWith('graphql/graphiql-'))
  expect(external).toEqual([])
  for (const address of filesOf(html)) {
    const { text } = await request(endpointUrl(url, `/${address}`))
    expect(text).not.toMatch(/(importScripts|import)\(\s*["'`](https?:)?\/\//)
    expect(text).not.toMatch(/cdn\.jsdelivr|unpkg\.com|cdnjs\.|esm\.sh/)
    if (address.endsWith('.css')) expect(text).not.toMatch(/@import|url\(\s*["']?(https?:)?\/\//)
  }
})

it('is small: compressed, and kept by browsers for a year under names that change with the content', async () => {
  const { url, html } = await openGraphiQL()
  const addresses = filesOf(html)
  expect(addresses).toHaveLength(5)
  let bytes = html.length
  for (const address of addresses) {
    const { headers, body } = await download(endpointUrl(url, `/${address}`), 'gzip, deflate, br')
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(body.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: expect.stringContaining('accept-encoding'),
    })
    bytes += body.length
    const plain = await request(endpointUrl(url, `/${address}`), {
      headers: { 'accept-encoding': 'identity' },
    })
    expect(plain.headers.get('content-encoding')).toBeNull()
    const hash = createHash('sha256').update(plain.text).digest('base64url').slice(0, 16)
    expect(address).toContain(hash)
  }
  expect(bytes).toBeLessThan(MOST_BYTES)
})

it('a client that disconnects while it receives a file is no error', async () => {
  const { url, html } = await openGraphiQL()
  const address = filesOf(html).find((file) => file.endsWith('.js'))
  const download = get(endpointUrl(url, `/${address}`), { headers: { 'accept-encoding': 'identity' } })
  const [response] = await once(download, 'response')
  response.destroy()
  const metrics = async () => (await request(endpointUrl(url, '/metrics'))).text
  // The system may have taken all bytes before.
  await waitUntil(async () => /path="page",status="(aborted|200)"} 1$/m.test(await metrics()))
  expect(await metrics()).toMatch(/^switchboard_unexpected_errors_total{place="http_request"} 0$/m)
})

it('serves no file for another name or method, nor where nobody can open the page', async () => {
  const { url, html } = await openGraphiQL()
  const [address] = filesOf(html)
  expect((await request(endpointUrl(url, '/graphql/graphiql-of-yesterday.js'))).status).toBe(404)
  expect((await request(endpointUrl(url, `/${address}`), { method: 'POST' })).status).toBe(404)
  const head = await request(endpointUrl(url, `/${address}`), { method: 'HEAD' })
  expect([head.status, head.text]).toEqual([200, ''])
  const { url: closed } = await openGatewayWithoutProviders({ introspection: 'off' })
  expect((await request(endpointUrl(closed, `/${address}`))).status).toBe(404)
})

it('opens with the example tabs, and subscribes with the headers of the tab', async () => {
  const tab = {
    query: 'query Example { viewer { role } } # </script>',
    headers: '{ "x-visitor-token": "t" }',
  }
  const { html } = await openGraphiQL([tab])
  const [, options = '{}'] = /YogaGraphiQL\.renderYogaGraphiQL\([^{]*({.*})\)/.exec(html) ?? []
  expect(JSON.parse(options)).toMatchObject({
    defaultTabs: [tab],
    subscriptionsProtocol: 'SSE',
  })
})

it('may run only its own script and files of the gateway, and no page may frame it', async () => {
  const { html, headers } = await openGraphiQL()
  const policy = headers.get('content-security-policy') ?? ''
  const [, script = ''] = /<script>(.*?)<\/script>/s.exec(html) ?? []
  const hash = createHash('sha256').update(script).digest('base64')
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      `script-src 'self' 'sha256-${hash}'`,
      "frame-ancestors 'none'",
    ]),
  )
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
})

async function openGraphiQL(exampleTabs: readonly GraphiQLTab[] = []) {
  const { url } = await openGatewayWithoutProviders({ introspection: 'anyone' }, { exampleTabs })
  const { text: html, headers } = await request(url, page)
  expect(headers.get('content-type')).toMatch(/^text\/html/)
  return { url, html, headers }
}

/** The addresses of the files that the page names. */
function filesOf(html: string): readonly string[] {
  return [...new Set(html.match(/graphql\/[\w-]+\.(js|css)/g))]
}

/** Reads a response as it is transferred. */
function download(url: string, encoding: string) {
  return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }))
    }).on('error', reject)
  })
}
