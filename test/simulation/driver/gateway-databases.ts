import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoreSettings } from '../../../src/store/open-store.ts'
import { createPostgresDatabase } from '../../support/postgres.ts'
import { openPostgresProxy } from '../../support/postgres-proxy.ts'
import { createProcessDirectory } from '../../support/temporary-directory.ts'
import type { DatabaseInterruption } from '../commands/scenario.ts'

/** The database of one gateway, as that gateway reaches it. */
export interface GatewayDatabase {
  readonly settings: StoreSettings
  /** Whether its connections are open without an answer. */
  readonly isStalled: boolean
  /** An embedded database cannot be interrupted. */
  interrupt(how: DatabaseInterruption): Promise<void>
  restore(): Promise<void>
  close(): Promise<void>
}

/** The databases of a simulation's gateways. */
export interface GatewayDatabases {
  /** `number` is unique in the simulation. */
  forGateway(number: number): Promise<GatewayDatabase>
  close(): Promise<void>
}

/** Opens a PostgreSQL database that all gateways share, or creates an embedded one for each. */
export function openDatabases(areShared: boolean): Promise<GatewayDatabases> {
  return areShared ? openSharedDatabase() : openEmbeddedDatabases()
}

/** Each gateway reaches the database over a line of its own, which can fail alone. */
async function openSharedDatabase(): Promise<GatewayDatabases> {
  const { url, drop } = await createPostgresDatabase()
  return {
    async forGateway() {
      const proxy = await openPostgresProxy(url)
      let isStalled = false
      return {
        settings: { dataDir: '', databaseUrl: proxy.url },
        get isStalled() {
          return isStalled
        },
        async interrupt(how) {
          if (how === 'disconnect') await proxy.disconnect()
          else proxy.stall()
          isStalled = how === 'stall'
        },
        async restore() {
          isStalled = false
          await proxy.restore()
        },
        close: () => proxy.disconnect(),
      }
    },
    close: drop,
  }
}

async function openEmbeddedDatabases(): Promise<GatewayDatabases> {
  const directory = createProcessDirectory()
  return {
    async forGateway(number) {
      const dataDir = join(directory, String(number))
      await mkdir(dataDir)
      return {
        settings: { dataDir },
        isStalled: false,
        interrupt: async () => {},
        restore: async () => {},
        close: async () => {},
      }
    },
    close: () => rm(directory, { recursive: true, force: true }),
  }
}
