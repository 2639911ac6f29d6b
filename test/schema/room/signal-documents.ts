import { graphql } from '../../generated/index.ts'

export const Signals = graphql(`subscription SignalsOfRoom($room: ID!) {
  roomSignals(roomId: $room) {
    __typename
    room { nativeId }
    ... on TypingSignal { participant { nativeId role name } typing }
    ... on SeenSignal { participant { nativeId role } upTo }
    ... on QueueSignal { queue { position estimatedWaitMs since } }
  }
}`)

/** Each signal causes a request for the room. */
export const SignalStatuses = graphql(`subscription SignalStatuses($room: ID!) {
  roomSignals(roomId: $room) { room { status } }
}`)

export const SetTyping = graphql(`mutation SignalSetTyping($input: SetTypingInput!) {
  setTyping(input: $input) {
    __typename
    ... on SetTypingPayload { roomId }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const MarkSeen = graphql(`mutation SignalMarkSeen($input: MarkSeenInput!) {
  markSeen(input: $input) {
    __typename
    ... on MarkSeenPayload { roomId }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)
