import { randomUUID } from 'node:crypto'
import { beforeEach } from 'vitest'
import type { OfflineMessageDraft } from '../../src/domain/offline-messages.ts'
import type {
  AcceptRequest,
  ClaimRequest,
  OfflineStore,
  StoredMessage,
  StoredMessageQuery,
} from '../../src/offline/offline-store.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { openTestStore, queryDatabase, type TestDatabase, wideLimits } from './databases.ts'

export const START = Date.UTC(2026, 0, 15, 12)
/** The time this many milliseconds after the start. */
export const at = (ms: number) => new Date(START + ms)
export const draft: OfflineMessageDraft = {
  name: 'Ada Lovelace',
  email: 'Ada@Mail.test',
  text: 'Is anybody there?',
  department: null,
  host: null,
}
export const ALL_MESSAGES: StoredMessageQuery = {
  providers: ['rc'],
  from: null,
  to: null,
  department: null,
  email: null,
  text: null,
  states: null,
  nativeId: null,
}

/** A claim at this time, by default without spacing. */
export function claimAt(ms: number, more: Partial<ClaimRequest> = {}): ClaimRequest {
  return { provider: 'rc', now: at(ms), worker: 'living', leaseMs: 60_000, spacingMs: 0, ...more }
}

/** A request to accept the draft, due at the start. */
export function acceptance(more: Partial<AcceptRequest> = {}): AcceptRequest {
  return {
    id: randomUUID(),
    provider: 'rc',
    draft,
    idempotencyKey: null,
    senderHash: null,
    acceptedAt: at(0),
    ...more,
  }
}

/** Opens a store on an empty database for each test; returns shortcuts for common operations. */
export function useOfflineStore(empty: TestDatabase['empty']) {
  let settings: StoreSettings
  let store: OfflineStore
  beforeEach(async () => {
    settings = await empty()
    store = await openTestStore(settings)
  })
  const found = async (id: string) => (await store.find([id]))[0]
  return {
    get store() {
      return store
    },
    /** Opens the same database as another process would. */
    another: () => openTestStore(settings),
    /** Runs one statement that returns rows. */
    query: (sql: string) => queryDatabase(settings, sql),
    found,
    stateOf: async (id: string) => (await found(id))?.state,
    async accept(more: Partial<AcceptRequest> = {}): Promise<StoredMessage> {
      const accepted = await store.accept(acceptance(more), wideLimits)
      if (!('message' in accepted)) throw new Error(accepted.outcome)
      return accepted.message
    },
    async claimed(ms = 0, more: Partial<ClaimRequest> = {}): Promise<StoredMessage> {
      const { message } = await store.claim(claimAt(ms, more))
      if (!message) throw new Error('nothing was claimed')
      return message
    },
  }
}
