import type { OfflineMessageState } from '../../generated/graphql.ts'

/** How far a message has come, in words. */
export const states: Readonly<Record<OfflineMessageState, string>> = {
  RECEIVED: 'At the provider',
  QUEUED: 'Waiting to be sent',
  SENT: 'Sent',
  UNCONFIRMED: 'Unconfirmed',
  FAILED: 'Failed',
  DISCARDED: 'Discarded',
}
