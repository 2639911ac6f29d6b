import { failureFragment, replacesState, type Tool } from './tool.ts'

/** Queues an offline message for delivery again. */
export const retryOfflineMessage: Tool = {
  title: 'Retry an offline message',
  description:
    'Queues a FAILED or UNCONFIRMED offline message for delivery again. An UNCONFIRMED message may have arrived: it may be delivered twice.',
  permission: 'MANAGE',
  hints: { ...replacesState, idempotentHint: false },
  document: /* GraphQL */ `
    mutation retry_offline_message($offlineMessageId: ID!) {
      retryOfflineMessage(input: { offlineMessageId: $offlineMessageId }) {
        ... on RetryOfflineMessagePayload { offlineMessage { id delivery { state } } }
        ...Failure
      }
    }
    ${failureFragment}
  `,
}
