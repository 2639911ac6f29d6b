import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'

const READ = 'query($id: ID!) { room(id: $id) { messages(last: 10) { nodes { id } } } }'
const LISTEN = `subscription($id: ID!) { roomEvents(roomId: $id) { __typename
  ... on MessageAddedEvent { message { nativeId } } } }`
const OFFLINE = `mutation($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) { __typename ... on UserError { code } } }`
/** The sender of the legitimate client's offline messages. */
export const LEGITIMATE_EMAIL = 'ada@mail.test'
/** Differs from the attackers' address, as on a real network. */
const ADDRESS = { 'x-forwarded-for': '192.0.2.1' }
const STEP_MS = 250
/** One offline message in this many steps: 15 per minute, within the burst that one address may send. */
const OFFLINE_STEPS = 16
/** The last events of a measurement may arrive this much later. */
const SETTLE_MS = 5_000

/** The legitimate client, and how messages are written in its room. */
export interface LegitimateClient {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  readonly roomId: string
  readonly visitorToken: string
  /** Writes a message into the room at the provider; returns its native id. */
  readonly writeMessage: () => string
}

/** Latencies of the legitimate client in milliseconds; Infinity for requests that got no response. */
export interface ClientMeasurements {
  readonly healthMs: readonly number[]
  readonly readMs: readonly number[]
  readonly eventMs: readonly number[]
  readonly offline: { readonly sent: number; readonly accepted: number }
}

/** Requests `/health`, reads, receives events and sends offline messages repeatedly until `until` resolves. */
export async function runLegitimateClient(
  client: LegitimateClient,
  until: Promise<unknown>,
): Promise<ClientMeasurements> {
  let isOver = false
  void until.finally(() => {
    isOver = true
  })
  const healthMs: number[] = []
  const readMs: number[] = []
  const offline = { sent: 0, accepted: 0 }
  const writtenAt = new Map<string, number>()
  const events = await listen(client, writtenAt)
  for (let step = 0; !isOver; step += 1) {
    const begun = performance.now()
    await Promise.all([
      measure(() => fetchOk(new URL('/health', client.url).href)).then((ms) => healthMs.push(ms)),
      measure(() => read(client)).then((ms) => readMs.push(ms)),
      step % OFFLINE_STEPS === 0 ? sendOfflineMessage(client, offline) : null,
    ])
    if (step % 2 === 0) writtenAt.set(client.writeMessage(), performance.now())
    await sleep(Math.max(0, STEP_MS - (performance.now() - begun)))
  }
  const end = performance.now() + SETTLE_MS
  while (events.latencies.size < writtenAt.size && performance.now() < end) await sleep(50)
  events.close()
  const eventMs = [...writtenAt.keys()].map((id) => events.latencies.get(id) ?? Number.POSITIVE_INFINITY)
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

async function sendOfflineMessage(
  client: LegitimateClient,
  counts: { sent: number; accepted: number },
): Promise<void> {
  const input = { provider: 'rocketchat', name: 'Ada', email: LEGITIMATE_EMAIL, text: 'Please call me back.' }
  counts.sent += 1
  const response = await fetch(client.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ADDRESS },
    body: JSON.stringify({ query: OFFLINE, variables: { input } }),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => null)
  const text = (await response?.text().catch(() => '')) ?? ''
  if (text.includes('SendOfflineMessagePayload')) counts.accepted += 1
}

/** Subscribes to the room and records the latency of each message from its write. */
async function listen(
  { url, roomId, visitorToken }: LegitimateClient,
  writtenAt: ReadonlyMap<string, number>,
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
    const at = writtenAt.get(id)
    if (at !== undefined) latencies.set(id, performance.now() - at)
  })
  // Messages are new only after the first poll.
  await sleep(1_500)
  return { latencies, close: () => socket.terminate() }
}
