import { graphql } from '../../generated/index.ts'

export const Health = graphql(`
  query ReachabilityHealth {
    providers {
      health {
        status
        reason
      }
    }
  }
`)

export const Leave = graphql(`
  mutation ReachabilityStart($input: StartRoomInput!) {
    startRoom(input: $input) {
      ... on StartRoomPayload {
        visitorToken
      }
      ... on UserError {
        code
      }
    }
  }
`)
