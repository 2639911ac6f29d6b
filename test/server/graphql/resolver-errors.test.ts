import { describe, expect, it } from 'vitest'
import { parseAnswer, post } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { type BrokenServer, INTERNAL_DETAIL, openBrokenServer } from '../broken-server.ts'

const masked = {
  message: 'Something went wrong.',
  extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
}
const fields = ['thrown', 'rejected', 'required', 'missing', 'unprintable', 'noError']

describe('an unexpected error', () => {
  it.for(fields)(
    'in a field (%s) is a request id for the client, and the details are logged',
    async (field) => {
      const server = await openBrokenServer()
      const answer = parseAnswer(await post(server.url, { query: `{ ${field} }` }))
      const locations = [{ line: 1, column: 3 }]
      expect(answer.errors).toEqual([{ ...masked, path: [field], locations }])
      expectLoggedOnly(server, answer.errors)
    },
  )

  it('does not affect other fields', async () => {
    const { url } = await openBrokenServer()
    const answer = parseAnswer(await post(url, { query: '{ fine thrown again: fine }' }))
    expect(answer.data).toEqual({ fine: 'fine', thrown: null, again: 'fine' })
  })

  it.for(fields)('in a field (%s) is a request id over a WebSocket too', async (field) => {
    const server = await openBrokenServer()
    const socket = await connectAs(server.url)
    socket.subscribe('1', { query: `{ ${field} }` })
    const { payload } = await socket.next()
    expect(payload).toMatchObject({ errors: [{ ...masked, path: [field] }] })
    expectLoggedOnly(server, Object(payload).errors)
  })

  it.for(['refused', 'garbles'])('in a subscription (%s) ends only that subscription', async (field) => {
    const server = await openBrokenServer()
    const socket = await connectAs(server.url)
    socket.subscribe('1', { query: `subscription { ${field} }` })
    const { payload } = await socket.next()
    expect(payload).toMatchObject({ errors: [masked] })
    expectLoggedOnly(server, Object(payload).errors)
    expect(await socket.next()).toEqual({ type: 'complete', id: '1' })
    socket.subscribe('1', { query: '{ fine }' })
    expect(await socket.next()).toMatchObject({ payload: { data: { fine: 'fine' } } })
  })

  it('in the middle of a stream ends it, and the socket stays open', async () => {
    const server = await openBrokenServer()
    const socket = await connectAs(server.url)
    socket.subscribe('1', { query: 'subscription { breaks }' })
    expect(await socket.next()).toMatchObject({ payload: { data: { breaks: 'fine' } } })
    const { type, payload } = await socket.next()
    expect({ type, payload }).toMatchObject({ type: 'error', payload: [masked] })
    expectLoggedOnly(server, payload)
    socket.subscribe('2', { query: '{ fine }' })
    expect(await socket.next()).toMatchObject({ id: '2', payload: { data: { fine: 'fine' } } })
  })

  it('in the middle of an event stream is a request id too', async () => {
    const server = await openBrokenServer()
    const headers = { accept: 'text/event-stream' }
    const { text } = await post(server.url, { query: 'subscription { breaks }' }, headers)
    expect(text).toContain('"data":{"breaks":"fine"}')
    expect(text).toContain('INTERNAL_SERVER_ERROR')
    expect(text).not.toMatch(/cache\.internal|token=|node_modules/)
    expect(server.lines).toHaveLength(1)
  })
})

/** Expects one log line with the request id of the client and the details of the error, but no credential. */
function expectLoggedOnly({ lines }: BrokenServer, errors: unknown): void {
  expect(JSON.stringify(errors)).not.toMatch(/cache|token|stack|node_modules/)
  expect(lines).toHaveLength(1)
  const [line] = lines
  expect(errors).toMatchObject([{ extensions: { requestId: line?.['requestId'] } }])
  expect(line).toMatchObject({
    level: 50,
    msg: 'unexpected error in a GraphQL operation',
    err: { message: expect.any(String) },
  })
  const logged = JSON.stringify(line)
  expect(logged).not.toMatch(/token=abc|'abc'/)
  if (!logged.includes('missing')) expect(logged).toContain(INTERNAL_DETAIL)
}
