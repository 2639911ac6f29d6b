import { graphql } from '../../generated/index.ts'

export const TakeRoom = graphql(`mutation RoomWorkTake($input: TakeRoomInput!) {
  result: takeRoom(input: $input) {
    __typename
    ... on TakeRoomPayload { room { id status agents { nativeId name } } }
    ... on UserError { code detail }
  }
}`)

export const AssignRoom = graphql(`mutation RoomWorkAssign($input: AssignRoomInput!) {
  result: assignRoom(input: $input) {
    __typename
    ... on AssignRoomPayload { room { id status agents { nativeId name } } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const TransferRoom = graphql(`mutation RoomWorkTransfer($input: TransferRoomInput!) {
  result: transferRoom(input: $input) {
    __typename
    ... on TransferRoomPayload { room { id status agents { nativeId } department { id name } } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`)

export const RequeueRoom = graphql(`mutation RoomWorkRequeue($input: RequeueRoomInput!) {
  result: requeueRoom(input: $input) {
    __typename
    ... on RequeueRoomPayload { room { id status agents { nativeId } } }
    ... on UserError { code detail }
  }
}`)

/** The four mutations with nothing of the room but its id, which costs no read. */
export const TakeRoomId = graphql(`mutation RoomWorkTakeId($input: TakeRoomInput!) {
  result: takeRoom(input: $input) { ... on TakeRoomPayload { room { id } } ... on UserError { code detail } }
}`)
export const AssignRoomId = graphql(`mutation RoomWorkAssignId($input: AssignRoomInput!) {
  result: assignRoom(input: $input) { ... on AssignRoomPayload { room { id } } ... on UserError { code detail } }
}`)
export const TransferRoomId = graphql(`mutation RoomWorkTransferId($input: TransferRoomInput!) {
  result: transferRoom(input: $input) { ... on TransferRoomPayload { room { id } } ... on UserError { code detail } }
}`)
export const RequeueRoomId = graphql(`mutation RoomWorkRequeueId($input: RequeueRoomInput!) {
  result: requeueRoom(input: $input) { ... on RequeueRoomPayload { room { id } } ... on UserError { code detail } }
}`)

export const RoomWorkCapabilities = graphql(`query RoomWorkCapabilities($provider: String!, $id: String!) {
  roomByNativeId(provider: $provider, nativeId: $id) { capabilities { capability allowed reason } }
}`)

export const RoomWorkEvents = graphql(`subscription RoomWorkEvents($id: ID!) {
  roomEvents(roomId: $id) {
    __typename
    ... on RoomUpdatedEvent { room { status agents { nativeId } department { id } } }
  }
}`)

export const RoomWorkActivity = graphql(`subscription RoomWorkActivity($provider: String!) {
  roomActivity(providers: [$provider]) { nativeId status agents { nativeId } }
}`)

export const RoomWorkSources = graphql(`query RoomWorkSources { providers { name live { source } } }`)
