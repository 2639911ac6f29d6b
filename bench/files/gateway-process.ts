import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGateway } from '../../src/gateway.ts'
import { silentLog } from '../../test/support/log.ts'
import { testConfig } from '../../test/support/test-gateway.ts'
import { serveCommands } from '../shared/child.ts'

/** Milliseconds between two samples of the memory. */
const SAMPLE_MS = 2

/** Memory of the process in bytes. */
export interface Memory {
  readonly rss: number
  /** The heap in use and the buffers outside of it. */
  readonly used: number
}

let peak: Memory = { rss: 0, used: 0 }
let sampler: NodeJS.Timeout | undefined

function current(): Memory {
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, used: heapUsed + external }
}

const commands = {
  start: async (providerUrl: string): Promise<string> => {
    const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-bench-'))
    const provider = { name: 'rocketchat', kind: 'ROCKET_CHAT', url: providerUrl } as const
    const config = testConfig([provider], { dataDir, upstreamTimeoutMs: 30_000 })
    return (await startGateway(config, { log: silentLog })).url
  },
  /** Collects garbage, and begins to sample; returns the memory before. */
  startSampling: (): Memory => {
    globalThis.gc?.()
    globalThis.gc?.()
    const before = current()
    peak = before
    sampler = setInterval(() => {
      const { rss, used } = current()
      peak = { rss: Math.max(peak.rss, rss), used: Math.max(peak.used, used) }
    }, SAMPLE_MS)
    return before
  },
  stopSampling: (): Memory => {
    clearInterval(sampler)
    return peak
  },
}
export type GatewayCommands = typeof commands

serveCommands(commands)
