import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { destination } from 'pino'
import { WorkerLease } from '../../src/coordination/worker-lease.ts'
import { anonymousCaller } from '../../src/domain/caller.ts'
import { createLog } from '../../src/log.ts'
import { systemClock } from '../../src/offline/clock.ts'
import { DeliveryWorker } from '../../src/offline/delivery-worker.ts'
import { Outbox } from '../../src/offline/outbox.ts'
import { queueLimits } from '../../src/offline/queue-limits.ts'
import { openStore } from '../../src/store/open-store.ts'
import { createAdapterWithoutStore } from '../support/adapter-without-store.ts'
import type { AcceptMessage, ReplicaSettings } from './replica.ts'

// The gateway's store, outbox, worker and adapter behind a minimal HTTP server that starts fast, to be killed.

const settings = JSON.parse(process.argv[2] ?? '') as ReplicaSettings
const log = createLog('error', destination(2))
const dataStore = await openStore(settings, log)
const adapter = createAdapterWithoutStore({
  kind: 'ROCKET_CHAT',
  name: 'rocketchat',
  url: settings.rocketChatUrl,
})
const { spacingMs, leaseMs } = settings
const lease = new WorkerLease({ store: dataStore.leases, log, leaseMs })
await lease.start()
const store = dataStore.offline
const policy = {
  spacingMs: () => spacingMs,
  maxAttempts: 12,
  checkIntervalMs: 50,
  retentionMs: 86_400_000,
  keyRetentionMs: 86_400_000,
}
const worker = new DeliveryWorker({
  adapters: [adapter],
  store,
  lease,
  clock: systemClock,
  log,
  policy,
  onAttempt: () => {},
  tracing: null,
})
const outbox = new Outbox({
  store,
  worker,
  clock: systemClock,
  firstAttemptTimeoutMs: 1_000,
  limits: queueLimits(1_000_000),
  hashAddress: (address) => address,
  onRateLimited: () => {},
})
await worker.start()

const server = createServer((request, response) => {
  const answer = async () => {
    const { draft, key } = (await json(request)) as AcceptMessage
    const { key: id, delivery } = await outbox.send(adapter, draft, key, {
      log,
      caller: anonymousCaller,
      clientAddress: null,
    })
    response.end(JSON.stringify({ id, state: delivery.state }))
  }
  answer().catch((error: unknown) => response.writeHead(500).end(String(error)))
}).listen(0, '127.0.0.1')
await once(server, 'listening')
process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
