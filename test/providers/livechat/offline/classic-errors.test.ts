import { beforeEach, describe, expect, it } from 'vitest'
import {
  type ClassicErrorForm,
  htmlServerError,
  type LiveChatSandbox,
} from '../../../../sandbox/livechat/index.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { Health, OfflineCount, OfflineListBeside } from '../support/classic-documents.ts'
import { LIST_ROUTE, openClassicAccount, setClock } from '../support/classic-gateway.ts'

type Fault = Parameters<LiveChatSandbox['injectFault']>[0]

beforeEach(() => setClock('2026-03-10T12:00:00Z'))

const route = '/offline_messages'
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  route,
  status,
  body,
  headers,
})

const list = (url: string, first = 5, after: string | null = null) =>
  sendOperation(url, OfflineListBeside, { first, after }, asOperator)
const healthOf = async (url: string) => {
  const { providers } = await fetchData(url, Health, {}, asOperator)
  return providers[0]?.health
}

/** The response to a failure: an empty page, and the other fields as if nothing had failed. */
const emptyPage = {
  viewer: { role: 'OPERATOR', name: 'tester' },
  providers: [{ name: 'livechat', kind: 'LIVECHAT' }],
  offlineMessages: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
}
const beside = (code: string, more: Record<string, unknown> = {}) => [
  { path: ['offlineMessages'], extensions: { code, provider: 'livechat', ...more } },
]

describe('the page is empty, the error is in the response, and the other fields have their data', () => {
  const html = '<html><body>It works!</body></html>'
  const faults: [string, Fault, string, Record<string, unknown>?][] = [
    ['429', answer(429, { error: 'Too many requests' }), 'RATE_LIMITED', { retryAfterMs: 1000 }],
    ['429 with Retry-After', answer(429, '', { 'retry-after': '2' }), 'RATE_LIMITED', { retryAfterMs: 2000 }],
    ['400', answer(400, { errors: ['page must be an integer'] }), 'PROVIDER_ERROR'],
    ['403', answer(403, { error: 'Forbidden' }), 'PROVIDER_ERROR'],
    ['404, as if the API had been removed', answer(404, { error: 'Resource not found' }), 'PROVIDER_ERROR'],
    ['422', answer(422, { errors: [{ date_from: ['is invalid'] }] }), 'PROVIDER_ERROR'],
    ['500', answer(500, { error: 'Internal server error' }), 'PROVIDER_UNAVAILABLE'],
    ['500 as a page of HTML', { ...htmlServerError, route }, 'PROVIDER_UNAVAILABLE'],
    ['503 without a body', answer(503, ''), 'PROVIDER_UNAVAILABLE'],
    ['200 as a page of HTML', answer(200, html), 'PROVIDER_ERROR'],
    ['200 with JSON of another shape', answer(200, [{ id: 'M1' }]), 'PROVIDER_ERROR'],
    ['half a body', { kind: 'half-body', route }, 'PROVIDER_UNAVAILABLE'],
    ['a connection that breaks', { kind: 'reset', route }, 'PROVIDER_UNAVAILABLE'],
  ]

  it.each(faults)('%s', async (_what, fault, code, more) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const repair = sandbox.injectFault(fault)
    const { data, errors } = await list(url)
    expect(data).toEqual(emptyPage)
    expect(errors).toMatchObject(beside(code, more))
    repair()
    expect(await list(url)).toMatchObject({ data: { offlineMessages: { nodes: { length: 5 } } } })
  })

  it('no response within the timeout', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true }, { upstreamTimeoutMs: 50 })
    sandbox.injectFault({ kind: 'stall', route })
    const { data, errors } = await list(url)
    expect(data).toEqual(emptyPage)
    expect(errors).toMatchObject(beside('PROVIDER_UNAVAILABLE'))
  })

  it('no server at the address', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    await sandbox.close()
    const { data, errors } = await list(url)
    expect(data).toEqual(emptyPage)
    expect(errors).toMatchObject(beside('PROVIDER_UNAVAILABLE'))
  })
})

describe('a wrong API key', () => {
  const forms: ClassicErrorForm[] = ['error', 'errors-list', 'errors-string', 'errors-objects', 'plain']

  it.each(forms)('is recognized in each shape of LiveChat’s error (%s)', async (errorForm) => {
    const classic = { login: 'agent@switchboard.test', apiKey: 'wrong-key' }
    const { url } = await openClassicAccount({
      seed: true,
      errorForm,
      configure: (right) => ({ ...right, classic }),
    })
    const { data, errors } = await list(url)
    expect(data).toEqual(emptyPage)
    expect(errors).toMatchObject(beside('PROVIDER_ERROR'))
    expect(errors?.[0]?.message).toContain('login and API key')
    expect(JSON.stringify(errors)).not.toMatch(/wrong-key|Invalid login/)
    const health = await healthOf(url)
    expect(health).toMatchObject({ status: 'DOWN', reason: expect.stringContaining('LIVECHAT_API_KEY') })
  })
})

describe('the provider’s health', () => {
  it('is UNKNOWN before the first request, UP after a successful one', async () => {
    const { url } = await openClassicAccount({ seed: true })
    expect(await healthOf(url)).toEqual({ status: 'UNKNOWN', reason: null, checkedAt: null })
    await list(url)
    expect(await healthOf(url)).toEqual({ status: 'UP', reason: null, checkedAt: '2026-03-10T12:00:00.000Z' })
  })

  it.each([
    [answer(500, ''), 'DEGRADED'],
    [answer(429, ''), 'DEGRADED'],
    [answer(400, { error: 'bad' }), 'UP'],
  ])('after one failed request has the reason', async (fault, status) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    sandbox.injectFault(fault)
    await list(url)
    const health = await healthOf(url)
    expect(health?.status).toBe(status)
    expect(health?.reason === null).toBe(status === 'UP')
  })

  it('is DOWN after three failures in a row, and UP after the next success', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    sandbox.injectFault({ ...answer(500, ''), times: 3 })
    for (let n = 0; n < 3; n += 1) await list(url)
    expect(await healthOf(url)).toMatchObject({
      status: 'DOWN',
      reason: 'The provider responded with status 500.',
    })
    await list(url)
    expect(await healthOf(url)).toMatchObject({ status: 'UP', reason: null })
  })
})

describe('a failure during a read', () => {
  it('is retried after one broken connection', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    sandbox.injectFault({ kind: 'reset', route, times: 1 })
    const { data, errors } = await list(url, 4)
    expect(errors).toBeUndefined()
    expect(data?.offlineMessages.nodes).toHaveLength(4)
    expect(sandbox.counts()).toEqual({ [LIST_ROUTE]: 2 })
  })

  it('keeps what was read before it, and the cursor continues there', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = Array.from({ length: 40 }, () => {
      return sandbox.addOfflineMessage({ visitorName: 'A', email: 'a@mail.test', text: 'Hi' }).id
    }).reverse()
    // The first page of the day succeeds; the second request, for the next page, fails.
    const passed = sandbox.injectFault({ kind: 'slow', ms: 0, route, times: 1 })
    const repair = sandbox.injectFault(answer(503, ''))
    const { data, errors } = await list(url, 100)
    expect(errors).toMatchObject(beside('PROVIDER_UNAVAILABLE'))
    expect(data?.offlineMessages.nodes.map(({ nativeId }) => nativeId)).toEqual(ids.slice(0, 25))
    expect(data?.offlineMessages.pageInfo.hasNextPage).toBe(true)
    passed()
    repair()
    const rest = await list(url, 100, data?.offlineMessages.pageInfo.endCursor ?? null)
    expect(rest.errors).toBeUndefined()
    expect(rest.data?.offlineMessages.nodes.map(({ nativeId }) => nativeId)).toEqual(ids.slice(25))
  })

  it('of a page after the first leaves the cursor valid', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const page = await list(url, 3)
    const endCursor = page.data?.offlineMessages.pageInfo.endCursor ?? null
    sandbox.injectFault(answer(500, ''))
    const { data, errors } = await list(url, 3, endCursor)
    expect(errors).toMatchObject(beside('PROVIDER_UNAVAILABLE'))
    expect(data?.offlineMessages).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor } })
  })
})

it('totalCount that cannot be read is null, with its own error; the messages are returned', async () => {
  const { url, sandbox } = await openClassicAccount({ seed: true })
  // The list is read first, with one request.
  sandbox.injectFault({ kind: 'slow', ms: 0, route, times: 1 })
  sandbox.injectFault(answer(500, ''))
  const { data, errors } = await sendOperation(url, OfflineCount, { first: 4, filter: null }, asOperator)
  expect(data?.offlineMessages.totalCount).toBeNull()
  expect(data?.offlineMessages.nodes).toHaveLength(4)
  expect(errors).toMatchObject([
    {
      path: ['offlineMessages', 'totalCount'],
      extensions: { code: 'PROVIDER_UNAVAILABLE', provider: 'livechat' },
    },
  ])
})
