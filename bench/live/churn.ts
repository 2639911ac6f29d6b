import { setTimeout as sleep } from 'node:timers/promises'
import { Clients, type Row, startBench, waitForSubscribers } from './setup.ts'

const SOCKETS = 100

/** Memory and objects that remain after subscribers have left, while one stays. */
export async function measureChurn(times: number): Promise<readonly Row[]> {
  const clients = new Clients()
  const bench = await startBench(1, 'visitor')
  const { gateway, url, initPayload } = bench
  try {
    await clients.subscribe('stays', bench, 1)
    await waitForSubscribers(gateway, 1)
    await clients.connect({ group: 'churn', url, count: SOCKETS, initPayload })
    const churn = async (count: number) => {
      await clients.churn('churn', bench, count)
      await sleep(1_000)
      await waitForSubscribers(gateway, 1)
    }
    // Compiled code and caches that are filled once are no leak.
    await churn(times / 5)
    const before = { bytes: await gateway.call('heldBytes'), objects: await gateway.call('objects') }
    await churn(times)
    const after = { bytes: await gateway.call('heldBytes'), objects: await gateway.call('objects') }
    const mib = (bytes: number) => (bytes / 1024 ** 2).toFixed(1)
    return [
      {
        what: `MiB held before and after ${times} times subscribe and unsubscribe`,
        measured: `${mib(before.bytes)} -> ${mib(after.bytes)}`,
        ratio: after.bytes / before.bytes,
        target: 1.05,
      },
      {
        what: `objects of subscribers and sockets in the heap, before and after`,
        measured: `${before.objects} -> ${after.objects}`,
        ratio: after.objects / before.objects,
        target: 1,
      },
    ]
  } finally {
    clients.stop()
    bench.stop()
  }
}
