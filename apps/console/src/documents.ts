import { graphql } from '../generated/index.ts'

/** The console's operations. `npm run codegen` generates their types. */

export const SignInQuery = graphql(`
  query ConsoleSignIn {
    viewer { role }
  }
`)

export const RoomSummary = graphql(`
  fragment ConsoleRoom on Room {
    id
    provider { name kind }
    status
    visitor { name }
    agents { nativeId name }
    department { id name }
    tags
    createdAt
    lastActivityAt
    unansweredSince
    queue { since }
    lastMessage { id text kind systemEvent state visibility createdAt author { nativeId name role } }
  }
`)

export const MessageDetails = graphql(`
  fragment ConsoleMessage on Message {
    id
    kind
    text
    state
    visibility
    createdAt
    editedAt
    isMine
    markup
    systemEvent
    author { nativeId name role }
    attachments { id url externalUrl name contentType size }
    form { label answer }
    buttons { text url }
  }
`)

export const InboxQuery = graphql(`
  query ConsoleInbox($first: Int!, $after: String, $filter: RoomFilter) {
    rooms(first: $first, after: $after, filter: $filter) {
      nodes { ...ConsoleRoom }
      pageInfo { endCursor hasNextPage }
    }
  }
`)

export const InboxTotalsQuery = graphql(`
  query ConsoleInboxTotals {
    statistics {
      provider { name }
      department { id }
      open
      queued
      onHold
    }
  }
`)

export const ActivitySubscription = graphql(`
  subscription ConsoleActivity {
    roomActivity { ...ConsoleRoom }
  }
`)

export const RoomQuery = graphql(`
  query ConsoleRoomPage($roomId: ID!, $before: String) {
    room(id: $roomId) {
      ...ConsoleRoom
      ...ConsoleRoomDetails
      messages(last: 50, before: $before) {
        nodes { ...ConsoleMessage }
        pageInfo { startCursor endCursor hasPreviousPage }
      }
    }
  }
`)

export const RoomStateQuery = graphql(`
  query ConsoleRoomState($id: ID!) {
    room(id: $id) {
      ...ConsoleRoom
      ...ConsoleRoomDetails
    }
  }
`)

export const RoomEventsSubscription = graphql(`
  subscription ConsoleRoomEvents($roomId: ID!, $after: String) {
    roomEvents(roomId: $roomId, after: $after) {
      __typename
      cursor
      ... on MessageAddedEvent { message { ...ConsoleMessage } }
      ... on MessageUpdatedEvent { message { ...ConsoleMessage } }
      ... on MessageDeletedEvent { messageId }
      ... on RoomUpdatedEvent {
        room { ...ConsoleRoomState }
      }
      ... on GapEvent { reason from to }
    }
  }
`)

export const RoomSignalsSubscription = graphql(`
  subscription ConsoleRoomSignals($roomId: ID!) {
    roomSignals(roomId: $roomId) {
      __typename
      ... on TypingSignal { typing participant { name role } }
      ... on SeenSignal { upTo participant { role } }
      ... on QueueSignal { queue { position since estimatedWaitMs } }
    }
  }
`)

export const TypingMutation = graphql(`
  mutation ConsoleTyping($input: SetTypingInput!) {
    setTyping(input: $input) {
      __typename
    }
  }
`)

export const SendMutation = graphql(`
  mutation ConsoleSend($input: SendMessageInput!) {
    sendMessage(input: $input) {
      __typename
      ... on SendMessagePayload { message { ...ConsoleMessage } }
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

export const UpdateMutation = graphql(`
  mutation ConsoleUpdate($input: UpdateMessageInput!) {
    updateMessage(input: $input) {
      __typename
      ... on UpdateMessagePayload { message { ...ConsoleMessage } }
      ... on UserError { code detail }
    }
  }
`)

export const DeleteMutation = graphql(`
  mutation ConsoleDelete($input: DeleteMessageInput!) {
    deleteMessage(input: $input) {
      __typename
      ... on DeleteMessagePayload { messageId }
      ... on UserError { code detail }
    }
  }
`)

export const CloseMutation = graphql(`
  mutation ConsoleClose($input: CloseRoomInput!) {
    closeRoom(input: $input) {
      __typename
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

export const TranscriptMutation = graphql(`
  mutation ConsoleTranscript($input: RequestTranscriptInput!) {
    requestTranscript(input: $input) {
      __typename
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

export const OfflineDetails = graphql(`
  fragment ConsoleOfflineMessage on OfflineMessage {
    id
    provider { name kind }
    name
    email
    text
    department { name }
    receivedAt
    receivedOn
    delivery { state attempts lastError nextAttemptAt }
  }
`)

export const OfflineQuery = graphql(`
  query ConsoleOffline($after: String, $filter: OfflineMessageFilter) {
    offlineMessages(first: 25, after: $after, filter: $filter) {
      nodes { ...ConsoleOfflineMessage }
      pageInfo { endCursor hasNextPage }
      totalCount
    }
  }
`)

export const OfflineAddedSubscription = graphql(`
  subscription ConsoleOfflineAdded {
    offlineMessageAdded { ...ConsoleOfflineMessage }
  }
`)

export const RetryMutation = graphql(`
  mutation ConsoleRetry($input: RetryOfflineMessageInput!) {
    retryOfflineMessage(input: $input) {
      __typename
      ... on RetryOfflineMessagePayload { offlineMessage { ...ConsoleOfflineMessage } }
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

export const DiscardMutation = graphql(`
  mutation ConsoleDiscard($input: DiscardOfflineMessageInput!) {
    discardOfflineMessage(input: $input) {
      __typename
      ... on DiscardOfflineMessagePayload { offlineMessage { ...ConsoleOfflineMessage } }
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

export const ProvidersQuery = graphql(`
  query ConsoleProviders {
    providers {
      id
      name
      kind
      capabilities
      health { status checkedAt reason }
      live { source latencyMs lagMs }
      departments { id name online }
    }
  }
`)
