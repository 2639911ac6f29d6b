import { describe, expect, it } from 'vitest'
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

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const ago = (ms: number) => new Date(Date.now() - ms)
const customerAction = (name: string) => `/v3.6/customer/action/${name}`

/** Where LiveChat keeps what it is sent, and the ids of what is there, oldest first; threads have to end to be listed. */
const keepers = [
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

describe.each(keepers)('a message that was sent from here to LiveChat’s $source', ({ source, stored }) => {
  it('is shown once, as it was accepted, and under its id there', async () => {
    const scene = await openOfflineGateway({ source })
    const id = await sendAndTakeId(scene, { provider: 'livechat', text: 'one\r\nand two' })
    const [nativeId] = stored(scene)
    expect(await listAll(scene)).toMatchObject([{ id, nativeId, delivery: { state: 'SENT' } }])
    expect(await listAll(scene, { states: ['RECEIVED'] })).toMatchObject([{ nativeId }])
  })

  it('is shown once however long it waited', async () => {
    const scene = await openOfflineGateway({ source })
    const store = await openSharedStore(scene)
    await acceptAt(store, ago(3 * DAY_MS), { text: 'waited' }, 'livechat')
    await send(scene, { provider: 'livechat', text: 'fresh' })
    await waitUntil(async () => (await store.countByState()).every(({ state }) => state === 'SENT'))
    expect(stored(scene)).toHaveLength(2)
    expect(textsOf(await listAll(scene))).toEqual(['fresh', 'waited'])
  })

  it('is not taken for the same words from elsewhere, nor for what an attempt before it left', async () => {
    const scene = await openOfflineGateway({ source })
    const lost = source === 'helpdesk' ? '/v1/tickets' : customerAction('start_chat')
    scene.liveChat.injectFault({ kind: 'reset-after-commit', method: 'POST', route: lost, times: 1 })
    if (source === 'archives')
      scene.liveChat.injectFault({ kind: 'reset', route: customerAction('list_chats') })
    const offlineMessageId = await sendAndTakeId(scene, { provider: 'livechat' })
    await fetchData(scene.url, OfflineListRetry, { input: { offlineMessageId } }, asOperator)
    const [before, after] = stored(scene)
    const listed = await listAll(scene)
    expect(new Map(listed.map(({ nativeId, delivery }) => [nativeId, delivery.state]))).toEqual(
      new Map([
        [after, 'SENT'],
        [before, 'RECEIVED'],
      ]),
    )
  })
})

describe('a message that was sent from here to a provider with a list of its own', () => {
  it('is shown as often as it was left', async () => {
    const scene = await openOfflineGateway({ source: 'helpdesk' })
    const requester = { email: 'Ada@mail.test', name: 'Ada' }
    for (let time = 0; time < 2; time += 1) await send(scene, { provider: 'livechat' })
    scene.liveChat.addTicket({ requester, text: 'Hello', at: Date.now() })
    scene.liveChat.addTicket({ requester, text: 'Hello', at: Date.now() - 60 * MINUTE_MS })
    expect(textsOf(await listAll(scene))).toEqual(['Hello', 'Hello', 'Hello', 'Hello'])
  })

  it('is shown twice rather than lost where it is not known whether it arrived', async () => {
    const scene = await openOfflineGateway({ source: 'helpdesk' })
    scene.liveChat.injectFault({ kind: 'reset-after-commit', method: 'POST', route: '/v1/tickets', times: 1 })
    await send(scene, { provider: 'livechat' })
    const states = (await listAll(scene)).map(({ delivery }) => delivery.state)
    expect([...states].sort()).toEqual(['RECEIVED', 'UNCONFIRMED'])
  })

  it('is not taken for one that stands outside of the asked days', async () => {
    const scene = await openOfflineGateway({ source: 'helpdesk' })
    const store = await openSharedStore(scene)
    const midnight = Date.parse(new Date().toISOString().slice(0, 10))
    const late = { name: 'Ada', email: 'ada@mail.test', text: 'at midnight' }
    const id = await acceptAt(store, new Date(midnight - 1000), late, 'livechat')
    await store.claim({ provider: 'livechat', now: new Date(), worker: 'w', leaseMs: 60_000, spacingMs: 0 })
    await store.recordOutcome(id, 1, { state: 'SENT', nativeId: null }, new Date())
    scene.liveChat.addTicket({ requester: late, text: late.text, at: midnight + 1000 })
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
    const [today, yesterday] = [day(midnight), day(midnight - 1)]
    expect(await listAll(scene, { from: today, to: today })).toMatchObject([
      { delivery: { state: 'RECEIVED' } },
    ])
    expect(await listAll(scene, { from: yesterday, to: today })).toMatchObject([
      { delivery: { state: 'SENT' } },
    ])
  })
})
