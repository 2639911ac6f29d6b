import { graphql } from '../../generated/index.ts'

/** Tags, ratings and transcripts of a room at any provider. */

export const SetTags = graphql(`mutation FeedbackSetTags($input: SetRoomTagsInput!) {
  setRoomTags(input: $input) {
    __typename
    ... on SetRoomTagsPayload { room { id } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
    ... on RateLimitedError { provider retryAfterMs }
  }
}`)

export const CloseWithTags = graphql(`mutation FeedbackClose($input: CloseRoomInput!) {
  closeRoom(input: $input) {
    __typename
    ... on CloseRoomPayload { room { id status tags } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const Rate = graphql(`mutation FeedbackRate($input: RateRoomInput!) {
  rateRoom(input: $input) {
    __typename
    ... on RateRoomPayload { room { id } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const Transcript = graphql(`mutation FeedbackTranscript($input: RequestTranscriptInput!) {
  requestTranscript(input: $input) {
    __typename
    ... on RequestTranscriptPayload { email }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const FeedbackRoom = graphql(`query FeedbackRoom($id: ID!) {
  room(id: $id) { status tags rating { score comment ratedAt } capabilities { capability allowed reason } }
}`)

export const FeedbackRooms = graphql(`query FeedbackRooms {
  rooms { nodes { nativeId tags rating { score comment ratedAt } } }
}`)
