import { describe, expect, it } from 'vitest'
import { LeaveOffline, Page } from '../simulation/clients/documents.ts'
import { sendOperation } from '../support/graphql-client.ts'
import {
  hasPostgres,
  resumePostgres,
  startPostgres,
  stopPostgres,
  suspendPostgres,
} from '../support/postgres.ts'
import { asOperator } from '../support/test-gateway.ts'
import { openCluster, type TestCluster } from './open-cluster.ts'

/** Several processes start and restart, which takes a busy machine long. */
const TEST_MS = 360_000
const ROOMS = 2
const ARRIVAL_MS = 60_000

const interruptions = [
  { name: 'stopped', begin: stopPostgres, end: startPostgres },
  { name: 'suspended', begin: suspendPostgres, end: resumePostgres },
] as const

describe.runIf(hasPostgres).each(interruptions)('while PostgreSQL is $name', ({ begin, end }) => {
  it(
    'queries are answered, offline messages are not accepted, live events go on; afterwards everything works again',
    async () => {
      const cluster = await openCluster({ replicas: 2, rooms: ROOMS, provider: 'rocketchat', push: true })
      const { replicas, watched } = cluster
      for (const replica of replicas)
        for (let room = 0; room < ROOMS; room += 1)
          watched.watch({ room, role: 'OPERATOR', url: () => replica.url })
      expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
      await begin()
      try {
        expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
        for (const { url } of replicas) {
          expect(await readPage(cluster, url)).toBe(watched.provider.rooms[0]?.id)
          expect(await leaveOffline(cluster, url)).toBe('ProviderUnavailableError')
        }
      } finally {
        await end()
      }
      for (const { url } of replicas)
        await expect
          .poll(() => leaveOffline(cluster, url), { timeout: ARRIVAL_MS, interval: 100 })
          .toBe('SendOfflineMessagePayload')
      expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
      expect(watched.report()).toMatchObject({ lost: [], wrong: [] })
      expect(replicas.flatMap(({ ends }) => ends)).toEqual([])
    },
    TEST_MS,
  )
})

async function readPage({ watched: { provider } }: TestCluster, url: string): Promise<string | undefined> {
  const room = provider.rooms[0]?.nativeId ?? ''
  const { data } = await sendOperation(url, Page, { provider: provider.provider, room, last: 5 }, asOperator)
  return data?.roomByNativeId?.id
}

/** The type of the mutation's result. */
async function leaveOffline(
  { watched: { provider } }: TestCluster,
  url: string,
): Promise<string | undefined> {
  const variables = { provider: provider.provider, text: 'Is anybody there?' }
  const { data } = await sendOperation(url, LeaveOffline, variables)
  return data?.sendOfflineMessage.__typename
}
