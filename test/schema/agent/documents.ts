import { graphql } from '../../generated/index.ts'

/** Everything of the agents except their load and their departments, which cost calls of their own. */
export const Agents = graphql(`query AgentList($filter: AgentFilter) {
  agents(filter: $filter) {
    id nativeId name email avatarUrl acceptingChats maxRooms provider { name }
  }
}`)

export const AgentsAtWork = graphql(`query AgentsAtWork {
  agents { nativeId activeRooms departments { nativeId name } }
}`)

export const AgentNodes = graphql(`query AgentNodes($ids: [ID!]!) {
  nodes(ids: $ids) { __typename ... on Agent { id nativeId name } }
}`)

/** The authors and the agents of a room. */
export const RoomAuthors = graphql(`query AgentRoomAuthors($provider: String!, $id: String!) {
  roomByNativeId(provider: $provider, nativeId: $id) {
    agents { nativeId }
    messages(last: 5) { nodes { text author { nativeId } } }
  }
}`)

export const SetStatus = graphql(`mutation AgentSetStatus($input: SetAgentStatusInput!) {
  setAgentStatus(input: $input) {
    __typename
    ... on SetAgentStatusPayload { agent { nativeId acceptingChats } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

/** The same without the agent, which costs a call. */
export const SetStatusOnly = graphql(`mutation AgentSetStatusOnly($input: SetAgentStatusInput!) {
  setAgentStatus(input: $input) { __typename ... on UserError { code detail } }
}`)
