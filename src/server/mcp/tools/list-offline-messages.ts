import { pageArguments, readsConversations, type Tool } from './tool.ts'

/** Lists what visitors left while no agent was online. */
export const listOfflineMessages: Tool = {
  title: 'List offline messages',
  description:
    'Lists the messages that visitors left while no agent was online, of all providers, newest first, with their delivery state. Without `from` and `to` it covers the last seven days. Costs one call or more per provider with a list of its own.',
  permission: 'READ',
  hints: readsConversations,
  argumentDescriptions: pageArguments,
  document: /* GraphQL */ `
    query list_offline_messages(
      $states: [OfflineMessageState!]
      $from: Date
      $to: Date
      $text: String
      $departmentId: ID
      $providers: [String!]
      $first: Int = 20
      $after: String
    ) {
      offlineMessages(
        filter: {
          states: $states
          from: $from
          to: $to
          text: $text
          departmentId: $departmentId
          providers: $providers
        }
        first: $first
        after: $after
      ) {
        nodes {
          id
          provider { name }
          department { name }
          receivedAt
          receivedOn
          name
          email
          text
          delivery { state attempts lastError nextAttemptAt }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
}
