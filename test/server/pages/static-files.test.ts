import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
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
