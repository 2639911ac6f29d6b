import { expect, it, onTestFinished } from 'vitest'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { openEventStream } from '../support/event-stream.ts'
import { fetchData, waitUntil } from '../support/graphql-client.ts'
import { holdResponses } from '../support/hold-responses.ts'
import { endpointUrl, request } from '../support/http.ts'
import { connectAs } from '../support/raw-socket.ts'
import { asAnonymous, asVisitor } from '../support/test-gateway.ts'
import { EventsAfter, PageEnd, Start } from './documents.ts'
import { startProcess } from './gateway-process.ts'

const SOCKETS = 60
const STREAMS = 20
const VISITOR_TOKEN = 'visitor-token-of-vera'

/** How the connection of a client ended. */
type Ending = { readonly code: number } | { readonly retryMs: number | null }

/** A client that follows a room over one connection. */
interface Follower {
  readonly texts: readonly string[]
  /** The cursor of the last event. */
  cursor(): string
  readonly ended: Promise<Ending>
}

interface Payload {
  readonly data: {
    readonly roomEvents: { readonly cursor: string; readonly message?: { readonly text: string } }
  }
}

function createRecord(after: string) {
  const texts: string[] = []
  let cursor = after
  const add = (payload: unknown): void => {
    const { roomEvents } = (payload as Payload).data
    cursor = roomEvents.cursor
    if (roomEvents.message) texts.push(roomEvents.message.text)
  }
  return { texts, cursor: () => cursor, add }
}

async function followOverSocket(url: string, id: string, after: string): Promise<Follower> {
  const { texts, cursor, add } = createRecord(after)
  const socket = await connectAs(url, { visitorToken: VISITOR_TOKEN })
  socket.subscribe('1', { query: EventsAfter.toString(), variables: { id, after } })
  const read = async (): Promise<never> => {
    for (;;) add((await socket.next()).payload)
  }
  return { texts, cursor, ended: read().catch(() => socket.closed) }
}

async function followOverStream(url: string, id: string, after: string): Promise<Follower> {
  const { texts, cursor, add } = createRecord(after)
  const query = EventsAfter.toString()
  const headers = { ...asVisitor(VISITOR_TOKEN), 'last-event-id': after }
  const stream = await openEventStream(url, { query, variables: { id } }, headers)
  const read = async (): Promise<never> => {
    for (;;) add((await stream.next()).data)
  }
  return { texts, cursor, ended: read().catch(() => stream.end()) }
}

/** Two gateways that share nothing but the provider, a visitor with a room there, and the cursor of the room's end. */
async function openReplicas(settings: Readonly<Record<string, string>>) {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => rocketChat.close())
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  rocketChat.workspace.createVisitor({ token: VISITOR_TOKEN })
  const { _id: roomId } = rocketChat.workspace.openRoom({ token: VISITOR_TOKEN })
  const [leaving, staying] = [0, 1].map(() => {
    const gateway = startProcess({
      PORT: '0',
      ROCKETCHAT_URL: rocketChat.url,
      POLL_INTERVAL_MS: '20',
      ...settings,
    })
    onTestFinished(gateway.dispose)
    return gateway
  })
  if (!leaving || !staying) throw new Error('not started')
  const id = encodeId({ type: 'Room', provider: 'rocketchat', roomId })
  const { room } = await fetchData(await leaving.url, PageEnd, { id }, asVisitor(VISITOR_TOKEN))
  return {
    rocketChat,
    leaving,
    url: await leaving.url,
    otherUrl: await staying.url,
    id,
    end: room?.messages.pageInfo.endCursor ?? '',
    say: (text: string) => void rocketChat.workspace.visitorSends(roomId, text),
  }
}

const readiness = async (url: string) => (await request(endpointUrl(url, '/ready'))).status

it('a replica that stops is not ready first, then closes its clients one after another, and they resume elsewhere', async () => {
  const settings = { DRAIN_SECONDS: '8', UPSTREAM_TIMEOUT_MS: '60000' }
  const { rocketChat, leaving, url, otherUrl, id, end, say } = await openReplicas(settings)
  const followers = await Promise.all([
    ...Array.from({ length: SOCKETS }, () => followOverSocket(url, id, end)),
    ...Array.from({ length: STREAMS }, () => followOverStream(url, id, end)),
  ])
  const endings: Ending[] = []
  for (const { ended } of followers) void ended.then((ending) => endings.push(ending))
  const idle = await connectAs(url, { visitorToken: VISITOR_TOKEN })
  const haveAll = (text: string) => waitUntil(() => followers.every(({ texts }) => texts.includes(text)))
  say('before')
  await haveAll('before')

  const release = holdResponses(rocketChat, { route: '/api/v1/livechat/visitor', times: 1 })
  const input = { provider: 'rocketchat', name: 'Cy', text: 'in flight' }
  const inFlight = fetchData(url, Start, { input }, asAnonymous)
  await waitUntil(() => (rocketChat.counts()['POST /api/v1/livechat/visitor'] ?? 0) > 0)

  leaving.signal('SIGTERM')
  await waitUntil(async () => (await readiness(url)) === 503)
  // Everything works still: open sockets, and new ones of clients whose load balancer has not noticed yet.
  idle.subscribe('1', { query: '{ viewer { role } }' })
  expect(await idle.next()).toMatchObject({
    type: 'next',
    payload: { data: { viewer: { role: 'VISITOR' } } },
  })
  const late = await followOverSocket(url, id, end)
  say('announced')
  await haveAll('announced')
  expect(endings).toEqual([])

  await waitUntil(() => endings.length > 0)
  say('closing')
  await expect(request(endpointUrl(url, '/ready'))).rejects.toThrow()
  await expect(connectAs(url)).rejects.toThrow('ECONNREFUSED')
  const ended = await Promise.all(followers.map((follower) => follower.ended))
  release()
  // The first was closed before that message, and others after it.
  const reached = followers.filter(({ texts }) => texts.includes('closing')).length
  expect(reached).toBeGreaterThan(0)
  expect(reached).toBeLessThan(followers.length)
  const codes = ended.flatMap((ending) => ('code' in ending ? [ending.code] : []))
  expect(codes).toEqual(Array(SOCKETS).fill(1001))
  const pauses = ended.flatMap((ending) => ('retryMs' in ending ? [ending.retryMs] : []))
  expect(pauses).toEqual(Array(STREAMS).fill(expect.any(Number)))
  expect(new Set(pauses).size).toBeGreaterThan(1)
  expect(await late.ended).toMatchObject({ code: 1001 })
  expect(await idle.closed).toMatchObject({ code: 1001 })

  say('after')
  const resumed = await Promise.all(
    followers.map((follower, index) =>
      index < SOCKETS
        ? followOverSocket(otherUrl, id, follower.cursor())
        : followOverStream(otherUrl, id, follower.cursor()),
    ),
  )
  say('last')
  await waitUntil(() => resumed.every(({ texts }) => texts.includes('last')))
  const received = followers.map(({ texts }, index) => [...texts, ...(resumed[index]?.texts ?? [])])
  const everything = ['before', 'announced', 'closing', 'after', 'last']
  expect(received).toEqual(followers.map(() => everything))

  expect(await inFlight).toMatchObject({ startRoom: { __typename: 'StartRoomPayload' } })
  expect((await leaving.ended).code).toBe(0)
})

it('a second signal, of either kind, ends the process at once', async () => {
  const { leaving, url } = await openReplicas({ DRAIN_SECONDS: '600' })
  leaving.signal('SIGTERM')
  await waitUntil(async () => (await readiness(url)) === 503)
  leaving.signal('SIGINT')
  expect((await leaving.ended).code).toBeNull()
})
