import { type Child, startChild } from '../shared/child.ts'
import type { ConnectRequest } from './clients-process.ts'
import type { BareCommands } from './plain-ws-process.ts'
import { type BenchSetup, Clients, median, type Row, startBench, waitForSubscribers } from './setup.ts'
import type { StockCommands } from './stock-process.ts'

const ROUNDS = 7
const EVENTS = 3
const TEXT = 'Your parcel has left the depot and arrives tomorrow before noon.'
const GROUP = 'ours'

/** How clients subscribe, and how many messages a poll finds. */
interface Load extends Pick<ConnectRequest, 'operationId' | 'pingMs'> {
  readonly what: string
  readonly messages: number
}

/** A server whose cost is measured, with its connected clients. */
interface Measured {
  readonly group: string
  /** Messages that each client receives for one `publish`. */
  readonly messages: number
  readonly usedMicros: () => Promise<number>
  readonly publish: () => Promise<unknown>
}

const LOADS: readonly Load[] = [
  { what: 'each with its own operation id', messages: 1 },
  { what: 'all with the operation id “1”', messages: 1, operationId: '1' },
  { what: 'each of which sends a ping message every 10 seconds', messages: 1, pingMs: 10_000 },
  { what: '10 messages a poll', messages: 10 },
]

/** CPU time of the server per message that a subscriber receives: against a bare broadcast, and the stock server. */
export async function measureCpu(subscribers: number): Promise<readonly Row[]> {
  const clients = new Clients()
  const bench = await startBench(1, 'visitor')
  const bare = startChild<BareCommands>('live/plain-ws-process.ts', 'server')
  const stock = startChild<StockCommands>('live/stock-process.ts', 'server')
  try {
    const url = await bare.call('url')
    await clients.connect({ group: 'bare', url, count: subscribers, initPayload: {} })
    const rows: Row[] = []
    for (const load of LOADS) rows.push(await measureAgainstBare(load, subscribers, { clients, bench, bare }))
    rows.push(await measureAgainstStock(subscribers, { clients, bench, stock }))
    return rows
  } finally {
    clients.stop()
    bench.stop()
    bare.stop()
    stock.stop()
  }
}

/** CPU time of the gateway per message that a subscriber receives: with push against polls; and push subscriptions. */
export async function measurePushCpu(subscribers: number): Promise<readonly Row[]> {
  const clients = new Clients()
  const pushed = await startBench(1, 'visitor', 'push')
  const polled = await startBench(1, 'visitor')
  try {
    await clients.subscribe('pushed', pushed, subscribers)
    await clients.subscribe('polled', polled, subscribers)
    await waitForSubscribers(pushed.gateway, subscribers)
    await waitForSubscribers(polled.gateway, subscribers)
    const ours = { ...gatewayOf(pushed, 1), group: 'pushed' }
    const other = { ...gatewayOf(polled, 1), group: 'polled' }
    const [mine, byPolls] = await alternate(
      async () => (await cost(clients, ours, subscribers)).micros,
      async () => (await cost(clients, other, subscribers)).micros,
    )
    const subscriptions = await pushed.provider.call('pushSubscriptions')
    if (subscriptions !== 1) throw new Error(`${subscriptions} push subscriptions for one room`)
    return [
      {
        what: `push subscriptions at the provider, ${subscribers} subscribers of one room`,
        measured: String(subscriptions),
        ratio: subscriptions,
        target: 1,
      },
      {
        what: `CPU µs per delivered event, ${subscribers} subscribers of one room, by push against polls`,
        measured: `${mine.toFixed(1)} against ${byPolls.toFixed(1)}`,
        ratio: mine / byPolls,
        target: 1,
      },
    ]
  } finally {
    clients.stop()
    pushed.stop()
    polled.stop()
  }
}

async function measureAgainstBare(
  load: Load,
  subscribers: number,
  { clients, bench, bare }: { clients: Clients; bench: BenchSetup; bare: Child<BareCommands> },
): Promise<Row> {
  const { what, messages, ...options } = load
  await clients.subscribe(GROUP, bench, subscribers, options)
  await waitForSubscribers(bench.gateway, subscribers)
  const ours = gatewayOf(bench, messages)
  let text = ''
  const broadcast: Measured = {
    group: 'bare',
    messages,
    usedMicros: () => bare.call('usedMicros'),
    publish: () => bare.call('broadcast', { text, times: messages }),
  }
  const [mine, other] = await alternate(
    async () => {
      const { micros, sample } = await cost(clients, ours, subscribers)
      text = sample
      return micros
    },
    async () => (await cost(clients, broadcast, subscribers)).micros,
  )
  await clients.close(GROUP)
  await waitForSubscribers(bench.gateway, 0)
  return {
    what: `CPU µs per delivered event, ${subscribers} subscribers of one room, ${what}, against a bare \`ws\` broadcast`,
    measured: `${mine.toFixed(1)} against ${other.toFixed(1)}`,
    ratio: mine / other,
    target: 1.4,
  }
}

async function measureAgainstStock(
  subscribers: number,
  { clients, bench, stock }: { clients: Clients; bench: BenchSetup; stock: Child<StockCommands> },
): Promise<Row> {
  await clients.subscribe(GROUP, bench, subscribers)
  await waitForSubscribers(bench.gateway, subscribers)
  await clients.subscribe('stock', { ...bench, url: await stock.call('url') }, subscribers)
  await waitForSubscribers(stock, subscribers)
  const ours = gatewayOf(bench, 1)
  const theirs: Measured = {
    group: 'stock',
    messages: 1,
    usedMicros: () => stock.call('usedMicros'),
    publish: () => stock.call('writeMessage', TEXT),
  }
  const [mine, other] = await alternate(
    async () => (await cost(clients, ours, subscribers)).micros,
    async () => (await cost(clients, theirs, subscribers)).micros,
  )
  return {
    what: `CPU µs per delivered event, ${subscribers} subscribers of one room, against stock yoga + graphql-ws + createPubSub`,
    measured: `${mine.toFixed(1)} against ${other.toFixed(1)}`,
    ratio: mine / other,
    target: 0.2,
  }
}

function gatewayOf({ gateway, provider }: BenchSetup, messages: number): Measured {
  const write = () => provider.call('writeMessage', { room: 0, text: TEXT })
  return {
    group: GROUP,
    messages,
    usedMicros: () => gateway.call('usedMicros'),
    publish: () => Promise.all(Array.from({ length: messages }, write)),
  }
}

/** Medians of two measurements that take turns; the first of each is not warm yet. */
async function alternate(
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<readonly [number, number]> {
  const rounds: (readonly [number, number])[] = []
  for (let round = 0; round <= ROUNDS; round += 1) rounds.push([await one(), await other()])
  const warm = rounds.slice(1)
  return [median(warm.map(([first]) => first)), median(warm.map(([, second]) => second))]
}

/** Microseconds per delivered message, and the text of one. */
async function cost(
  clients: Clients,
  { group, messages, usedMicros, publish }: Measured,
  subscribers: number,
): Promise<{ readonly micros: number; readonly sample: string }> {
  let sample = ''
  const before = await usedMicros()
  for (let event = 0; event < EVENTS; event += 1)
    sample = (await clients.receive(group, subscribers, messages, publish)).sample
  const micros = (await usedMicros()) - before
  return { micros: micros / (EVENTS * subscribers * messages), sample }
}
