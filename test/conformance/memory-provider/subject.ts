import { createOperatorCaller } from '../../../src/domain/caller.ts'
import type { OpenSubject } from '../subjects.ts'
import { createMemoryAdapter } from './adapter.ts'
import { MemoryStore } from './memory-store.ts'

/** The adapter in memory, and access to its store. */
export async function memorySubject(): Promise<OpenSubject> {
  const store = new MemoryStore('memory')
  return {
    subject: {
      adapter: createMemoryAdapter(store),
      caller: createOperatorCaller('conformance'),
      otherCaller: null,
      hasManyRooms: true,
      openRoom: async () => store.openRoom(),
      closeRoom: async (roomId) => store.closeRoom(roomId),
      receiveMessage: async (roomId, text) =>
        void store.addMessage(roomId, text, 'VISITOR', `received-${text}`),
      addOfflineMessage: async (text, daysAgo) => store.addOfflineMessage(text, daysAgo),
    },
    close: async () => {},
  }
}
