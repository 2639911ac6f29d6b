import { graphql } from '../../generated/index.ts'

/** A page of a room's messages, of the client's size. */
export const Sized = graphql(`query ProvidersSized($id: ID!, $first: Int, $last: Int) {
  room(id: $id) { messages(first: $first, last: $last) { nodes { id } } }
}`)

/** A page by its cursors. */
export const ByCursor = graphql(`query ProvidersByCursor($id: ID!, $after: String, $before: String) {
  room(id: $id) { messages(after: $after, before: $before) { nodes { text } pageInfo { endCursor } } }
}`)

/** Any node. */
export const Hostile = graphql(`query ProvidersHostile($id: ID!) { node(id: $id) { id } }`)

export const ByNativeId = graphql(`query ProvidersByNativeId($provider: String!, $nativeId: String!) {
  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }
}`)

/** Events of a room. */
export const Happening = graphql(`subscription ProvidersHappening($id: ID!) {
  roomEvents(roomId: $id) {
    __typename ... on MessageAddedEvent { message { text } } ... on MessageDeletedEvent { messageId }
  }
}`)

/** An invalid input. */
export const Refusal = graphql(`fragment ProvidersRefusal on InvalidInputError { code detail field }`)

export const StartRoom = graphql(`mutation ProvidersStartRoom($input: StartRoomInput!) {
  startRoom(input: $input) {
    __typename ...ProvidersRefusal ... on StartRoomPayload { visitorToken room { id visitor { name } } }
  }
}`)

export const CloseRoom = graphql(`mutation ProvidersCloseRoom($input: CloseRoomInput!) {
  closeRoom(input: $input) { __typename ...ProvidersRefusal }
}`)

export const SendMessage = graphql(`mutation ProvidersSendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ...ProvidersRefusal ... on SendMessagePayload { message { id text } } }
}`)

export const UpdateMessage = graphql(`mutation ProvidersUpdateMessage($input: UpdateMessageInput!) {
  updateMessage(input: $input) { __typename ...ProvidersRefusal ... on UpdateMessagePayload { message { text } } }
}`)

export const SendOfflineMessage =
  graphql(`mutation ProvidersSendOfflineMessage($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) {
    __typename ...ProvidersRefusal ... on SendOfflineMessagePayload { offlineMessage { name text delivery { state } } }
  }
}`)

export const EraseOfflineMessages = graphql(`mutation ProvidersErase($input: EraseOfflineMessagesInput!) {
  eraseOfflineMessages(input: $input) { __typename ...ProvidersRefusal }
}`)

export const SearchOfflineMessages = graphql(`query ProvidersSearch($text: String) {
  offlineMessages(filter: { text: $text }) { nodes { id } }
}`)
