import type { OfflineMessage } from '../domain/model.ts'
import type { StoredMessage } from './offline-store.ts'

/** A stored message as the domain knows it. One that is being sent at this moment still counts as `QUEUED`. */
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
