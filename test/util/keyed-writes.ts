import { randomBytes } from 'node:crypto'
import type { KeyedWrites } from '../../src/chat/keyed-writes.ts'

const keyedWrites: KeyedWrites = {
  run: (write) => write.do({ noted: null, note: async () => {}, demandCurrent() {} }),
}

/** What an adapter without a store is opened with: its keys are recognised by the provider, or not at all. */
export const withoutStore = { keyedWrites, visitorSecret: randomBytes(32) }
