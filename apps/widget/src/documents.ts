import { graphql } from '../generated/index.ts'

/** The widget's operations. */

export const ProvidersQuery = graphql(`
  query WidgetProviders {
    providers { name capabilities online }
  }
`)

export const StartMutation = graphql(`
  mutation WidgetStart($input: StartRoomInput!) {
    startRoom(input: $input) {
      __typename
      ... on StartRoomPayload { visitorToken room { id } }
      ... on UserError { code detail }
    }
  }
`)

export const MessageDetails = graphql(`
  fragment WidgetMessage on Message {
    id
    kind
    text
    state
    createdAt
    author { name role }
  }
`)

export const RoomQuery = graphql(`
  query WidgetRoom($id: ID!) {
    room(id: $id) {
      status
      capabilities { capability allowed reason }
      messages(last: 50) {
        nodes { ...WidgetMessage }
        pageInfo { endCursor }
      }
    }
  }
`)

export const EventsSubscription = graphql(`
  subscription WidgetEvents($roomId: ID!, $after: String) {
    roomEvents(roomId: $roomId, after: $after) {
      __typename
      cursor
      ... on MessageAddedEvent { message { ...WidgetMessage } }
      ... on MessageUpdatedEvent { message { ...WidgetMessage } }
      ... on MessageDeletedEvent { messageId }
      ... on RoomUpdatedEvent { room { status capabilities { capability allowed reason } } }
    }
  }
`)

export const SendMutation = graphql(`
  mutation WidgetSend($input: SendMessageInput!) {
    sendMessage(input: $input) {
      __typename
      ... on SendMessagePayload { message { ...WidgetMessage } }
      ... on UserError { code detail }
    }
  }
`)

export const CloseMutation = graphql(`
  mutation WidgetClose($input: CloseRoomInput!) {
    closeRoom(input: $input) {
      __typename
      ... on UserError { code detail }
    }
  }
`)

export const OfflineMutation = graphql(`
  mutation WidgetOffline($input: SendOfflineMessageInput!) {
    sendOfflineMessage(input: $input) {
      __typename
      ... on SendOfflineMessagePayload { offlineMessage { delivery { state lastError } } }
      ... on UserError { code detail }
    }
  }
`)

export const SignalsSubscription = graphql(`
  subscription WidgetSignals($roomId: ID!) {
    roomSignals(roomId: $roomId) {
      __typename
      ... on TypingSignal { typing participant { nativeId name role } }
    }
  }
`)

export const TypingMutation = graphql(`
  mutation WidgetTyping($input: SetTypingInput!) {
    setTyping(input: $input) {
      __typename
    }
  }
`)
