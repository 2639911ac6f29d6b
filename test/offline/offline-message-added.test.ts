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

/** An operator's stream, once the gateway has looked at LiveChat's list for it. */
async function listen(scene: OfflineGateway, route: string, providers: readonly string[] | null = null) {
  const stream = subscribe(openSocketClient(scene.url, asOperator), OfflineListAdded, {
    providers: providers && [...providers],
  })
  // Nothing is asked for before the first `take`.
  const first = stream.take(1)
  const texts = async (count: number): Promise<(string | undefined)[]> => {
    const events = [...(await first), ...(await stream.take(count - 1))]
    return events.map(({ data }) => data?.offlineMessageAdded.text)
  }
  await looks(scene, route, 1)
  return { texts, stream }
}

/** Waits until LiveChat's list was read so many times more, to the end. */
async function looks({ liveChat }: OfflineGateway, route: string, count: number): Promise<void> {
  const before = liveChat.counts()[route] ?? 0
  // The one under way when a message came may not have seen it.
  await waitUntil(() => (liveChat.counts()[route] ?? 0) > before + count)
}

const leave = ({ liveChat }: OfflineGateway, text: string) =>
  liveChat.addOfflineMessage({ visitorName: 'Bob', email: 'bob@mail.test', text, at: Date.now() })

describe('new offline messages', () => {
  it('that are accepted here are told at once, to everybody who listens', async () => {
    const scene = await openOfflineGateway()
    const listeners = await Promise.all([listen(scene, CLASSIC_LIST), listen(scene, CLASSIC_LIST)])
    await send(scene, { text: 'one' })
    await send(scene, { text: 'two' })
    for (const { texts } of listeners) expect(await texts(2)).toEqual(['one', 'two'])
  })

  it('that another process accepted are told as the store shows them', async () => {
    const scene = await openOfflineGateway()
    const store = await openSharedStore(scene)
    await acceptAt(store, new Date(), { text: 'before' })
    const { texts } = await listen(scene, CLASSIC_LIST)
    await acceptAt(store, new Date(), { text: 'elsewhere' })
    await send(scene, { text: 'here' })
    await acceptAt(store, new Date(Date.now() - 30_000), { text: 'by a clock that is late' })
    await looks(scene, CLASSIC_LIST, 1)
    leave(scene, 'at the provider')
    expect((await texts(4)).sort()).toEqual([
      'at the provider',
      'by a clock that is late',
      'elsewhere',
      'here',
    ])
  })

  it('in the provider’s list are told once each, and not those that were there', async () => {
    const scene = await openOfflineGateway()
    for (let n = 0; n < 30; n += 1) leave(scene, `old ${n}`)
    const { texts } = await listen(scene, CLASSIC_LIST)
    await looks(scene, CLASSIC_LIST, 2)
    const fresh = Array.from({ length: 28 }, (_, n) => `new ${n}`)
    for (const text of fresh) leave(scene, text)
    await looks(scene, CLASSIC_LIST, 4)
    leave(scene, 'last')
    const told = await texts(29)
    expect(told.slice(0, 28).sort()).toEqual([...fresh].sort())
    expect(told.at(-1)).toBe('last')
  })

  it('that were sent from here are not told again when HelpDesk lists them', async () => {
    const scene = await openOfflineGateway({ source: 'helpdesk' })
    const { texts } = await listen(scene, TICKETS)
    await send(scene, { provider: 'livechat', text: 'from here' })
    await looks(scene, TICKETS, 2)
    expect(await listAll(scene, { states: ['RECEIVED'] })).toHaveLength(1)
    const requester = { name: 'Bob', email: 'bob@mail.test' }
    scene.liveChat.addTicket({ requester, text: 'from the widget', at: Date.now() })
    expect(await texts(2)).toEqual(['from here', 'from the widget'])
  })

  it('that were sent from here are not told again when the archives list them', async () => {
    const scene = await openOfflineGateway({ source: 'archives' })
    const { chats } = scene.liveChat
    const { texts } = await listen(scene, ARCHIVES)
    await send(scene, { provider: 'livechat', text: 'from here' })
    for (const { id } of chats.all) chats.close(id)
    await looks(scene, ARCHIVES, 2)
    expect(await listAll(scene, { states: ['RECEIVED'] })).toHaveLength(1)
    const customer = { name: 'Bob', email: 'bob@mail.test' }
    chats.close(chats.start({ customer, offline: true, say: 'from the widget' }).id)
    expect(await texts(2)).toEqual(['from here', 'from the widget'])
  })

  it('that waited for days are told once, when they are accepted', async () => {
    const scene = await openOfflineGateway({ source: 'helpdesk' })
    const store = await openSharedStore(scene)
    await acceptAt(store, new Date(Date.now() - 3 * 86_400_000), { text: 'waited' }, 'livechat')
    const { texts } = await listen(scene, TICKETS)
    await send(scene, { provider: 'livechat', text: 'fresh' })
    await waitUntil(() => scene.liveChat.tickets.length === 2)
    await looks(scene, TICKETS, 2)
    await send(scene, { text: 'last' })
    expect(await texts(2)).toEqual(['fresh', 'last'])
  })

  it('go on behind a provider’s failure', async () => {
    const scene = await openOfflineGateway()
    const { texts } = await listen(scene, CLASSIC_LIST)
    scene.liveChat.injectFault({
      kind: 'answer',
      status: 500,
      body: 'broken',
      route: '/offline_messages',
      times: 2,
    })
    leave(scene, 'while it failed')
    await send(scene, { text: 'at Rocket.Chat' })
    expect(await texts(2)).toEqual(['at Rocket.Chat', 'while it failed'])
  })

  it('are those of the providers that were asked for', async () => {
    const scene = await openOfflineGateway()
    const { texts } = await listen(scene, CLASSIC_LIST, ['livechat'])
    await send(scene, { text: 'at Rocket.Chat' })
    leave(scene, 'at LiveChat')
    expect(await texts(1)).toEqual(['at LiveChat'])
  })

  it.each([
    ['rest_v1', 20, CLASSIC_LIST, 1],
    ['rest_v1', 30, CLASSIC_LIST, 2],
    ['helpdesk', 30, TICKETS, 1],
  ] as const)(
    'cost one poller’s calls, however many listen: %s with %d of today',
    async (source, count, route, calls) => {
      const scene = await openOfflineGateway({ source, config: { pollIdleIntervalMs: 3_600_000 } })
      const requester = { name: 'Bob', email: 'bob@mail.test' }
      for (let n = 0; n < count; n += 1) {
        leave(scene, `message ${n}`)
        scene.liveChat.addTicket({ requester, text: `message ${n}`, at: Date.now() })
      }
      const streams = Array.from({ length: 3 }, () =>
        subscribe(openSocketClient(scene.url, asOperator), OfflineListAdded, { providers: null }).take(1),
      )
      await waitUntil(() => (scene.liveChat.counts()[route] ?? 0) >= calls)
      // Told to all, it shows that all listen.
      await acceptAt(await openSharedStore(scene), new Date(), { text: 'news' })
      for (const events of await Promise.all(streams))
        expect(events).toMatchObject([{ data: { offlineMessageAdded: { text: 'news' } } }])
      expect(scene.liveChat.counts()[route]).toBe(calls)
    },
  )

  it.each([
    ['nobody in particular', {}, { providers: null }, 'UNAUTHENTICATED'],
    ['an operator, of an unknown provider', asOperator, { providers: ['other'] }, 'INVALID_INPUT'],
  ])('are not told to %s', async (_who, as, variables, code) => {
    const scene = await openOfflineGateway()
    const stream = subscribe(openSocketClient(scene.url, as), OfflineListAdded, variables)
    expect(await stream.take(1)).toMatchObject([{ errors: [{ extensions: { code } }] }])
  })
})
