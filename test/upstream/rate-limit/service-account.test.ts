import { expect, it } from 'vitest'
import {
  type BothProviders,
  globalId,
  HISTORY_ROUTE,
  openBothProviders,
  ROOM_LIST_ROUTE,
  rocketChatFixture,
} from '../../live/both-providers.ts'
import { fetchData, openSocketClient, sendOperation, waitUntil } from '../../support/graphql-client.ts'
import { asOperator, asVisitor, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Added, Live, Send } from './documents.ts'

const SENDS = ['/api/v1/chat.sendMessage', '/api/v1/livechat/message']
const ROOMS = 500
const WRITERS = 3
/** Ten requests a minute would take an hour: room polls have two hundred a second, the account poller thirty. */
const limits = {
  [`GET ${HISTORY_ROUTE}`]: { calls: 200, windowMs: 1_000 },
  [`GET ${ROOM_LIST_ROUTE}`]: { calls: 30, windowMs: 1_000 },
}

it('five hundred rooms of a service account at a rate-limited Rocket.Chat: no rate-limit response, all events delivered, interactive requests first', async () => {
  const config = {
    pollIntervalMs: 20,
    // Rooms are polled only after activity.
    pollIdleIntervalMs: 60_000,
    upstreamTimeoutMs: 120_000,
    maxSubscriptionsPerSocket: ROOMS,
  }
  const bothProviders = await openBothProviders({ config, rocketChat: { limits } })
  const { rocketChat } = bothProviders
  const rooms = Array.from({ length: ROOMS }, () => rocketChatFixture.openRoom(bothProviders))
  const heard = subscribeToAll(bothProviders, rooms)
  await waitUntil(() => bothProviders.gateway.liveCounts().subscribers === ROOMS)
  await waitUntil(
    async () => (await metric(bothProviders, 'live_rooms{provider="rocketchat",source="DIGEST"}')) === ROOMS,
  )
  // The one-time cost of a first operation is not measured.
  for (const token of [null, tokenOf(bothProviders, rooms, 0)])
    await send(bothProviders, rooms[0] ?? '', 'Before.', token)
  await waitUntil(() => heard.get(rooms[0] ?? '')?.length === 2)

  rocketChat.settings.API_Enable_Rate_Limiter = true
  rocketChat.clearCalls()
  const said = new Map(rooms.map((rid, room) => [rid, room === 0 ? ['Before.', 'Before.'] : []]))
  const say = (rid: string, text: string) => {
    rocketChatFixture.sendAsVisitor(bothProviders, rid, text)
    said.get(rid)?.push(text)
  }
  for (const rid of rooms) say(rid, 'Is anybody there?')
  await waitUntil(
    async () => (await metric(bothProviders, 'upstream_waiting{provider="rocketchat"}')) > ROOMS / 2,
  )

  // The queue is visible in metrics: by the quota of a window it takes more than a second.
  expect(await metric(bothProviders, 'upstream_lag_seconds{provider="rocketchat"}')).toBeGreaterThan(1)
  const { providers } = await fetchData(bothProviders.url, Live, {}, asOperator)
  const live = providers.find(({ name }) => name === 'rocketchat')?.live
  expect(live).toMatchObject({ source: 'DIGEST', lagMs: expect.any(Number) })
  expect(live?.latencyMs).toBeGreaterThan(1_000)

  const polls = () => rocketChat.calls.filter(({ route }) => route === HISTORY_ROUTE).length
  const sends = () => rocketChat.calls.filter(({ route }) => SENDS.includes(route)).length
  const passedBy: number[] = []
  for (let writer = 0; writer < WRITERS; writer += 1) {
    const rid = rooms[writer * 100] ?? ''
    for (const token of [null, tokenOf(bothProviders, rooms, writer * 100)]) {
      const [before, sent] = [polls(), sends()]
      const sending = send(bothProviders, rid, `Line ${sent}`, token)
      await waitUntil(() => sends() > sent)
      passedBy.push(polls() - before)
      expect(await sending).toBe('SendMessagePayload')
      said.get(rid)?.push(`Line ${sent}`)
    }
  }
  // Hundreds of polls are queued: behind them, as many would be sent first.
  expect(await metric(bothProviders, 'upstream_waiting{provider="rocketchat"}')).toBeGreaterThan(0)
  expect(Math.max(...passedBy)).toBeLessThan(ROOMS / 2)

  for (const rid of rooms.slice(0, 50)) say(rid, 'Still there?')
  await waitUntil(() => rooms.every((rid) => (heard.get(rid)?.length ?? 0) >= (said.get(rid)?.length ?? 0)))
  expect(heard).toEqual(said)
  expect(rocketChat.calls.filter(({ status }) => status === 429)).toEqual([])
  expect(await metric(bothProviders, 'upstream_refusals_total{provider="rocketchat",by="provider"}')).toBe(0)
  await waitUntil(async () => (await metric(bothProviders, 'upstream_waiting{provider="rocketchat"}')) === 0)
})

/** Subscribes an operator to each room; returns the texts that arrive for each room. */
function subscribeToAll({ url }: BothProviders, rooms: readonly string[]): ReadonlyMap<string, string[]> {
  const client = openSocketClient(url, { authorization: `Bearer ${OPERATOR_KEY}` })
  return new Map(
    rooms.map((rid) => {
      const texts: string[] = []
      const query = { query: Added.toString(), variables: { room: globalId(rocketChatFixture, rid) } }
      client.subscribe<{ messageAdded: { text: string } }>(query, {
        next: ({ data, errors }) => texts.push(data?.messageAdded.text ?? JSON.stringify(errors)),
        error: (error) => texts.push(String(error)),
        complete: () => texts.push('complete'),
      })
      return [rid, texts]
    }),
  )
}

/** Sends as the room's visitor, or as an operator if the token is null; returns the type of the result. */
async function send(
  { url }: BothProviders,
  rid: string,
  text: string,
  token: string | null,
): Promise<unknown> {
  const as = token === null ? asOperator : asVisitor(token)
  const { data } = await sendOperation(url, Send, { room: globalId(rocketChatFixture, rid), text }, as)
  return data?.sendMessage.__typename
}

function tokenOf(bothProviders: BothProviders, rooms: readonly string[], index: number): string {
  return rocketChatFixture.visitorTokenOf(bothProviders, rooms[index] ?? '')
}

/** The value of a metric of the gateway; 0 if absent. */
async function metric({ url }: BothProviders, name: string): Promise<number> {
  const text = await (await fetch(url.replace('/graphql', '/metrics'))).text()
  const line = text.split('\n').find((one) => one.startsWith(`switchboard_${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}
