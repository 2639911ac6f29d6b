import { describe, expect, it } from 'vitest'
import { DuplicateMatcher } from '../../src/offline/duplicate-matcher.ts'
import { fetchData, waitUntil } from '../support/graphql-client.ts'
import { asOperator } from '../support/test-gateway.ts'
import { OfflineListRetry } from './list-documents.ts'
import {
  acceptAt,
  listAll,
  type OfflineGateway,
  openOfflineGateway,
  openSharedStore,
  send,
  sendAndTakeId,
  textsOf,
} from './offline-gateway.ts'
import { copyAtProvider, storedMessage } from './stored-messages.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const ago = (ms: number) => new Date(Date.now() - ms)
const customerAction = (name: string) => `/v3.6/customer/action/${name}`

/** Where LiveChat stores messages, and the ids of those there, oldest first; only ended threads are listed. */
const sources = [
  { source: 'helpdesk', stored: ({ liveChat }: OfflineGateway) => liveChat.tickets.map(({ ID }) => ID) },
  {
    source: 'archives',
    stored: ({ liveChat: { chats } }: OfflineGateway) =>
      chats.all.map(({ id, threads }) => {
        chats.close(id)
        return threads[0]?.id
      }),
  },
] as const

describe.each(sources)('a message that was sent from here to LiveChat’s $source', ({ source, stored }) => {
  it('is shown once, as it was accepted, and under its id there', async () => {
    const offlineGateway = await openOfflineGateway({ source })
    const id = await sendAndTakeId(offlineGateway, { provider: 'livechat', text: 'one\r\nand two' })
    const [nativeId] = stored(offlineGateway)
    expect(await listAll(offlineGateway)).toMatchObject([{ id, nativeId, delivery: { state: 'SENT' } }])
    expect(await listAll(offlineGateway, { states: ['RECEIVED'] })).toMatchObject([{ nativeId }])
  })

  it('is shown once, however long it was queued', async () => {
    const offlineGateway = await openOfflineGateway({ source })
    const store = await openSharedStore(offlineGateway)
    await acceptAt(store, ago(3 * DAY_MS), { text: 'waited' }, 'livechat')
    await send(offlineGateway, { provider: 'livechat', text: 'fresh' })
    await waitUntil(async () => (await store.countByState()).every(({ state }) => state === 'SENT'))
    expect(stored(offlineGateway)).toHaveLength(2)
    expect(textsOf(await listAll(offlineGateway))).toEqual(['fresh', 'waited'])
  })

  it('is not matched with the same text from elsewhere, nor with the trace of an earlier attempt', async () => {
    const offlineGateway = await openOfflineGateway({ source })
    const lost = source === 'helpdesk' ? '/v1/tickets' : customerAction('start_chat')
    offlineGateway.liveChat.injectFault({ kind: 'reset-after-commit', method: 'POST', route: lost, times: 1 })
    if (source === 'archives')
      offlineGateway.liveChat.injectFault({ kind: 'reset', route: customerAction('list_chats') })
    const offlineMessageId = await sendAndTakeId(offlineGateway, { provider: 'livechat' })
    await fetchData(offlineGateway.url, OfflineListRetry, { input: { offlineMessageId } }, asOperator)
    const [before, after] = stored(offlineGateway)
    const listed = await listAll(offlineGateway)
    expect(new Map(listed.map(({ nativeId, delivery }) => [nativeId, delivery.state]))).toEqual(
      new Map([
        [after, 'SENT'],
        [before, 'RECEIVED'],
      ]),
    )
  })
})

describe('a message that was sent from here to a provider with a list of its own', () => {
  it('is shown as often as it was sent', async () => {
    const offlineGateway = await openOfflineGateway({ source: 'helpdesk' })
    const requester = { email: 'Ada@mail.test', name: 'Ada' }
    for (let time = 0; time < 2; time += 1) await send(offlineGateway, { provider: 'livechat' })
    offlineGateway.liveChat.addTicket({ requester, text: 'Hello', at: Date.now() })
    offlineGateway.liveChat.addTicket({ requester, text: 'Hello', at: Date.now() - 60 * MINUTE_MS })
    expect(textsOf(await listAll(offlineGateway))).toEqual(['Hello', 'Hello', 'Hello', 'Hello'])
  })

  it('is shown twice rather than lost if its arrival is unknown', async () => {
    const offlineGateway = await openOfflineGateway({ source: 'helpdesk' })
    offlineGateway.liveChat.injectFault({
      kind: 'reset-after-commit',
      method: 'POST',
      route: '/v1/tickets',
      times: 1,
    })
    await send(offlineGateway, { provider: 'livechat' })
    const states = (await listAll(offlineGateway)).map(({ delivery }) => delivery.state)
    expect([...states].sort()).toEqual(['RECEIVED', 'UNCONFIRMED'])
  })

  it('is not matched with one outside the requested days', async () => {
    const offlineGateway = await openOfflineGateway({ source: 'helpdesk' })
    const store = await openSharedStore(offlineGateway)
    const midnight = Date.parse(new Date().toISOString().slice(0, 10))
    const late = { name: 'Ada', email: 'ada@mail.test', text: 'at midnight' }
    const id = await acceptAt(store, new Date(midnight - 1000), late, 'livechat')
    await store.claim({ provider: 'livechat', now: new Date(), worker: 'w', leaseMs: 60_000, spacingMs: 0 })
    await store.recordOutcome(id, 1, { state: 'SENT', nativeId: null }, new Date())
    offlineGateway.liveChat.addTicket({ requester: late, text: late.text, at: midnight + 1000 })
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
    const [today, yesterday] = [day(midnight), day(midnight - 1)]
    expect(await listAll(offlineGateway, { from: today, to: today })).toMatchObject([
      { delivery: { state: 'RECEIVED' } },
    ])
    expect(await listAll(offlineGateway, { from: yesterday, to: today })).toMatchObject([
      { delivery: { state: 'SENT' } },
    ])
  })
})

it('a stored message matches one message at most, also after the store has failed', async () => {
  const stored = storedMessage()
  const matcher = new DuplicateMatcher({
    find: async () => false,
    async *read() {
      yield stored
      throw new Error('the store is away')
    },
  })
  const listed = copyAtProvider(stored)
  await expect(matcher.matches(listed)).rejects.toThrow('the store is away')
  expect([await matcher.matches(listed), await matcher.matches(listed)]).toEqual([true, false])
})
