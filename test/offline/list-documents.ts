import { graphql } from '../generated/index.ts'

export const OfflineListPage =
  graphql(`query OfflineListPage($first: Int, $after: String, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, after: $after, filter: $filter) {
    nodes {
      id nativeId name email text rawText receivedAt receivedOn
      provider { name }
      delivery { state attempts lastError nextAttemptAt }
    }
    pageInfo { hasNextPage endCursor }
  }
}`)

export const OfflineListDepartments = graphql(`query OfflineListDepartments($filter: OfflineMessageFilter) {
  offlineMessages(filter: $filter) { nodes { text department { name } } }
}`)

export const OfflineListCount = graphql(`query OfflineListCount($filter: OfflineMessageFilter) {
  offlineMessages(filter: $filter) { totalCount nodes { text } }
}`)

export const OfflineListNode = graphql(`query OfflineListNode($id: ID!) {
  node(id: $id) { id ... on OfflineMessage { text delivery { state } } }
}`)

export const OfflineListProviders = graphql(`query OfflineListProviders {
  providers { name capabilities departments { id nativeId name online } }
}`)

export const OfflineListSend = graphql(`mutation OfflineListSend($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on SendOfflineMessagePayload { offlineMessage { id text receivedOn delivery { state attempts lastError } } }
    ... on UserError { code detail }
  }
}`)

export const OfflineListRetry = graphql(`mutation OfflineListRetry($input: RetryOfflineMessageInput!) {
  retryOfflineMessage(input: $input) {
    __typename
    ... on RetryOfflineMessagePayload { offlineMessage { id delivery { state attempts lastError } } }
    ... on UserError { code detail }
  }
}`)

export const OfflineListDiscard = graphql(`mutation OfflineListDiscard($input: DiscardOfflineMessageInput!) {
  discardOfflineMessage(input: $input) {
    __typename
    ... on DiscardOfflineMessagePayload { offlineMessage { id delivery { state } } }
    ... on UserError { code detail }
  }
}`)

export const OfflineListErase = graphql(`mutation OfflineListErase($input: EraseOfflineMessagesInput!) {
  eraseOfflineMessages(input: $input) {
    __typename
    ... on EraseOfflineMessagesPayload { count }
    ... on UserError { code detail }
  }
}`)

export const OfflineListAdded = graphql(`subscription OfflineListAdded($providers: [String!]) {
  offlineMessageAdded(providers: $providers) { id text provider { name } delivery { state } }
}`)
