/** Whether the operator accepts chats. */
export const status = {
  title: 'Accept new chats',
  summaries: { available: 'Accepting chats', partly: 'Partly accepting', away: 'Not accepting' },
  asAgent: (name: string, isAccepting: boolean) =>
    isAccepting ? `${name} accepts chats` : `${name} accepts no new chats`,
  cannotChange: 'This provider does not let you change it here.',
}
