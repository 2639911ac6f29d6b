import { randomBytes } from 'node:crypto'
import type { ChatAdapter } from '../../src/domain/adapter.ts'
import type { IdempotentWrites } from '../../src/domain/idempotent-writes.ts'
import { createAdapter, createVisitorTokenOwners } from '../../src/providers/adapter-factory.ts'
import type { AgentCredentials } from '../../src/providers/definition.ts'
import type { ProviderConfig } from '../../src/providers/index.ts'
import { silentLog } from './log.ts'
import { pushSocketOptions } from './push-socket-options.ts'

const idempotentWrites: IdempotentWrites = {
  run: (write) => write.execute({ earlierRecord: null, saveRecord: async () => {}, assertNotReplaced() {} }),
}

/** Creates the adapter of a gateway's only account, without a store: only the provider itself recognizes a repeated write. */
export function createAdapterWithoutStore(
  account: ProviderConfig,
  timeoutMs = 2_000,
  agentCredentials: AgentCredentials = new Map(),
): ChatAdapter {
  return createAdapter(account, {
    idempotentWrites,
    visitorSecret: randomBytes(32),
    accountTokens: createVisitorTokenOwners([account]).forAccount(account.name),
    upstream: { timeoutMs },
    agentCredentials,
    log: silentLog,
    pushSocketOptions: pushSocketOptions(),
  })
}
