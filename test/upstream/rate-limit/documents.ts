import { graphql } from '../../generated/index.ts'

export const Added = graphql(`subscription RateLimitAdded($room: ID!) {
  messageAdded(roomId: $room) { text }
}`)

export const Page = graphql(`query RateLimitPage($rid: String!) {
  roomByNativeId(provider: "rocketchat", nativeId: $rid) { messages(last: 7) { nodes { text } } }
}`)

export const Send = graphql(`mutation RateLimitSend($room: ID!, $text: String!) {
  sendMessage(input: { roomId: $room, text: $text }) {
    __typename
    ... on UserError { code detail }
  }
}`)

export const Live = graphql(`query RateLimitLive { providers { name live { source latencyMs lagMs } } }`)
