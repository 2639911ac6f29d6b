import { readsFacts, type Tool } from './tool.ts'

/** Reads the numbers of all providers and departments. */
export const getStatistics: Tool = {
  title: 'Get statistics',
  description:
    'Counts rooms and agents, and measures waits, for each provider (`department` is null) and then for each of its departments: queued, open, on hold and closed rooms, agents that accept rooms, waits and first responses in milliseconds, offline messages that wait. Use it instead of counting rooms one by one. Costs a few calls per provider.',
  permission: 'READ',
  hints: readsFacts,
  document: /* GraphQL */ `
    query get_statistics($from: DateTime, $to: DateTime, $providers: [String!]) {
      statistics(from: $from, to: $to, providers: $providers) {
        provider { name }
        department { id name }
        queued
        open
        onHold
        closed
        agentsAccepting
        longestWaitMs
        medianWaitMs
        medianFirstResponseMs
        offlineMessagesWaiting
      }
    }
  `,
}
