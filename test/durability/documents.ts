import { graphql } from '../generated/index.ts'

export const DurabilitySend = graphql(`mutation DurabilitySend($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload { offlineMessage { id delivery { state attempts } } }
    ... on UserError { code detail }
  }
}`)

export const DurabilityList = graphql(`query DurabilityList {
  offlineMessages { nodes { id text delivery { state attempts } } }
}`)

export const DurabilityRetry = graphql(`mutation DurabilityRetry($input: RetryOfflineMessageInput!) {
  retryOfflineMessage(input: $input) {
    __typename
    ... on RetryOfflineMessagePayload { offlineMessage { delivery { state attempts } } }
  }
}`)
