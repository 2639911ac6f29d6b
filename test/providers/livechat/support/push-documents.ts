import { graphql } from '../../../generated/index.ts'

/** How changes of a room reach the gateway. */
export const LiveStatus = graphql(`query LivechatPushLiveStatus($id: ID!) {
  room(id: $id) { live { source latencyMs } }
}`)
