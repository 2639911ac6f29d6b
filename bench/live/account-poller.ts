import { setTimeout as sleep } from 'node:timers/promises'
import { DOCUMENT } from './document.ts'
import { Clients, POLL_MS, type Row, startBench, total, waitForSubscribers } from './setup.ts'

const ROOMS = 500
const ACTIVE = 5
const WINDOW_MS = 15_000
/** Rooms are read once or twice by themselves before the digest serves them. */
const LONGEST_SETTLING_MS = 40_000
/** The route that lists rooms: one call of it is a tick of the digest. */
const DIGEST = /livechat\/rooms$/

/** Many rooms of which few are active, with a service account, against the active ones alone and one digest a tick. */
export async function measureAccountPoller(): Promise<Row> {
  const all = await callsOf(ROOMS)
  const alone = await callsOf(ACTIVE)
  const reads = alone.calls - alone.digests
  const ticks = WINDOW_MS / POLL_MS
  const perMinute = (calls: number) => Math.round((calls * 60_000) / WINDOW_MS)
  return {
    what: `upstream calls per minute, ${ROOMS} subscribed rooms of which ${ACTIVE} are active, against those alone and one account poll per interval`,
    measured: `${perMinute(all.calls)} against ${perMinute(reads)} + ${perMinute(ticks)}`,
    ratio: all.calls / (reads + ticks),
    target: 1.2,
  }
}

/** Calls while something is said in each of the active rooms every second. */
async function callsOf(rooms: number): Promise<{ readonly calls: number; readonly digests: number }> {
  const clients = new Clients()
  const stage = await startBench(rooms, 'operator')
  const { provider, gateway, url, introduction } = stage
  try {
    const variables = stage.rooms.map((room) => ({ room }))
    await clients.connect({ group: 'rooms', url, count: 1, introduction, query: DOCUMENT, variables })
    await waitForSubscribers(gateway, rooms)
    const talk = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 1_000) {
        for (let room = 0; room < ACTIVE; room += 1)
          await provider.call('say', { room, text: 'Hello again.' })
        await sleep(1_000)
      }
    }
    const latest = Date.now() + LONGEST_SETTLING_MS
    while ((await gateway.call('servedByDigest')) < rooms && Date.now() < latest) await talk(1_000)
    const before = await provider.call('counts')
    await talk(WINDOW_MS)
    const after = await provider.call('counts')
    return { calls: total(after) - total(before), digests: digests(after) - digests(before) }
  } finally {
    clients.stop()
    stage.stop()
  }
}

function digests(counts: Readonly<Record<string, number>>): number {
  return total(Object.fromEntries(Object.entries(counts).filter(([route]) => DIGEST.test(route))))
}
