import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { fetchData, sendOperation, waitUntil } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asAnonymous, asOperator, createTestGateway, type TestGateway } from '../support/test-gateway.ts'
import { SendOfflineMessage } from './documents.ts'

const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Is anybody there?' }
const ROUTE = '/api/v1/livechat/offline.message'
const CALL = `POST ${ROUTE}`

const send = async ({ url }: TestGateway, more: Partial<typeof input> & { idempotencyKey?: string } = {}) =>
  (await fetchData(url, SendOfflineMessage, { input: { ...input, ...more } }, asAnonymous)).sendOfflineMessage
const mailsOf = ({ rocketChat }: TestGateway) => rocketChat.workspace.mails
const sent = {
  __typename: 'SendOfflineMessagePayload',
  offlineMessage: { delivery: { state: 'SENT', attempts: 1 } },
}

describe('the same key with the same input', () => {
  it('sends one mail and returns one message, however many requests come at once', async () => {
    const testGateway = await createTestGateway()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(testGateway, { idempotencyKey: 'key' })),
    )
    expect(answers[0]).toMatchObject(sent)
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(mailsOf(testGateway)).toHaveLength(1)
  })

  it('returns the same message later, without another request', async () => {
    const testGateway = await createTestGateway()
    const first = await send(testGateway, { idempotencyKey: 'key' })
    expect(await send(testGateway, { idempotencyKey: 'key' })).toEqual(first)
    expect(testGateway.rocketChat.counts()).toEqual({ [CALL]: 1 })
    expect(mailsOf(testGateway)).toHaveLength(1)
  })

  it('returns it to any caller: the key is the proof', async () => {
    const testGateway = await createTestGateway()
    const first = await send(testGateway, { idempotencyKey: 'key' })
    const variables = { input: { ...input, idempotencyKey: 'key' } }
    const { sendOfflineMessage } = await fetchData(testGateway.url, SendOfflineMessage, variables, asOperator)
    expect(sendOfflineMessage).toEqual(first)
    expect(mailsOf(testGateway)).toHaveLength(1)
  })
})

describe('another message', () => {
  it.each([
    ['another text', { text: 'Hello?' }],
    ['another name', { name: 'Bob' }],
    ['another address', { email: 'bob@mail.test' }],
    ['a department', { department: 'support' }],
    ['a host', { host: 'https://shop.example' }],
  ])('with the same key and %s is a ConflictError, and is not sent', async (_what, more) => {
    const testGateway = await createTestGateway()
    await send(testGateway, { idempotencyKey: 'key' })
    const answer = await send(testGateway, { idempotencyKey: 'key', ...more })
    expect(answer).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' })
    expect(mailsOf(testGateway)).toHaveLength(1)
  })

  it('with the same key at the same time: one of the two is sent', async () => {
    const testGateway = await createTestGateway()
    const answers = await Promise.all(
      ['one', 'other'].map((text) => send(testGateway, { idempotencyKey: 'key', text })),
    )
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'ConflictError',
      'SendOfflineMessagePayload',
    ])
    expect(mailsOf(testGateway)).toHaveLength(1)
  })

  it('is each one with another key, and each one without a key', async () => {
    const testGateway = await createTestGateway()
    const keys = [{ idempotencyKey: 'one' }, { idempotencyKey: 'other' }, {}, {}]
    const answers = await Promise.all(keys.map((key) => send(testGateway, key)))
    const ids = answers.map((answer) => ('offlineMessage' in answer ? answer.offlineMessage.id : null))
    expect(new Set(ids).size).toBe(4)
    expect(mailsOf(testGateway)).toHaveLength(4)
  })
})

describe('a lost response', () => {
  const losses = [
    ['the connection breaks behind the commit', { kind: 'reset-after-commit' }, 1],
    ['half of it comes', { kind: 'half-body' }, 1],
    ['the server gives none in time', { kind: 'stall' }, 0],
    ['a proxy answers in its place', { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' }, 0],
  ] as const

  it.each(losses)(
    'leaves an UNCONFIRMED message, and the key never sends again: %s',
    async (_what, fault, mails) => {
      const testGateway = await createTestGateway({
        config: { upstreamTimeoutMs: fault.kind === 'stall' ? 200 : 5_000 },
      })
      testGateway.rocketChat.injectFault({ ...fault, route: ROUTE, times: 1 })
      const first = await send(testGateway, { idempotencyKey: 'key' })
      expect(first).toMatchObject({ offlineMessage: { delivery: { state: 'UNCONFIRMED', attempts: 1 } } })
      expect(await send(testGateway, { idempotencyKey: 'key' })).toEqual(first)
      expect(testGateway.rocketChat.counts()).toEqual({ [CALL]: 1 })
      expect(mailsOf(testGateway)).toHaveLength(mails)
    },
  )

  it('does not prevent the same input with another key', async () => {
    const testGateway = await createTestGateway()
    testGateway.rocketChat.injectFault({ kind: 'reset-after-commit', route: ROUTE, times: 1 })
    await send(testGateway, { idempotencyKey: 'key' })
    expect(await send(testGateway, { idempotencyKey: 'another' })).toMatchObject(sent)
    expect(mailsOf(testGateway)).toHaveLength(2)
  })

  it('is reported to all simultaneous requests', async () => {
    const testGateway = await createTestGateway()
    testGateway.rocketChat.injectFault({ kind: 'reset-after-commit', route: ROUTE, times: 1 })
    const answers = await Promise.all([1, 2, 3].map(() => send(testGateway, { idempotencyKey: 'key' })))
    const unconfirmed = { offlineMessage: { delivery: { state: 'UNCONFIRMED' } } }
    expect(answers).toMatchObject(Array(3).fill(unconfirmed))
    expect(mailsOf(testGateway)).toHaveLength(1)
  })
})

describe('the key of a message that did not arrive', () => {
  it('after a permanent error returns FAILED with the reason, also when repeated', async () => {
    const testGateway = await createTestGateway()
    const { settings } = testGateway.rocketChat
    settings.Livechat_display_offline_form = false
    const first = await send(testGateway, { idempotencyKey: 'key' })
    expect(first).toMatchObject({
      __typename: 'SendOfflineMessagePayload',
      offlineMessage: {
        delivery: { state: 'FAILED', attempts: 1, lastError: expect.stringMatching(/form may be disabled/) },
      },
    })
    settings.Livechat_display_offline_form = true
    expect(await send(testGateway, { idempotencyKey: 'key' })).toEqual(first)
    expect(mailsOf(testGateway)).toEqual([])
  })

  it('after a rate-limit response returns QUEUED until the provider accepts messages again', async () => {
    const testGateway = await createTestGateway()
    const body = {
      success: false,
      error: 'Error, too many requests. Please slow down. You must wait 600 seconds',
    }
    testGateway.rocketChat.injectFault({ kind: 'answer', status: 429, body, route: ROUTE, times: 1 })
    const before = Date.now()
    const first = await send(testGateway, { idempotencyKey: 'key' })
    expect(first).toMatchObject({ offlineMessage: { delivery: { state: 'QUEUED', attempts: 1 } } })
    const { delivery } = 'offlineMessage' in first ? first.offlineMessage : { delivery: null }
    expect(Date.parse(delivery?.nextAttemptAt ?? '')).toBeGreaterThanOrEqual(before + 600_000)
    expect(await send(testGateway, { idempotencyKey: 'key' })).toEqual(first)
    expect(await send(testGateway, { idempotencyKey: 'another' })).toMatchObject({
      offlineMessage: { delivery: { state: 'QUEUED', attempts: 0 } },
    })
    expect(testGateway.rocketChat.counts()).toEqual({ [CALL]: 1 })
  })

  it('is a conflict with another input', async () => {
    const testGateway = await createTestGateway()
    testGateway.rocketChat.injectFault({
      kind: 'answer',
      status: 400,
      body: { success: false },
      route: ROUTE,
      times: 1,
    })
    await send(testGateway, { idempotencyKey: 'key' })
    const answer = await send(testGateway, { idempotencyKey: 'key', text: 'In other words' })
    expect(answer).toMatchObject({ __typename: 'ConflictError' })
    expect(mailsOf(testGateway)).toEqual([])
  })
})

it('keys and messages survive a restart', async () => {
  const dataDir = createTestDirectory()
  const testGateway = await createTestGateway({ config: { dataDir } })
  const first = await send(testGateway, { idempotencyKey: 'key' })
  await testGateway.gateway.close()
  const next = await createTestGateway({ config: { dataDir } })
  expect(await send(next, { idempotencyKey: 'key' })).toEqual(first)
  expect(mailsOf(next)).toEqual([])
})

it('a sender that disconnects does not abort the delivery: the key still returns its state', async () => {
  const testGateway = await createTestGateway()
  testGateway.rocketChat.injectFault({ kind: 'slow', ms: 100, route: ROUTE, times: 1 })
  const leaving = request(testGateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    agent: false,
  })
  const variables = { input: { ...input, idempotencyKey: 'key' } }
  leaving.end(JSON.stringify({ query: SendOfflineMessage.toString(), variables }))
  await waitUntil(() => testGateway.rocketChat.counts()[CALL] === 1)
  const gone = once(leaving, 'error')
  leaving.destroy(new Error('left'))
  await gone
  expect(await send(testGateway, { idempotencyKey: 'key' })).toMatchObject(sent)
  expect(mailsOf(testGateway)).toHaveLength(1)
})

it('an empty key is rejected: every client would share it', async () => {
  const testGateway = await createTestGateway()
  const { data } = await sendOperation(testGateway.url, SendOfflineMessage, {
    input: { ...input, idempotencyKey: '' },
  })
  expect(data?.sendOfflineMessage).toMatchObject({ __typename: 'InvalidInputError' })
  expect(testGateway.rocketChat.counts()).toEqual({})
})
