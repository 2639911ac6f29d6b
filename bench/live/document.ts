/** The document of each subscriber: the fields that a dashboard usually selects. */
export const DOCUMENT = `subscription Bench($room: ID!) {
  roomEvents(roomId: $room) {
    __typename
    cursor
    ... on MessageAddedEvent { message { id nativeId text kind createdAt author { name role } } }
  }
}`
