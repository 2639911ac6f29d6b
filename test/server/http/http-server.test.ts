import { describe, expect, it } from 'vitest'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { endpointUrl, parseAnswer, request } from '../../support/http.ts'
import { Viewer } from '../documents.ts'

const query = Viewer.toString()
const MEBIBYTE = 1024 * 1024

describe('queries by GET', () => {
  it('run, with variables and an operation name', async () => {
    const { url } = await openGatewayWithoutProviders()
    const parameters = new URLSearchParams({
      query: `query A($with: Boolean!) { viewer { role @include(if: $with) name } } query B { __typename }`,
      operationName: 'A',
      variables: JSON.stringify({ with: false }),
    })
    expect(parseAnswer(await request(`${url}?${parameters}`))).toEqual({ data: { viewer: { name: null } } })
  })

  it.for(['variables', 'extensions'])('with %s that are not JSON get status 400', async (name) => {
    const { url } = await openGatewayWithoutProviders()
    const reply = await request(`${url}?${new URLSearchParams({ query, [name]: '{no json' })}`)
    expect(reply.status).toBe(400)
    expect(parseAnswer(reply)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })
})

describe('bodies', () => {
  it('of 1 MiB are accepted', async () => {
    const { url } = await openGatewayWithoutProviders()
    expect(parseAnswer(await send(url, MEBIBYTE, 'length'))).toMatchObject({ data: { viewer: {} } })
    expect(parseAnswer(await send(url, MEBIBYTE, 'chunked'))).toMatchObject({ data: { viewer: {} } })
  })

  it.for<[how: 'length' | 'chunked', size: number]>([
    ['length', MEBIBYTE + 1],
    ['length', 16 * MEBIBYTE],
    ['chunked', MEBIBYTE + 1],
    ['chunked', 16 * MEBIBYTE],
  ])('with %s are rejected at %d bytes, and the connection stays usable', async ([how, size]) => {
    const { url } = await openGatewayWithoutProviders()
    const reply = await send(url, size, how)
    expect(reply.status).toBe(413)
    expect(parseAnswer(reply)).toMatchObject({
      errors: [{ extensions: { code: 'REQUEST_ENTITY_TOO_LARGE' } }],
    })
    for (const _ of [1, 2, 3]) expect((await request(endpointUrl(url, '/health'))).status).toBe(200)
  })
})

describe('the other paths', () => {
  it('report whether the process is alive and ready', async () => {
    const { url } = await openGatewayWithoutProviders()
    for (const path of ['/health', '/ready']) {
      expect((await request(endpointUrl(url, path))).status).toBe(200)
      expect((await request(endpointUrl(url, path), { method: 'HEAD' })).status).toBe(200)
    }
  })

  it.for([
    ['GET', '/'],
    ['GET', '/graphql/'],
    ['GET', '/graphql/viewer'],
    ['GET', '/GraphQL'],
    ['GET', '/metrics/'],
    ['POST', '/health'],
    ['POST', '/anything'],
    ['DELETE', '/metrics'],
  ])('%s %s is not found', async ([method = '', path = '']) => {
    const { url } = await openGatewayWithoutProviders()
    const { status, text } = await request(endpointUrl(url, path), { method })
    expect({ status, text }).toEqual({ status: 404, text: 'not found\n' })
  })

  it('of GraphQL accepts only GET and POST', async () => {
    const { url } = await openGatewayWithoutProviders()
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const reply = await request(url, { method })
      expect(reply.status).toBe(405)
      expect(reply.headers.get('allow')).toBe('GET, POST')
    }
  })

  it('accepts one operation at a time', async () => {
    const { url } = await openGatewayWithoutProviders()
    const headers = { 'content-type': 'application/json' }
    const { status } = await request(url, { method: 'POST', headers, body: JSON.stringify([{ query }]) })
    expect(status).toBe(400)
  })
})

/** Sends a query padded to this number of bytes. */
function send(url: string, size: number, how: 'length' | 'chunked') {
  const bytes = new TextEncoder().encode(JSON.stringify({ query }).padEnd(size))
  const body = how === 'length' ? bytes : new Blob([bytes]).stream()
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' }
  return request(url, init)
}
