import { graphql } from '../../generated/index.ts'

/** The agents that the operator's writes appear as, one per provider. */
export const OwnAgentsQuery = graphql(`
  query ConsoleOwnAgents {
    viewer {
      name
      agents { id nativeId name acceptingChats provider { id name kind } }
    }
  }
`)

export const SetAgentStatusMutation = graphql(`
  mutation ConsoleSetAgentStatus($input: SetAgentStatusInput!) {
    setAgentStatus(input: $input) {
      __typename
      ... on SetAgentStatusPayload { agent { id acceptingChats } }
      ... on UserError { code detail }
      ... on RateLimitedError { retryAfterMs }
    }
  }
`)
