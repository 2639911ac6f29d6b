import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'

const READ = 'query($id: ID!) { room(id: $id) { messages(last: 10) { nodes { id } } } }'
const LISTEN = `subscription($id: ID!) { roomEvents(roomId: $id) { __typename
  ... on MessageAddedEvent { message { nativeId } } } }`
const OFFLINE = `mutation($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) { __typename ... on UserError { code } } }`
/** The sender of the honest client's offline messages. */
export const LEGITIMATE_EMAIL = 'ada@mail.test'
/** The attackers come from another address, as on a real network. */
const ADDRESS = { 'x-forwarded-for': '192.0.2.1' }
const STEP_MS = 250
/** An offline message in so many steps: 15 a minute, which an honest address may send. */
const OFFLINE_STEPS = 16
/** The last events of a measurement may arrive this much later. */
const SETTLE_MS = 5_000

/** Who the honest client is, and how something happens in its room. */
export interface LegitimateClient {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  readonly roomId: string
  readonly visitorToken: string
  /** Writes a message into the room at the provider; answers its native id. */
  readonly writeMessage: () => string
}

/** What the honest client experienced. Latencies in milliseconds, Infinity for what was never answered. */
export interface ClientMeasurements {
  readonly healthMs: readonly number[]
  readonly readMs: readonly number[]
  readonly eventMs: readonly number[]
  readonly offline: { readonly sent: number; readonly accepted: number }
}

/** Asks for `/health`, reads, subscribes and leaves an offline message again and again until `until` resolves. */
export async function runLegitimateClient(
  honest: LegitimateClient,
  until: Promise<unknown>,
): Promise<ClientMeasurements> {
  let isOver = false
  void until.finally(() => {
    isOver = true
  })
  const healthMs: number[] = []
  const readMs: number[] = []
  const offline = { sent: 0, accepted: 0 }
  const happenedAt = new Map<string, number>()
  const events = await listen(honest, happenedAt)
  for (let step = 0; !isOver; step += 1) {
    const begun = performance.now()
    await Promise.all([
      measure(() => fetchOk(new URL('/health', honest.url).href)).then((ms) => healthMs.push(ms)),
      measure(() => read(honest)).then((ms) => readMs.push(ms)),
      step % OFFLINE_STEPS === 0 ? leaveOffline(honest, offline) : null,
    ])
    if (step % 2 === 0) happenedAt.set(honest.writeMessage(), performance.now())
    await sleep(Math.max(0, STEP_MS - (performance.now() - begun)))
  }
  const end = performance.now() + SETTLE_MS
  while (events.latencies.size < happenedAt.size && performance.now() < end) await sleep(50)
  events.close()
  const eventMs = [...happenedAt.keys()].map((id) => events.latencies.get(id) ?? Number.POSITIVE_INFINITY)
  return { healthMs, readMs, eventMs, offline }
}

async function measure(work: () => Promise<boolean>): Promise<number> {
  const begun = performance.now()
  const isOk = await work().catch(() => false)
  return isOk ? performance.now() - begun : Number.POSITIVE_INFINITY
}

async function fetchOk(url: string, init: RequestInit = {}): Promise<boolean> {
  return (await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) })).ok
}

async function read({ url, roomId, visitorToken }: LegitimateClient): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-visitor-token': visitorToken, ...ADDRESS },
    body: JSON.stringify({ query: READ, variables: { id: roomId } }),
    signal: AbortSignal.timeout(30_000),
  })
  return response.ok && (await response.text()).includes('"nodes":[')
}

async function leaveOffline(
  honest: LegitimateClient,
  counts: { sent: number; accepted: number },
): Promise<void> {
  const input = { provider: 'rocketchat', name: 'Ada', email: LEGITIMATE_EMAIL, text: 'Please call me back.' }
  counts.sent += 1
  const response = await fetch(honest.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ADDRESS },
    body: JSON.stringify({ query: OFFLINE, variables: { input } }),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => null)
  const text = (await response?.text().catch(() => '')) ?? ''
  if (text.includes('SendOfflineMessagePayload')) counts.accepted += 1
}

/** Subscribes to the room; notes how long each message took from its writing. */
async function listen(
  { url, roomId, visitorToken }: LegitimateClient,
  happenedAt: ReadonlyMap<string, number>,
) {
  const latencies = new Map<string, number>()
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers: ADDRESS })
  socket.on('error', () => {})
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { visitorToken } })))
  socket.on('message', (data) => {
    const text = String(data)
    if (text.includes('"connection_ack"')) {
      const payload = { query: LISTEN, variables: { id: roomId } }
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
    }
    const id = /"nativeId":"([^"]+)"/.exec(text)?.[1] ?? ''
    const at = happenedAt.get(id)
    if (at !== undefined) latencies.set(id, performance.now() - at)
  })
  // A first poll decides what is new.
  await sleep(1_500)
  return { latencies, close: () => socket.terminate() }
}
