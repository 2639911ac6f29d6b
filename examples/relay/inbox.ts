/**
 * An inbox for Relay's compiler: a list with pages that can be refetched, and a room by `node`. Compile it with
 *   cd examples/relay && npx relay-compiler relay.config.json
 * and pass the documents to `usePaginationFragment` and similar hooks. In your own project, `schema` of relay.config.json is
 * the path of your copy of the gateway's schema.graphql.
 */
declare function graphql(parts: TemplateStringsArray): unknown

export const inboxQuery = graphql`
  query inboxQuery($count: Int!, $cursor: String, $filter: RoomFilter) {
    ...inbox_rooms
  }
`

export const rooms = graphql`
  fragment inbox_rooms on Query @refetchable(queryName: "inboxPageQuery") {
    rooms(first: $count, after: $cursor, filter: $filter) @connection(key: "inbox_rooms") {
      edges {
        node {
          id
          status
          ...inbox_room
        }
      }
    }
  }
`

export const room = graphql`
  fragment inbox_room on Room @refetchable(queryName: "inboxRoomQuery") {
    visitor {
      name
    }
    lastMessage {
      id
      text
      createdAt
    }
  }
`

export const activity = graphql`
  subscription inboxActivitySubscription {
    roomActivity {
      id
      ...inbox_room
    }
  }
`
