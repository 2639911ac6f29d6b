import { expect, it } from 'vitest'
import type { RocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import type { WireCall } from '../../../sandbox/wire-server.ts'
import { openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Events } from '../account-documents.ts'
import {
  globalId,
  HISTORY_ROUTE,
  openBothProviders,
  ROOM_LIST_ROUTE,
  rocketChatFixture,
  summarize,
} from '../both-providers.ts'

const ROOMS = 500
const ACTIVE = 5
const ROUNDS = 6
const AGENTS = '/api/v1/livechat/users/agent'
const ROOM_ROUTE = '/api/v1/rooms.info'
const HOUR_MS = 3_600_000

it('only rooms with activity are read, however many are subscribed', async () => {
  // Idle polls are rare, so that the count shows what the events cost.
  const config = {
    pollIntervalMs: 20,
    pollIdleIntervalMs: 60_000,
    upstreamTimeoutMs: 120_000,
    maxSubscriptionsPerSocket: ROOMS,
  }
  let now = () => Date.now() - HOUR_MS
  const setup = await openBothProviders({ config, rocketChat: { now: () => now() } })
  const { rocketChat, gateway } = setup
  const rooms = Array.from({ length: ROOMS }, () => rocketChatFixture.openRoom(setup))
  now = Date.now
  rocketChatFixture.sendAsVisitor(setup, rocketChatFixture.openRoom(setup), 'the newest of all')
  const socket = openSocketClient(setup.url, { authorization: `Bearer ${OPERATOR_KEY}` })
  const streams = rooms.map((rid) =>
    subscribe(socket, Events, { room: globalId(rocketChatFixture, rid), after: null }),
  )
  const waiting = streams.slice(0, ACTIVE).map((stream) => stream.take(1))
  for (const stream of streams.slice(ACTIVE)) void stream.take(1).catch(() => {})
  await waitUntil(() => gateway.liveCounts().subscribers === ROOMS)
  await waitUntil(
    async () =>
      (await metric(setup.url, 'switchboard_live_rooms{provider="rocketchat",source="DIGEST"}')) === ROOMS,
  )
  await waitUntil(() => countOf(rocketChat, HISTORY_ROUTE) >= ROOMS)
  // The first poll of each room reads its state after its messages, by pages of the list.
  await waitUntilIdle(rocketChat)
  expect(countOf(rocketChat, ROOM_ROUTE)).toBeLessThan(ROOMS / 10)
  rocketChat.clearCalls()
  let pending = waiting
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const rid of rooms.slice(0, ACTIVE)) rocketChatFixture.sendAsVisitor(setup, rid, `round ${round}`)
    const received = await Promise.all(pending)
    expect(received.map(summarize)).toEqual(Array.from({ length: ACTIVE }, () => [`added round ${round}`]))
    pending = streams.slice(0, ACTIVE).map((stream) => stream.take(1))
  }
  for (const last of pending) last.catch(() => {})
  const counts = rocketChat.counts()
  const {
    [`GET ${ROOM_LIST_ROUTE}`]: digests = 0,
    [`GET ${HISTORY_ROUTE}`]: reads = 0,
    [`GET ${AGENTS}`]: names = 0,
  } = counts
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(digests + reads + names)
  // The agents of the rooms are requested at most once a minute.
  expect(names).toBeLessThanOrEqual(1)
  const read = new Set(
    rocketChat.calls.filter(({ route }) => route === HISTORY_ROUTE).map(({ path }) => path.split('/').at(-1)),
  )
  expect([...read].sort()).toEqual(rooms.slice(0, ACTIVE).sort())
  expect(digests + reads).toBeLessThanOrEqual(1.2 * (ACTIVE * ROUNDS + digests))
})

/** Resolves when during two polls of the account nothing else was sent. */
async function waitUntilIdle({ calls }: RocketChatSandbox): Promise<void> {
  const isPoll = ({ route, rawQuery }: WireCall) => route === ROOM_LIST_ROUTE && rawQuery.includes('count=25')
  for (let counted = -1; ; ) {
    const polls = calls.filter(isPoll).length
    const others = calls.length - polls
    if (others === counted) return
    counted = others
    await waitUntil(() => calls.filter(isPoll).length >= polls + 2)
  }
}

function countOf({ counts }: Pick<RocketChatSandbox, 'counts'>, route: string): number {
  return counts()[`GET ${route}`] ?? 0
}

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(url.replace('/graphql', '/metrics'))).text()
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}
