import { graphql } from '../generated/index.ts'

export const SendOfflineMessage = graphql(`mutation OfflineSend($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload {
      offlineMessage { id text delivery { state attempts lastError nextAttemptAt } }
    }
    ... on UserError { code detail }
    ... on RateLimitedError { provider retryAfterMs }
    ... on ProviderError { provider }
    ... on OutcomeUnknownError { provider }
  }
}`)
