import { setTimeout as sleep } from 'node:timers/promises'
import { DOCUMENT } from './document.ts'
import { Clients, POLL_MS, type Row, startBench, total, waitForSubscribers } from './setup.ts'

const ROOMS = 500
const ACTIVE = 5
const WINDOW_MS = 15_000
/** Rooms are polled once or twice individually before the account poller serves them. */
const MAX_WARMUP_MS = 40_000
/** The route that lists rooms: the account poller calls it once per interval. */
const ACCOUNT_POLL = /livechat\/rooms$/

/**
 * Upstream calls for many rooms of which few are active, with a service account, against those for the active rooms alone
 * plus one account poll per interval.
 */
export async function measureAccountPoller(): Promise<Row> {
  const all = await callsOf(ROOMS)
  const alone = await callsOf(ACTIVE)
  const reads = alone.calls - alone.accountPolls
  const intervals = WINDOW_MS / POLL_MS
  const perMinute = (calls: number) => Math.round((calls * 60_000) / WINDOW_MS)
  return {
    what: `upstream calls per minute, ${ROOMS} subscribed rooms of which ${ACTIVE} are active, against those alone and one account poll per interval`,
    measured: `${perMinute(all.calls)} against ${perMinute(reads)} + ${perMinute(intervals)}`,
    ratio: all.calls / (reads + intervals),
    target: 1.2,
  }
}

/** Counts calls while each active room receives a message every second. */
async function callsOf(rooms: number): Promise<{ readonly calls: number; readonly accountPolls: number }> {
  const clients = new Clients()
  const bench = await startBench(rooms, 'operator')
  const { provider, gateway, url, initPayload } = bench
  try {
    const variables = bench.rooms.map((room) => ({ room }))
    await clients.connect({ group: 'rooms', url, count: 1, initPayload, query: DOCUMENT, variables })
    await waitForSubscribers(gateway, rooms)
    const writeMessages = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 1_000) {
        for (let room = 0; room < ACTIVE; room += 1)
          await provider.call('writeMessage', { room, text: 'Hello again.' })
        await sleep(1_000)
      }
    }
    const deadline = Date.now() + MAX_WARMUP_MS
    const served = async () => (await gateway.call('roomsBySource'))['DIGEST'] ?? 0
    while ((await served()) < rooms && Date.now() < deadline) await writeMessages(1_000)
    const before = await provider.call('counts')
    await writeMessages(WINDOW_MS)
    const after = await provider.call('counts')
    return { calls: total(after) - total(before), accountPolls: accountPolls(after) - accountPolls(before) }
  } finally {
    clients.stop()
    bench.stop()
  }
}

function accountPolls(counts: Readonly<Record<string, number>>): number {
  return total(Object.fromEntries(Object.entries(counts).filter(([route]) => ACCOUNT_POLL.test(route))))
}
