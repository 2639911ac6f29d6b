import { z } from 'zod'
import { type AccountConfig, defineProvider, type SettingsSpec } from '../../../src/providers/definition.ts'
import { text } from '../../../src/providers/shared/setting-values.ts'
import { createMemoryAdapter } from './adapter.ts'
import { MemoryStore } from './memory-store.ts'

/** One account in memory. It starts with one room. */
interface MemoryConfig extends AccountConfig {
  readonly kind: 'MEMORY'
  /** First message of the first room. */
  readonly greeting: string
}

const schema = z.object({ greeting: text })

const settings = {
  schema,
  variablePrefix: 'MEMORY_',
  requiresOneOf: ['greeting'],
  dependencies: () => [],
  toConfig: (name, { greeting }): MemoryConfig => ({ name, kind: 'MEMORY', greeting }),
} satisfies SettingsSpec<MemoryConfig, typeof schema.shape>

/** A complete third provider: everything that the gateway needs besides the line in `src/providers/index.ts`. */
export const memory = defineProvider({
  kind: 'MEMORY',
  label: 'provider in memory',
  defaultName: 'memory',
  settings,
  agentIdKey: 'agentId',
  hasTokenFormat: null,
  offlineSpacingMs: 0,
  hasServiceAccount: () => true,
  isRateLimited: ({ status }) => status === 429,
  credentialUrls: () => [],
  modesOf: () => ['in memory'],
  create({ name, greeting }) {
    const store = new MemoryStore(name)
    store.addMessage(store.openRoom(), greeting, 'VISITOR', 'greeting')
    return createMemoryAdapter(store)
  },
})
