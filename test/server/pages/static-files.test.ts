import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../../src/config/index.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { endpointUrl } from '../../support/http.ts'

const CONSOLE = 'apps/console/dist'
const script = readdirSync(join(CONSOLE, 'assets')).find((name) => name.endsWith('.js')) ?? ''
const PATHS = [
  [`/assets/${script}`, join(CONSOLE, 'assets', script)],
  ['/widget.js', 'apps/widget/dist/widget.js'],
] as const

async function get(
  url: string,
  acceptEncoding: string,
): Promise<{ readonly headers: IncomingHttpHeaders; readonly body: Buffer }> {
  const req = httpRequest(url, { headers: { 'accept-encoding': acceptEncoding } }).end()
  const [res] = await once(req, 'response')
  return { headers: res.headers, body: await buffer(res) }
}

it.each(PATHS)('%s is served as the build has compressed it', async (path, file) => {
  const { url } = await openGatewayWithoutProviders({ console: true })
  const original = readFileSync(file)
  const address = endpointUrl(url, path)
  const brotli = await get(address, 'gzip, deflate, br')
  expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
  expect(brotliDecompressSync(brotli.body).equals(original)).toBe(true)
  const gzip = await get(address, 'gzip')
  expect(gzip.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/javascript' })
  expect(gunzipSync(gzip.body).equals(original)).toBe(true)
  expect(gzip.body.length).toBeLessThan(original.length / 2)
  const plain = await get(address, 'identity')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body.equals(original)).toBe(true)
})

it('files with a hash in their name are cached for a year, others are asked for again', async () => {
  const { url } = await openGatewayWithoutProviders({ console: true })
  const cacheControl = async (path: string) =>
    (await get(endpointUrl(url, path), 'br')).headers['cache-control']
  expect(await cacheControl(`/assets/${script}`)).toBe('public, max-age=31536000, immutable')
  for (const path of ['/', '/icon.svg', '/widget/', '/widget.js'])
    expect([path, await cacheControl(path)]).toEqual([path, 'no-cache'])
})

it('metrics have the path that the client requested', async () => {
  const { url } = await openGatewayWithoutProviders({ console: true })
  for (const path of ['/widget/', '/widget/health']) await get(endpointUrl(url, path), 'identity')
  const text = String((await get(endpointUrl(url, '/metrics'), 'identity')).body)
  expect(text).toMatch(/^switchboard_http_requests_total{method="GET",path="page",status="200"} 1$/m)
  expect(text).toMatch(/^switchboard_http_requests_total{method="GET",path="page",status="404"} 1$/m)
  expect(text).not.toContain('path="/health"')
})

describe('console and widget are served apart', () => {
  const statusesOf = async (config: Partial<Config>) => {
    const { url, summary } = await openGatewayWithoutProviders(config, {
      sandboxKey: 'the-key-of-the-sandbox',
    })
    const paths = ['/', '/sandbox.json', '/widget.js', '/widget/', '/widget/texts.de.json'] as const
    const statuses = await Promise.all(
      paths.map(async (path) => (await fetch(endpointUrl(url, path), { redirect: 'manual' })).status),
    )
    const { origin } = new URL(url)
    return { statuses, summary, origin }
  }

  it('the widget alone: pages of shops need no console', async () => {
    const { statuses, summary, origin } = await statusesOf({ console: false, widget: true })
    expect(statuses).toEqual([404, 404, 200, 200, 200])
    expect(summary).toMatch(/^ {2}console +off$/m)
    expect(summary).toContain(`${origin}/widget.js`)
  })

  it('the console alone', async () => {
    const { statuses, summary } = await statusesOf({ console: true, widget: false })
    expect(statuses).toEqual([200, 200, 404, 404, 404])
    expect(summary).toMatch(/^ {2}widget +off$/m)
  })

  it('neither', async () => {
    expect((await statusesOf({ console: false, widget: false })).statuses).toEqual([404, 404, 404, 404, 404])
  })
})
