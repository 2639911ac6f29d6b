import { graphql } from '../../generated/index.ts'

/** The agents of a room's provider. Their load costs one call more, shared by all callers for five seconds. */
export const AgentsQuery = graphql(`
  query ConsoleAgents($filter: AgentFilter) {
    agents(filter: $filter) {
      id
      nativeId
      name
      email
      acceptingChats
      activeRooms
      maxRooms
      departments { id name }
    }
  }
`)

export const TakeMutation = graphql(`
  mutation ConsoleTake($input: TakeRoomInput!) {
    takeRoom(input: $input) {
      __typename
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

export const AssignMutation = graphql(`
  mutation ConsoleAssign($input: AssignRoomInput!) {
    assignRoom(input: $input) {
      __typename
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

export const TransferMutation = graphql(`
  mutation ConsoleTransfer($input: TransferRoomInput!) {
    transferRoom(input: $input) {
      __typename
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)

export const RequeueMutation = graphql(`
  mutation ConsoleRequeue($input: RequeueRoomInput!) {
    requeueRoom(input: $input) {
      __typename
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)
