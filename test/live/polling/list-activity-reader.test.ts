import { expect, it, onTestFinished } from 'vitest'
import { startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import {
  openTransportServer,
  operatorCredentials,
} from '../../server/shared-subscriptions/transport-server.ts'
import { createAdapterWithoutStore } from '../../support/adapter-without-store.ts'
import { openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { Activity, Events } from '../account-documents.ts'
import { globalId, HISTORY_ROUTE, ROOM_LIST_ROUTE, rocketChatFixture } from '../both-providers.ts'

/** A gateway with an activity feed, and a server that can only list its rooms. */
async function openListOnlyAccount() {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const { workspace } = rocketChat
  workspace.createAgent({ username: 'ada', name: 'Ada Agent' })
  const adapter = createAdapterWithoutStore({
    kind: 'ROCKET_CHAT',
    name: 'rocketchat',
    url: rocketChat.url,
    serviceAccount: workspace.serviceAccount(),
  })
  const open = (name: string): string =>
    workspace.openRoom({ token: workspace.createVisitor({ name }).token })._id
  const before = open('Bea Before')
  const server = await openTransportServer({
    adapter: { ...adapter, readRoomActivity: null },
    pollInterval: { activeMs: 20, idleMs: 60 },
  })
  onTestFinished(() => Promise.all([adapter.close(), rocketChat.close()]).then(() => {}))
  const client = openSocketClient(server.url, operatorCredentials)
  const stream = subscribe(client, Activity, { providers: null })
  /** Waits for this many polls that start from now on. */
  const polls = async (count: number): Promise<void> => {
    const past = rocketChat.counts()[`GET ${ROOM_LIST_ROUTE}`] ?? 0
    await waitUntil(() => (rocketChat.counts()[`GET ${ROOM_LIST_ROUTE}`] ?? 0) > past + count)
  }
  await polls(1)
  const next = async (): Promise<string> => {
    const [result] = await stream.take(1)
    const room = result?.data?.roomActivity
    return `${room?.visitor?.name} ${room?.status}`
  }
  return { rocketChat, server, client, before, open, next, polls, stream }
}

it('delivers rooms that changed in the list, each change once, and no unchanged ones', async () => {
  const { rocketChat, before, open, next, polls } = await openListOnlyAccount()
  const { workspace } = rocketChat
  const opened = open('Nora New')
  expect(await next()).toBe('Nora New OPEN')
  await polls(3)
  workspace.visitorSends(before, 'hello')
  expect(await next()).toBe('Bea Before OPEN')
  await polls(3)
  workspace.closeRoom(opened, 'Solved')
  expect(await next()).toBe('Nora New CLOSED')
})

it('loses nothing when a poll fails', async () => {
  const { rocketChat, before, next, polls } = await openListOnlyAccount()
  const restore = rocketChat.injectFault({
    kind: 'answer',
    status: 502,
    body: 'bad gateway',
    route: ROOM_LIST_ROUTE,
  })
  rocketChat.workspace.visitorSends(before, 'hello')
  await polls(2)
  restore()
  expect(await next()).toBe('Bea Before OPEN')
})

it('does not serve subscribed rooms: each is polled by itself', async () => {
  const { rocketChat, server, client, before } = await openListOnlyAccount()
  const room = globalId(rocketChatFixture, before)
  const events = subscribe(client, Events, { room, after: null })
  await waitUntil(() => server.hub.counts.subscribers === 1)
  expect(server.hub.liveReports).toMatchObject([{ provider: 'rocketchat', rooms: { DIGEST: 0, POLL: 1 } }])
  const reads = () => rocketChat.counts()[`GET ${HISTORY_ROUTE}`] ?? 0
  const past = reads()
  await waitUntil(() => reads() > past + 2)
  rocketChat.workspace.visitorSends(before, 'hello')
  const [received] = await events.take(1)
  expect(received?.data?.roomEvents).toMatchObject({ message: { text: 'hello' } })
})

it('stops polling without subscribers', async () => {
  const { server, stream } = await openListOnlyAccount()
  expect(server.hub.liveReports).toHaveLength(1)
  await stream.stop()
  await waitUntil(() => server.hub.liveReports.length === 0)
  expect(server.subscriptions.shared.size).toBe(0)
})
