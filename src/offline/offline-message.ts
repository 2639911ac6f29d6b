import type { OfflineMessage } from '../domain/model.ts'
import type { StoredMessage } from './offline-store.ts'

/** Maps a stored message to the domain. A message that is being sent is `QUEUED` to clients. */
export function toOfflineMessage(stored: StoredMessage): OfflineMessage {
  const { id, provider, draft, state, attempts, nativeId, lastError, acceptedAt, nextAttemptAt } = stored
  return {
    type: 'OfflineMessage',
    provider,
    key: id,
    nativeId,
    name: draft.name,
    email: draft.email,
    text: draft.text,
    rawText: draft.text,
    departmentId: draft.department,
    receivedAt: acceptedAt,
    receivedOn: acceptedAt.toISOString().slice(0, 10),
    delivery: { state: state === 'SENDING' ? 'QUEUED' : state, attempts, lastError, nextAttemptAt },
  }
}
