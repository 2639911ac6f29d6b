import { DEPARTMENTS } from '../participants.ts'
import { agent, type Script, visitor } from '../script.ts'

/** Closed by the agent five days ago. */
export const solvedInvoice: Script = {
  visitor: 'priya',
  agent: 'ingrid',
  departmentId: DEPARTMENTS.orders._id,
  endedMinutesAgo: 5 * 24 * 60,
  steps: [
    visitor(10, 'Hi, I was charged twice for order #10291'),
    agent(45, 'Hello Priya, let me check.'),
    agent(
      120,
      'You are right: the first card payment was only reserved, it disappears by itself within 5 days.',
    ),
    visitor(60, 'Phew. So nothing to do for me?'),
    agent(20, 'Nothing at all.'),
    visitor(25, 'Great, thanks 🙌🏾'),
    { after: 30, event: 'closed', by: 'agent', comment: 'Double charge was a reservation' },
  ],
}

/** Left by the visitor yesterday. */
export const leftEarly: Script = {
  visitor: 'tom',
  agent: 'mateo',
  endedMinutesAgo: 26 * 60,
  steps: [
    visitor(12, 'Habt ihr auch koffeinfreien Kaffee?'),
    agent(300, 'Hallo Tom! Ja, den „Decaf Huila“, gerade frisch geröstet.'),
    visitor(15, 'Schon gefunden, danke 👋'),
    { after: 8, event: 'closed', by: 'visitor', comment: 'Closed by visitor' },
  ],
}
