import { expect, it, onTestFinished } from 'vitest'
import type { OfflineMessage } from '../../src/domain/model.ts'
import { OfflineMessageFeed } from '../../src/offline/offline-message-feed.ts'
import { openOperatorSockets } from '../live/delivery/dashboards.ts'
import { nextPayloads } from '../server/shared-subscriptions/subscribers.ts'
import { openTransportServer } from '../server/shared-subscriptions/transport-server.ts'
import { silentLog } from '../support/log.ts'

const HOUR_MS = 3_600_000
const query = 'subscription { offlineMessageAdded { text department { name } } }'

const message = (text: string): OfflineMessage => ({
  type: 'OfflineMessage',
  provider: 'rocketchat',
  key: text,
  nativeId: null,
  name: 'Ada',
  email: 'ada@mail.test',
  text,
  rawText: text,
  departmentId: 'sales',
  receivedAt: new Date(),
  receivedOn: null,
  delivery: { state: 'QUEUED', attempts: 0, lastError: null, nextAttemptAt: null },
})

it('dashboards with the same subscription resolve each offline message once', async () => {
  const listeners = new Set<(accepted: OfflineMessage) => void>()
  const offlineMessageFeed = new OfflineMessageFeed({
    adapters: [],
    list: { acceptedSince: async () => [], findCopiesOf: async () => [] },
    outbox: {
      onAccepted(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    providerIntervalMs: HOUR_MS,
    storeIntervalMs: HOUR_MS,
    log: silentLog,
  })
  onTestFinished(() => offlineMessageFeed.close())
  const lookups: (readonly string[])[] = []
  const server = await openTransportServer({
    offlineMessageFeed,
    adapter: {
      getDepartments: async (ids) => {
        lookups.push(ids)
        return ids.map((nativeId) => ({
          type: 'Department',
          provider: 'rocketchat',
          nativeId,
          name: 'Sales',
          online: null,
        }))
      },
    },
  })
  const sockets = await openOperatorSockets(server.url, 10, query)
  expect(offlineMessageFeed.counts.subscribers).toBe(10)
  expect(server.subscriptions.shared.size).toBe(1)
  for (const text of ['one', 'two']) for (const listener of listeners) listener(message(text))
  const payload = (text: string) => ({
    data: { offlineMessageAdded: { text, department: { name: 'Sales' } } },
  })
  for (const socket of sockets)
    expect(await nextPayloads(socket, 2)).toEqual([payload('one'), payload('two')])
  expect(lookups).toEqual([['sales'], ['sales']])
  for (const { socket } of sockets) socket.terminate()
})
