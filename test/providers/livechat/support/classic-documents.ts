import { graphql } from '../../../generated/index.ts'

/** A page, with each message's identity and day only. */
export const OfflineList =
  graphql(`query LivechatOfflineList($first: Int, $after: String, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, after: $after, filter: $filter) {
    edges { cursor node { id nativeId receivedOn provider { name } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`)

export const OfflineCount = graphql(`query LivechatOfflineCount($first: Int, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, filter: $filter) { totalCount nodes { nativeId } }
}`)

export const OfflineDetails =
  graphql(`query LivechatOfflineDetails($first: Int, $filter: OfflineMessageFilter) {
  offlineMessages(first: $first, filter: $filter) {
    nodes {
      id nativeId name email text rawText receivedAt receivedOn
      department { id nativeId name online }
      delivery { state attempts lastError nextAttemptAt }
    }
  }
}`)

/** The list with fields that need no upstream request. */
export const OfflineListBeside = graphql(`query LivechatOfflineListBeside($first: Int, $after: String) {
  viewer { role name }
  providers { name kind }
  offlineMessages(first: $first, after: $after) {
    nodes { nativeId }
    pageInfo { hasNextPage endCursor }
  }
}`)

export const OfflineTwice = graphql(`query LivechatOfflineTwice {
  one: offlineMessages(first: 5) { nodes { nativeId } }
  other: offlineMessages(first: 5) { nodes { nativeId } }
}`)

export const Health = graphql(
  `query LivechatHealth { providers { name health { status reason checkedAt } } }`,
)

export const OfflineNode = graphql(`query LivechatOfflineNode($id: ID!) {
  node(id: $id) {
    __typename id
    ... on OfflineMessage {
      nativeId name email text rawText receivedAt receivedOn
      provider { name }
      department { nativeId }
      delivery { state attempts lastError nextAttemptAt }
    }
  }
}`)

export const OfflineNodes = graphql(`query LivechatOfflineNodes($ids: [ID!]!) {
  nodes(ids: $ids) { id ... on OfflineMessage { nativeId text rawText } }
}`)

export const SendOffline = graphql(`mutation LivechatSendOffline($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename
    ... on UserError { code detail }
    ... on UnsupportedError { provider }
  }
}`)
