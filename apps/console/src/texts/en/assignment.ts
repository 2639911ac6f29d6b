import { plural } from './general.ts'

/** Who serves a conversation, and the menu that changes it. */
export const assignment = {
  assigned: 'Assigned to',
  nobody: 'nobody',
  menu: 'Assign the conversation',
  search: 'Search agents and departments',
  direct: 'Directly',
  agents: 'Agents',
  departments: 'Departments',
  take: 'Take it myself',
  takeShort: 'Take',
  takeOver: 'Take over',
  serving: 'You serve it',
  asAgent: (name: string) => `as ${name}`,
  requeue: 'Back to the queue',
  current: 'now',
  load: (count: number, formatted: string) =>
    plural(count, { one: '1 conversation', other: `${formatted} conversations` }),
  loadOf: (active: string, most: string) => `${active} of ${most} conversations`,
  notAccepting: 'does not accept chats',
  nobodyOnline: 'nobody online',
  unnamedDepartment: 'Unnamed',
  loadingAgents: 'Loading agents…',
  noMatch: 'Nothing found.',
  notPossible: 'The provider does not say why.',
  noOwnAgent: 'You have no agent at this provider.',
  acceptAndTake: 'Accept chats and take it',
}
