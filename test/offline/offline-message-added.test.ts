import { describe, expect, it } from 'vitest'
import { openSocketClient, subscribe, waitUntil } from '../support/graphql-client.ts'
import { asOperator } from '../support/test-gateway.ts'
import { OfflineListAdded } from './list-documents.ts'
import {
  acceptAt,
  CLASSIC_LIST,
  listAll,
  type OfflineGateway,
  openOfflineGateway,
  openSharedStore,
  send,
} from './offline-gateway.ts'

const TICKETS = 'GET /v1/tickets'
const ARCHIVES = 'POST /v3.6/agent/action/list_archives'

/** An operator's stream, after the gateway has polled LiveChat's list for it. */
async function openSubscription(
  offlineGateway: OfflineGateway,
  route: string,
  providers: readonly string[] | null = null,
) {
  const stream = subscribe(openSocketClient(offlineGateway.url, asOperator), OfflineListAdded, {
    providers: providers && [...providers],
  })
  // The subscription starts with the first `take`.
  const first = stream.take(1)
  const texts = async (count: number): Promise<(string | undefined)[]> => {
    const events = [...(await first), ...(await stream.take(count - 1))]
    return events.map(({ data }) => data?.offlineMessageAdded.text)
  }
  await waitForListReads(offlineGateway, route, 1)
  return { texts, stream }
}

/** Waits for this many more complete reads of LiveChat's list. */
async function waitForListReads({ liveChat }: OfflineGateway, route: string, count: number): Promise<void> {
  const before = liveChat.counts()[route] ?? 0
  // A read that was in flight when a message came may not include it.
  await waitUntil(() => (liveChat.counts()[route] ?? 0) > before + count)
}

const addAtProvider = ({ liveChat }: OfflineGateway, text: string) =>
  liveChat.addOfflineMessage({ visitorName: 'Bob', email: 'bob@mail.test', text, at: Date.now() })

describe('new offline messages', () => {
  it('that are accepted here are delivered at once, to all subscribers', async () => {
    const offlineGateway = await openOfflineGateway()
    const listeners = await Promise.all([
      openSubscription(offlineGateway, CLASSIC_LIST),
      openSubscription(offlineGateway, CLASSIC_LIST),
    ])
    await send(offlineGateway, { text: 'one' })
    await send(offlineGateway, { text: 'two' })
    for (const { texts } of listeners) expect(await texts(2)).toEqual(['one', 'two'])
  })

  it('that another process accepted are delivered when they appear in the store', async () => {
    const offlineGateway = await openOfflineGateway()
    const store = await openSharedStore(offlineGateway)
    await acceptAt(store, new Date(), { text: 'before' })
    const { texts } = await openSubscription(offlineGateway, CLASSIC_LIST)
    await acceptAt(store, new Date(), { text: 'elsewhere' })
    await send(offlineGateway, { text: 'here' })
    await acceptAt(store, new Date(Date.now() - 30_000), { text: 'by a clock that is late' })
    await waitForListReads(offlineGateway, CLASSIC_LIST, 1)
    addAtProvider(offlineGateway, 'at the provider')
    expect((await texts(4)).sort()).toEqual([
      'at the provider',
      'by a clock that is late',
      'elsewhere',
      'here',
    ])
  })

  it('in the provider’s list are delivered once each, and older ones are not', async () => {
    const offlineGateway = await openOfflineGateway()
    for (let n = 0; n < 30; n += 1) addAtProvider(offlineGateway, `old ${n}`)
    const { texts } = await openSubscription(offlineGateway, CLASSIC_LIST)
    await waitForListReads(offlineGateway, CLASSIC_LIST, 2)
    const fresh = Array.from({ length: 28 }, (_, n) => `new ${n}`)
    for (const text of fresh) addAtProvider(offlineGateway, text)
    await waitForListReads(offlineGateway, CLASSIC_LIST, 4)
    addAtProvider(offlineGateway, 'last')
    const received = await texts(29)
    expect(received.slice(0, 28).sort()).toEqual([...fresh].sort())
    expect(received.at(-1)).toBe('last')
  })

  it('that were sent from here are not delivered again when HelpDesk lists them', async () => {
    const offlineGateway = await openOfflineGateway({ source: 'helpdesk' })
    const { texts } = await openSubscription(offlineGateway, TICKETS)
    await send(offlineGateway, { provider: 'livechat', text: 'from here' })
    await waitForListReads(offlineGateway, TICKETS, 2)
    expect(await listAll(offlineGateway, { states: ['RECEIVED'] })).toHaveLength(1)
    const requester = { name: 'Bob', email: 'bob@mail.test' }
    offlineGateway.liveChat.addTicket({ requester, text: 'from the widget', at: Date.now() })
    expect(await texts(2)).toEqual(['from here', 'from the widget'])
  })

  it('that were sent from here are not delivered again when the archives list them', async () => {
    const offlineGateway = await openOfflineGateway({ source: 'archives' })
    const { chats } = offlineGateway.liveChat
    const { texts } = await openSubscription(offlineGateway, ARCHIVES)
    await send(offlineGateway, { provider: 'livechat', text: 'from here' })
    for (const { id } of chats.all) chats.close(id)
    await waitForListReads(offlineGateway, ARCHIVES, 2)
    expect(await listAll(offlineGateway, { states: ['RECEIVED'] })).toHaveLength(1)
    const customer = { name: 'Bob', email: 'bob@mail.test' }
    chats.close(chats.start({ customer, offline: true, say: 'from the widget' }).id)
    expect(await texts(2)).toEqual(['from here', 'from the widget'])
  })

  it('that were queued for days are delivered once, when they are accepted', async () => {
    const offlineGateway = await openOfflineGateway({ source: 'helpdesk' })
    const store = await openSharedStore(offlineGateway)
    await acceptAt(store, new Date(Date.now() - 3 * 86_400_000), { text: 'waited' }, 'livechat')
    const { texts } = await openSubscription(offlineGateway, TICKETS)
    await send(offlineGateway, { provider: 'livechat', text: 'fresh' })
    await waitUntil(() => offlineGateway.liveChat.tickets.length === 2)
    await waitForListReads(offlineGateway, TICKETS, 2)
    await send(offlineGateway, { text: 'last' })
    expect(await texts(2)).toEqual(['fresh', 'last'])
  })

  it('continue after a provider’s failure', async () => {
    const offlineGateway = await openOfflineGateway()
    const { texts } = await openSubscription(offlineGateway, CLASSIC_LIST)
    offlineGateway.liveChat.injectFault({
      kind: 'answer',
      status: 500,
      body: 'broken',
      route: '/offline_messages',
      times: 2,
    })
    addAtProvider(offlineGateway, 'while it failed')
    await send(offlineGateway, { text: 'at Rocket.Chat' })
    expect(await texts(2)).toEqual(['at Rocket.Chat', 'while it failed'])
  })

  it('are those of the requested providers', async () => {
    const offlineGateway = await openOfflineGateway()
    const { texts } = await openSubscription(offlineGateway, CLASSIC_LIST, ['livechat'])
    await send(offlineGateway, { text: 'at Rocket.Chat' })
    addAtProvider(offlineGateway, 'at LiveChat')
    expect(await texts(1)).toEqual(['at LiveChat'])
  })

  it.each([
    ['rest_v1', 20, CLASSIC_LIST, 1],
    ['rest_v1', 30, CLASSIC_LIST, 2],
    ['helpdesk', 30, TICKETS, 1],
  ] as const)(
    'cost the requests of one poller, whatever the number of subscribers: %s with %d of today',
    async (source, count, route, calls) => {
      const offlineGateway = await openOfflineGateway({ source, config: { pollIdleIntervalMs: 3_600_000 } })
      const requester = { name: 'Bob', email: 'bob@mail.test' }
      for (let n = 0; n < count; n += 1) {
        addAtProvider(offlineGateway, `message ${n}`)
        offlineGateway.liveChat.addTicket({ requester, text: `message ${n}`, at: Date.now() })
      }
      const streams = Array.from({ length: 3 }, () =>
        subscribe(openSocketClient(offlineGateway.url, asOperator), OfflineListAdded, {
          providers: null,
        }).take(1),
      )
      await waitUntil(() => (offlineGateway.liveChat.counts()[route] ?? 0) >= calls)
      // Its arrival at all subscribers shows that all are subscribed.
      await acceptAt(await openSharedStore(offlineGateway), new Date(), { text: 'news' })
      for (const events of await Promise.all(streams))
        expect(events).toMatchObject([{ data: { offlineMessageAdded: { text: 'news' } } }])
      expect(offlineGateway.liveChat.counts()[route]).toBe(calls)
    },
  )

  it.each([
    ['an anonymous caller', {}, { providers: null }, 'UNAUTHENTICATED'],
    ['an operator, of an unknown provider', asOperator, { providers: ['other'] }, 'INVALID_INPUT'],
  ])('are not delivered to %s', async (_who, as, variables, code) => {
    const offlineGateway = await openOfflineGateway()
    const stream = subscribe(openSocketClient(offlineGateway.url, as), OfflineListAdded, variables)
    expect(await stream.take(1)).toMatchObject([{ errors: [{ extensions: { code } }] }])
  })
})
