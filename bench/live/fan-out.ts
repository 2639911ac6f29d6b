import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from '../shared/child.ts'
import type { BareCommands } from './plain-ws-process.ts'
import {
  type BenchSetup,
  Clients,
  median,
  POLL_MS,
  type Row,
  startBench,
  total,
  waitForSubscribers,
} from './setup.ts'

const WINDOW_MS = 10_000
const BROADCASTS = 9

/** One room with one or many subscribers: upstream calls, time until the last socket, memory. */
export async function measureFanOut(subscribers: number): Promise<readonly Row[]> {
  const clients = new Clients()
  const bench = await startBench(1, 'visitor')
  const bare = startChild<BareCommands>('live/plain-ws-process.ts', 'server')
  try {
    await clients.subscribe('one', bench, 1)
    await waitForSubscribers(bench.gateway, 1)
    const forOne = await callsPerMinute(bench)
    const empty = { gateway: await bench.gateway.call('heldBytes'), bare: await bare.call('heldBytes') }

    await clients.subscribe('many', bench, subscribers)
    await waitForSubscribers(bench.gateway, subscribers + 1)
    const url = await bare.call('url')
    await clients.connect({ group: 'bare', url, count: subscribers, initPayload: {} })
    const full = { gateway: await bench.gateway.call('heldBytes'), bare: await bare.call('heldBytes') }
    const forMany = await callsPerMinute(bench)
    return [
      {
        what: `upstream calls per minute, 1 -> ${subscribers} subscribers of one room`,
        measured: `${forOne} -> ${forMany}`,
        ratio: forMany / forOne,
        // Polls have jitter, and a window has edges.
        target: 1.1,
      },
      await measureTimes(bench, bare, clients, subscribers),
      memoryRow((full.gateway - empty.gateway) / subscribers, (full.bare - empty.bare) / subscribers),
    ]
  } finally {
    clients.stop()
    bench.stop()
    bare.stop()
  }
}

/** Counts upstream calls while a message is sent every second, so that the room stays active. */
async function callsPerMinute({ provider }: BenchSetup): Promise<number> {
  const write = () => provider.call('writeMessage', { room: 0, text: 'It is on its way.' })
  await write()
  await sleep(2 * POLL_MS)
  const before = total(await provider.call('counts'))
  for (let passed = 0; passed < WINDOW_MS; passed += 1_000) {
    await write()
    await sleep(1_000)
  }
  return ((total(await provider.call('counts')) - before) * 60_000) / WINDOW_MS
}

async function measureTimes(
  { provider, gateway }: BenchSetup,
  bare: Child<BareCommands>,
  clients: Clients,
  subscribers: number,
): Promise<Row> {
  const times: { ours: number; bare: number }[] = []
  for (let round = 0; round <= BROADCASTS; round += 1) {
    const delivered = await clients.receive('many', subscribers, 1, () =>
      provider.call('writeMessage', {
        room: 0,
        text: `Parcel ${round} has left the depot and arrives tomorrow.`,
      }),
    )
    const answered = await gateway.call('answeredBefore', delivered.first)
    let began = 0
    const broadcast = await clients.receive('bare', subscribers, 1, async () => {
      began = await bare.call('broadcast', { text: delivered.sample, times: 1 })
    })
    // The first round warms both up.
    if (round > 0)
      times.push({ ours: (delivered.last - answered) / 1e6, bare: (broadcast.last - began) / 1e6 })
  }
  const [ours, plain] = [median(times.map((time) => time.ours)), median(times.map((time) => time.bare))]
  return {
    what: `milliseconds from the poll’s answer to the last of ${subscribers} sockets, against a bare \`ws\` broadcast`,
    measured: `${ours.toFixed(0)} against ${plain.toFixed(0)}`,
    ratio: ours / plain,
    target: 1.3,
  }
}

function memoryRow(ours: number, bare: number): Row {
  const kib = (bytes: number) => (bytes / 1024).toFixed(1)
  return {
    what: 'KiB per idle subscription beyond a bare `ws` connection',
    measured: `${kib(ours)} - ${kib(bare)}`,
    ratio: (ours - bare) / 1024,
    target: 5,
  }
}
