import { failureFragment, replacesState, type Tool } from './tool.ts'

/** Discards an offline message. */
export const discardOfflineMessage: Tool = {
  title: 'Discard an offline message',
  description:
    'Discards a QUEUED, FAILED or UNCONFIRMED offline message: it is never delivered, and is deleted after the retention time.',
  permission: 'MANAGE',
  hints: replacesState,
  document: /* GraphQL */ `
    mutation discard_offline_message($offlineMessageId: ID!) {
      discardOfflineMessage(input: { offlineMessageId: $offlineMessageId }) {
        ... on DiscardOfflineMessagePayload { offlineMessage { id delivery { state } } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
