import type { OfflineMessageState } from '../../generated/graphql.ts'

/** Labels of the delivery states. */
export const stateLabels: Readonly<Record<OfflineMessageState, string>> = {
  RECEIVED: 'At the provider',
  QUEUED: 'Waiting to be sent',
  SENT: 'Sent',
  UNCONFIRMED: 'Unconfirmed',
  FAILED: 'Failed',
  DISCARDED: 'Discarded',
}
