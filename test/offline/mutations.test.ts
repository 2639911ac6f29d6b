import { describe, expect, it } from 'vitest'
import { encodeId } from '../../src/domain/ids.ts'
import { fetchData } from '../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor } from '../support/test-gateway.ts'
import { OfflineListDiscard, OfflineListErase, OfflineListNode, OfflineListRetry } from './list-documents.ts'
import {
  acceptAt,
  listAll,
  OFFLINE_FORM,
  type OfflineGateway,
  openOfflineGateway,
  openSharedStore,
  send,
  sendAndTakeId,
} from './offline-gateway.ts'

type Headers = Readonly<Record<string, string>>

const retry = async ({ url }: OfflineGateway, offlineMessageId: string, as: Headers = asOperator) =>
  (await fetchData(url, OfflineListRetry, { input: { offlineMessageId } }, as)).retryOfflineMessage
const discard = async ({ url }: OfflineGateway, offlineMessageId: string, as: Headers = asOperator) =>
  (await fetchData(url, OfflineListDiscard, { input: { offlineMessageId } }, as)).discardOfflineMessage
const erase = async ({ url }: OfflineGateway, email: string, as: Headers = asOperator) =>
  (await fetchData(url, OfflineListErase, { input: { email } }, as)).eraseOfflineMessages

/** A message whose delivery failed at a provider that would accept it now. */
async function sendFailing(offlineGateway: OfflineGateway): Promise<string> {
  offlineGateway.rocketChat.settings.Livechat_display_offline_form = false
  const id = await sendAndTakeId(offlineGateway)
  offlineGateway.rocketChat.settings.Livechat_display_offline_form = true
  return id
}

/** A message that arrived without a response. */
async function sendUnanswered(offlineGateway: OfflineGateway): Promise<string> {
  offlineGateway.rocketChat.injectFault({ kind: 'reset-after-commit', route: OFFLINE_FORM, times: 1 })
  return sendAndTakeId(offlineGateway)
}

/** A message that is not sent for the next minutes, because the provider asks for that. */
async function sendLimited(offlineGateway: OfflineGateway): Promise<string> {
  const headers = { 'retry-after': '600' }
  offlineGateway.rocketChat.injectFault({
    kind: 'answer',
    status: 429,
    body: '{"success":false}',
    headers,
    route: OFFLINE_FORM,
  })
  return sendAndTakeId(offlineGateway)
}

describe('sending', () => {
  it('returns the delivery state of the message', async () => {
    const offlineGateway = await openOfflineGateway()
    expect(await send(offlineGateway)).toMatchObject({
      offlineMessage: { delivery: { state: 'SENT', attempts: 1 } },
    })
    offlineGateway.rocketChat.injectFault({ kind: 'reset-after-commit', route: OFFLINE_FORM, times: 1 })
    expect(await send(offlineGateway)).toMatchObject({
      offlineMessage: { delivery: { state: 'UNCONFIRMED' } },
    })
    offlineGateway.rocketChat.settings.Livechat_display_offline_form = false
    expect(await send(offlineGateway)).toMatchObject({
      offlineMessage: { delivery: { state: 'FAILED', attempts: 1 } },
    })
    offlineGateway.rocketChat.injectFault({ kind: 'answer', status: 503, body: 'down', route: OFFLINE_FORM })
    const { __typename } = await send(offlineGateway)
    expect(__typename).toBe('SendOfflineMessagePayload')
  })
})

describe('retrying', () => {
  it('sends a FAILED message', async () => {
    const offlineGateway = await openOfflineGateway()
    const id = await sendFailing(offlineGateway)
    expect(await retry(offlineGateway, id)).toMatchObject({
      offlineMessage: { id, delivery: { state: 'SENT', attempts: 2 } },
    })
    expect(offlineGateway.rocketChat.workspace.mails).toHaveLength(1)
  })

  it('sends a message that may have arrived, because an operator decides so', async () => {
    const offlineGateway = await openOfflineGateway()
    const id = await sendUnanswered(offlineGateway)
    expect(offlineGateway.rocketChat.workspace.mails).toHaveLength(1)
    expect(await retry(offlineGateway, id)).toMatchObject({ offlineMessage: { delivery: { state: 'SENT' } } })
    expect(offlineGateway.rocketChat.workspace.mails).toHaveLength(2)
  })

  it('is rejected with the reason if the state does not allow it', async () => {
    const offlineGateway = await openOfflineGateway()
    const id = await sendAndTakeId(offlineGateway)
    expect(await retry(offlineGateway, id)).toEqual({
      __typename: 'ConflictError',
      code: 'CONFLICT',
      detail: 'The provider has confirmed it.',
    })
    const given = await sendFailing(offlineGateway)
    await discard(offlineGateway, given)
    expect(await retry(offlineGateway, given)).toMatchObject({
      code: 'CONFLICT',
      detail: 'It was discarded.',
    })
  })

  it('is rejected for a message that is queued', async () => {
    const offlineGateway = await openOfflineGateway()
    const id = await sendLimited(offlineGateway)
    expect(await retry(offlineGateway, id)).toMatchObject({
      code: 'CONFLICT',
      detail: 'It is queued for delivery already.',
    })
  })

  it('finds neither unknown messages nor those of the provider’s own list', async () => {
    const offlineGateway = await openOfflineGateway()
    const own = offlineGateway.liveChat.addOfflineMessage({
      visitorName: 'Bob',
      email: 'bob@mail.test',
      text: 'Hi',
      at: Date.now(),
    })
    for (const [provider, key] of [
      ['livechat', own.id],
      ['rocketchat', 'none'],
      ['unknown', 'none'],
    ] as const) {
      const id = encodeId({ type: 'OfflineMessage', provider, key })
      expect(await retry(offlineGateway, id)).toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await retry(offlineGateway, 'nonsense')).toMatchObject({ code: 'INVALID_INPUT' })
    // An id with another provider than the message’s own is unknown.
    const store = await openSharedStore(offlineGateway)
    const key = await acceptAt(store, new Date())
    const id = encodeId({ type: 'OfflineMessage', provider: 'livechat', key })
    expect(await discard(offlineGateway, id)).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('discarding', () => {
  it('discards a queued or failed message, and keeps it in the list', async () => {
    const offlineGateway = await openOfflineGateway()
    for (const id of [await sendFailing(offlineGateway), await sendUnanswered(offlineGateway)]) {
      expect(await discard(offlineGateway, id)).toMatchObject({
        offlineMessage: { id, delivery: { state: 'DISCARDED' } },
      })
    }
    expect(await listAll(offlineGateway, { states: ['DISCARDED'] })).toHaveLength(2)
    expect(await listAll(offlineGateway)).toHaveLength(2)
  })

  it('is rejected while it is being sent', async () => {
    const offlineGateway = await openOfflineGateway()
    const id = await sendLimited(offlineGateway)
    const store = await openSharedStore(offlineGateway)
    const later = new Date(Date.now() + 3_600_000)
    const claim = { provider: 'rocketchat', worker: 'another', leaseMs: 60_000, spacingMs: 0 }
    expect(await store.claim({ ...claim, now: later })).toMatchObject({ message: { state: 'SENDING' } })
    expect(await discard(offlineGateway, id)).toMatchObject({
      code: 'CONFLICT',
      detail: 'It is being sent at the moment. Try again.',
    })
  })

  it('is rejected with the reason if it was sent', async () => {
    const offlineGateway = await openOfflineGateway()
    const id = await sendAndTakeId(offlineGateway)
    expect(await discard(offlineGateway, id)).toMatchObject({
      code: 'CONFLICT',
      detail: 'The provider has confirmed it.',
    })
  })
})

describe('erasing', () => {
  it('removes everything from an address, ignoring case', async () => {
    const offlineGateway = await openOfflineGateway()
    const id = await sendAndTakeId(offlineGateway, { email: 'Ada@Mail.test' })
    await send(offlineGateway, { email: 'ada@mail.test' })
    await send(offlineGateway, { email: 'bob@mail.test', text: 'stays' })
    expect(await erase(offlineGateway, 'ADA@mail.test')).toEqual({
      __typename: 'EraseOfflineMessagesPayload',
      count: 2,
    })
    expect((await listAll(offlineGateway)).map(({ text }) => text)).toEqual(['stays'])
    expect(await fetchData(offlineGateway.url, OfflineListNode, { id }, asOperator)).toEqual({ node: null })
    expect(await erase(offlineGateway, 'ada@mail.test')).toMatchObject({ count: 0 })
    expect(await erase(offlineGateway, 'nobody')).toMatchObject({ code: 'INVALID_INPUT' })
  })
})

it.each([
  ['an anonymous caller', asAnonymous, 'UNAUTHENTICATED'],
  ['a visitor', asVisitor('token'), 'FORBIDDEN'],
] as const)('%s can do none of these', async (_who, as, code) => {
  const offlineGateway = await openOfflineGateway()
  const id = await sendFailing(offlineGateway)
  expect(await retry(offlineGateway, id, as)).toMatchObject({ code })
  expect(await discard(offlineGateway, id, as)).toMatchObject({ code })
  expect(await erase(offlineGateway, 'ada@mail.test', as)).toMatchObject({ code })
  expect(await listAll(offlineGateway)).toMatchObject([{ delivery: { state: 'FAILED' } }])
})

it('a guessed key reveals nothing about its message', async () => {
  const offlineGateway = await openOfflineGateway()
  const keyed = { idempotencyKey: 'guessed', text: 'a secret' }
  const first = await send(offlineGateway, keyed)
  expect(await send(offlineGateway, keyed)).toEqual(first)
  const guess = await send(offlineGateway, { ...keyed, text: 'what is it?' })
  expect(guess).toMatchObject({ code: 'CONFLICT' })
  expect(JSON.stringify(guess)).not.toContain('secret')
})
