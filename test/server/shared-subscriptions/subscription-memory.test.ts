import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createDocumentCache } from '../../../src/server/graphql/document-cache.ts'
import { documentBytes } from '../../../src/server/limits/document-bytes.ts'
import { quotaKey, SubscriptionQuota } from '../../../src/server/limits/subscription-quota.ts'
import { MAX_SUBSCRIPTION_BYTES } from '../../../src/server/shared-subscriptions/subscription-request.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asVisitor } from '../../support/test-gateway.ts'
import { Messages } from './documents.ts'
import { openTransportServer, operatorCredentials, visitorCredentials } from './transport-server.ts'

const query = Messages.toString()
const mebibyte = 'x'.repeat(1_000_000)
const events = { ...asVisitor('anne'), accept: 'text/event-stream' }
const tooLarge = {
  message: expect.stringMatching(/at most 16384 bytes; these have \d{5,}\.$/),
  extensions: { code: 'OPERATION_TOO_COMPLEX' },
}

describe('a subscription keeps no variable that it does not declare', () => {
  it('over a WebSocket, and shares its execution with subscriptions that sent other ones', async () => {
    const server = await openTransportServer()
    const socket = await connectAs(server.url, operatorCredentials)
    for (const id of ['1', '2', '3'])
      socket.subscribe(id, { query, variables: { [id]: mebibyte, room: server.roomId, unused: id } })
    await waitUntil(() => server.hub.counts.subscribers === 3)
    expect(server.subscriptions.shared.size).toBe(1)
    expect(server.subscriptions.quota.retainedBytes('operator tester')).toBeLessThan(100_000)
  })

  it('in an event stream', async () => {
    const server = await openTransportServer()
    for (const unused of ['1', mebibyte]) {
      const variables = { room: server.roomId, unused }
      expect((await openEventStream(server.url, { query, variables }, asVisitor('anne'))).status).toBe(200)
    }
    await waitUntil(() => server.hub.counts.subscribers === 2)
    expect(server.subscriptions.shared.size).toBe(1)
  })
})

describe('a subscription that needs too much memory is rejected with the limit', () => {
  const comment = '#'.padEnd(MAX_SUBSCRIPTION_BYTES, 'é')
  const alone =
    'subscription($room: ID!, $a: String) { messageAdded(roomId: $room, after: $a) { id text @skip(if: false) } }'
  it.for<[what: string, query: string, variables: Record<string, unknown>]>([
    ['a document', `${query}\n${comment}`, {}],
    ['a variable', alone, { a: mebibyte }],
    ['both together', `${alone} ${comment.slice(0, 8_000)}`, { a: 'x'.repeat(8_000) }],
  ])('for %s', async ([, text, variables]) => {
    const server = await openTransportServer()
    const operation = { query: text, variables: { room: server.roomId, ...variables } }
    const socket = await connectAs(server.url, visitorCredentials('anne'))
    socket.subscribe('1', operation)
    expect(await socket.next()).toEqual({ type: 'error', id: '1', payload: [tooLarge] })
    for (const headers of [events, asVisitor('anne')]) {
      const reply = await post(server.url, operation, headers)
      expect(reply.status).toBe(400)
      expect(parseAnswer(reply)).toEqual({ errors: [tooLarge] })
    }
    expect(server.subscriptions.shared.size).toBe(0)
  })

  it('but not if it just fits', async () => {
    const server = await openTransportServer()
    const variables = { room: server.roomId }
    const rest = MAX_SUBSCRIPTION_BYTES - Buffer.byteLength(query) - JSON.stringify(variables).length
    const socket = await connectAs(server.url, operatorCredentials)
    socket.subscribe('1', { query: query.padEnd(query.length + rest), variables })
    await waitUntil(() => server.hub.counts.subscribers === 1)
  })

  it('for the id of an operation, with close code 4400', async () => {
    const server = await openTransportServer()
    const socket = await connectAs(server.url, operatorCredentials)
    socket.subscribe('x'.repeat(256), { query: '{ __typename }' })
    expect(await socket.next()).toMatchObject({ type: 'next' })
    socket.subscribe('x'.repeat(257), { query: '{ __typename }' })
    expect(await socket.closed).toEqual({
      code: 4400,
      reason: 'The id of an operation may have at most 256 characters',
    })
  })
})

describe('the memory of one source’s subscriptions', () => {
  const anne = quotaKey({ role: 'VISITOR', token: 'anne' }, '192.0.2.1')
  const bob = quotaKey({ role: 'VISITOR', token: 'bob' }, '192.0.2.1')
  const document = parse('subscription { a }')
  const bytes = documentBytes(document)

  it('is limited over all tokens of an address, and a shared document counts once', () => {
    const quota = new SubscriptionQuota(100, { maxBytes: bytes + 300 })
    expect(quota.acquire(anne, { document, variableBytes: 100 })).toBeNull()
    expect(quota.acquire(bob, { document, variableBytes: 200 })).toBeNull()
    expect(quota.acquire(bob, { document, variableBytes: 1 })).toMatch(/at most \d+ bytes/)
    const elsewhere = quotaKey({ role: 'VISITOR', token: 'bob' }, '192.0.2.2')
    expect(quota.acquire(elsewhere, { document, variableBytes: 1 })).toBeNull()
    quota.release(bob, { document, variableBytes: 200 })
    expect(quota.retainedBytes(anne.source)).toBe(bytes + 100)
    expect(quota.acquire(anne, { document: parse('{ a }'), variableBytes: 0 })).toMatch(/at most \d+ bytes/)
    quota.release(anne, { document, variableBytes: 100 })
    expect(quota.retainedBytes(anne.source)).toBe(0)
  })

  it('is counted under a key without a credential', () => {
    expect(JSON.stringify([anne, bob])).not.toMatch(/anne|bob/)
    expect(anne.caller).not.toBe(bob.caller)
  })
})

it('documents are cached up to a number of bytes, whatever their number', () => {
  const cache = createDocumentCache()
  const fields = ' a'.repeat(1_900)
  for (let at = 0; at < 200; at += 1) cache.set(`{${fields} b${at} }`, parse(`{${fields} b${at} }`))
  expect(cache.size).toBeLessThan(100)
  expect(cache.calculatedSize).toBeLessThanOrEqual(64 * 1024 * 1024)
  const text = `{ a(b: "${'x'.repeat(1_100_000)}") }`
  cache.set(text, parse(text))
  expect(cache.has(text)).toBe(false)
})
