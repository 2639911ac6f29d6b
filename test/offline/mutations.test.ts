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

/** A message whose delivery was refused, and a provider that would take it now. */
async function refused(scene: OfflineGateway): Promise<string> {
  scene.rocketChat.settings.Livechat_display_offline_form = false
  const id = await sendAndTakeId(scene)
  scene.rocketChat.settings.Livechat_display_offline_form = true
  return id
}

/** A message that arrived, without an answer. */
async function unanswered(scene: OfflineGateway): Promise<string> {
  scene.rocketChat.injectFault({ kind: 'reset-after-commit', route: OFFLINE_FORM, times: 1 })
  return sendAndTakeId(scene)
}

describe('sending', () => {
  it('answers what became of the message', async () => {
    const scene = await openOfflineGateway()
    expect(await send(scene)).toMatchObject({ offlineMessage: { delivery: { state: 'SENT', attempts: 1 } } })
    scene.rocketChat.injectFault({ kind: 'reset-after-commit', route: OFFLINE_FORM, times: 1 })
    expect(await send(scene)).toMatchObject({ offlineMessage: { delivery: { state: 'UNCONFIRMED' } } })
    scene.rocketChat.settings.Livechat_display_offline_form = false
    expect(await send(scene)).toMatchObject({
      offlineMessage: { delivery: { state: 'FAILED', attempts: 1 } },
    })
    scene.rocketChat.injectFault({ kind: 'answer', status: 503, body: 'down', route: OFFLINE_FORM })
    const { __typename } = await send(scene)
    expect(__typename).toBe('SendOfflineMessagePayload')
  })
})

describe('retrying', () => {
  it('sends a message that was refused', async () => {
    const scene = await openOfflineGateway()
    const id = await refused(scene)
    expect(await retry(scene, id)).toMatchObject({
      offlineMessage: { id, delivery: { state: 'SENT', attempts: 2 } },
    })
    expect(scene.rocketChat.workspace.mails).toHaveLength(1)
  })

  it('sends one that may have arrived, since an operator says so', async () => {
    const scene = await openOfflineGateway()
    const id = await unanswered(scene)
    expect(scene.rocketChat.workspace.mails).toHaveLength(1)
    expect(await retry(scene, id)).toMatchObject({ offlineMessage: { delivery: { state: 'SENT' } } })
    expect(scene.rocketChat.workspace.mails).toHaveLength(2)
  })

  it('is refused with the reason where the state does not allow it', async () => {
    const scene = await openOfflineGateway()
    const id = await sendAndTakeId(scene)
    expect(await retry(scene, id)).toEqual({
      __typename: 'ConflictError',
      code: 'CONFLICT',
      detail: 'The provider has confirmed it.',
    })
    const given = await refused(scene)
    await discard(scene, given)
    expect(await retry(scene, given)).toMatchObject({ code: 'CONFLICT', detail: 'It was discarded.' })
  })

  it('finds no message where there is none, nor the provider’s own', async () => {
    const scene = await openOfflineGateway()
    const own = scene.liveChat.addOfflineMessage({
      visitorName: 'Bob',
      email: 'bob@mail.test',
      text: 'Hi',
      at: Date.now(),
    })
    for (const [provider, key] of [
      ['livechat', own.id],
      ['rocketchat', 'none'],
      ['nobody', 'none'],
    ] as const) {
      const id = encodeId({ type: 'OfflineMessage', provider, key })
      expect(await retry(scene, id)).toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await retry(scene, 'nonsense')).toMatchObject({ code: 'INVALID_INPUT' })
    // An id that names another provider than the message’s own is no id of it.
    const store = await openSharedStore(scene)
    const key = await acceptAt(store, new Date())
    const id = encodeId({ type: 'OfflineMessage', provider: 'livechat', key })
    expect(await discard(scene, id)).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('discarding', () => {
  it('gives up a message that waits or failed, and keeps it in the list', async () => {
    const scene = await openOfflineGateway()
    for (const id of [await refused(scene), await unanswered(scene)]) {
      expect(await discard(scene, id)).toMatchObject({
        offlineMessage: { id, delivery: { state: 'DISCARDED' } },
      })
    }
    expect(await listAll(scene, { states: ['DISCARDED'] })).toHaveLength(2)
    expect(await listAll(scene)).toHaveLength(2)
  })

  it('is refused with the reason where it was sent', async () => {
    const scene = await openOfflineGateway()
    const id = await sendAndTakeId(scene)
    expect(await discard(scene, id)).toMatchObject({
      code: 'CONFLICT',
      detail: 'The provider has confirmed it.',
    })
  })
})

describe('erasing', () => {
  it('leaves nothing from an address, in whatever case it was written', async () => {
    const scene = await openOfflineGateway()
    const id = await sendAndTakeId(scene, { email: 'Ada@Mail.test' })
    await send(scene, { email: 'ada@mail.test' })
    await send(scene, { email: 'bob@mail.test', text: 'stays' })
    expect(await erase(scene, 'ADA@mail.test')).toEqual({
      __typename: 'EraseOfflineMessagesPayload',
      count: 2,
    })
    expect((await listAll(scene)).map(({ text }) => text)).toEqual(['stays'])
    expect(await fetchData(scene.url, OfflineListNode, { id }, asOperator)).toEqual({ node: null })
    expect(await erase(scene, 'ada@mail.test')).toMatchObject({ count: 0 })
    expect(await erase(scene, 'nobody')).toMatchObject({ code: 'INVALID_INPUT' })
  })
})

it.each([
  ['nobody in particular', asAnonymous, 'UNAUTHENTICATED'],
  ['a visitor', asVisitor('token'), 'FORBIDDEN'],
] as const)('%s can do none of it', async (_who, as, code) => {
  const scene = await openOfflineGateway()
  const id = await refused(scene)
  expect(await retry(scene, id, as)).toMatchObject({ code })
  expect(await discard(scene, id, as)).toMatchObject({ code })
  expect(await erase(scene, 'ada@mail.test', as)).toMatchObject({ code })
  expect(await listAll(scene)).toMatchObject([{ delivery: { state: 'FAILED' } }])
})

it('whoever guesses a key learns nothing of the message under it', async () => {
  const scene = await openOfflineGateway()
  const keyed = { idempotencyKey: 'guessed', text: 'a secret' }
  const first = await send(scene, keyed)
  expect(await send(scene, keyed)).toEqual(first)
  const guess = await send(scene, { ...keyed, text: 'what is it?' })
  expect(guess).toMatchObject({ code: 'CONFLICT' })
  expect(JSON.stringify(guess)).not.toContain('secret')
})
