import type { OfflineMessage } from '../../src/domain/model.ts'
import { toOfflineMessage } from '../../src/offline/offline-message.ts'
import type { StoredMessage } from '../../src/offline/offline-store.ts'
import { draft } from './delivery.ts'

/** A message in state SENT of the provider `livechat`, accepted now. */
export function storedMessage(more: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id: 'stored',
    provider: 'livechat',
    draft,
    state: 'SENT',
    attempts: 1,
    nativeId: null,
    lastError: null,
    acceptedAt: new Date(),
    nextAttemptAt: null,
    ...more,
  }
}

/** The message of the provider's own list that is this stored one. */
export function copyAtProvider(stored: StoredMessage): OfflineMessage {
  const delivery = { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null } as const
  return { ...toOfflineMessage(stored), delivery }
}
