import { startChild } from '../shared/child.ts'
import { Clients, median, type Row, startBench, waitForSubscribers } from './setup.ts'
import type { StockCommands } from './stock-process.ts'

const ROUNDS = 7
const EVENTS = 3
const TEXT = 'Your parcel has left the depot and arrives tomorrow before noon.'

/** CPU time per delivered event, against the stock server, in alternating rounds. */
export async function measureCpu(subscribers: number): Promise<Row> {
  const clients = new Clients()
  const bench = await startBench(1, 'visitor')
  const stock = startChild<StockCommands>('live/stock-process.ts', 'server')
  try {
    await clients.subscribe('ours', bench, subscribers)
    await waitForSubscribers(bench.gateway, subscribers)
    await clients.subscribe('stock', { ...bench, url: await stock.call('url') }, subscribers)
    await waitForSubscribers(stock, subscribers)
    const ours = () => bench.gateway.call('usedMicros')
    const writeOurs = () => bench.provider.call('writeMessage', { room: 0, text: TEXT })
    const theirs = () => stock.call('usedMicros')
    const writeTheirs = () => stock.call('writeMessage', TEXT)
    const used: { ours: number; stock: number }[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const one = await cost(clients, 'ours', subscribers, ours, writeOurs)
      const other = await cost(clients, 'stock', subscribers, theirs, writeTheirs)
      // The first round warms both up.
      if (round > 0) used.push({ ours: one, stock: other })
    }
    const [mine, other] = [median(used.map((one) => one.ours)), median(used.map((one) => one.stock))]
    return {
      what: `CPU µs per delivered event, ${subscribers} subscribers of one room, against stock yoga + graphql-ws + createPubSub`,
      measured: `${mine.toFixed(1)} against ${other.toFixed(1)}`,
      ratio: mine / other,
      target: 0.2,
    }
  } finally {
    clients.stop()
    bench.stop()
    stock.stop()
  }
}

async function cost(
  clients: Clients,
  group: string,
  subscribers: number,
  usedMicros: () => Promise<number>,
  write: () => Promise<unknown>,
): Promise<number> {
  const before = await usedMicros()
  for (let event = 0; event < EVENTS; event += 1) await clients.receive(group, subscribers, 1, write)
  return ((await usedMicros()) - before) / (EVENTS * subscribers)
}
