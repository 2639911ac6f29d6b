/** What each subscriber asks: a dashboard's usual event. */
export const DOCUMENT = `subscription Bench($room: ID!) {
  roomEvents(roomId: $room) {
    __typename
    cursor
    ... on MessageAddedEvent { message { id nativeId text kind createdAt author { name role } } }
  }
}`
