import { setTimeout as sleep } from 'node:timers/promises'
import { Clients, type Row, startBench, waitForSubscribers } from './setup.ts'

const SOCKETS = 100

/** What subscribers leave behind when they have left, beside one who stays. */
export async function measureChurn(times: number): Promise<readonly Row[]> {
  const clients = new Clients()
  const stage = await startBench(1, 'visitor')
  const { gateway, url, introduction } = stage
  try {
    await clients.subscribe('stays', stage, 1)
    await waitForSubscribers(gateway, 1)
    await clients.connect({ group: 'churn', url, count: SOCKETS, introduction })
    const churn = async (count: number) => {
      await clients.churn('churn', stage, count)
      await sleep(1_000)
      await waitForSubscribers(gateway, 1)
    }
    // What is compiled and cached once is no leak.
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
    stage.stop()
  }
}
