import { randomBytes } from 'node:crypto'
import type { IdempotentWrites } from '../../src/domain/idempotent-writes.ts'

const keyedWrites: IdempotentWrites = {
  run: (write) => write.execute({ earlierRecord: null, saveRecord: async () => {}, assertNotReplaced() {} }),
}

/** What an adapter without a store is opened with: its keys are recognised by the provider, or not at all. */
export const withoutStore = { keyedWrites, visitorSecret: randomBytes(32) }
