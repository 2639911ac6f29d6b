import { seededId } from '../ids.ts'
import type { NewAgent, NewDepartment } from '../workspace/agents.ts'
import type { VisitorInput } from '../workspace/visitors.ts'

/** The support team of a small coffee roastery, by the name that the conversations use. */
export const AGENTS = {
  ingrid: agent('Ingrid Solberg', {
    status: 'online',
    roles: ['user', 'livechat-agent', 'livechat-manager'],
  }),
  mateo: agent('Mateo Álvarez', { username: 'mateo.alvarez', status: 'online' }),
  yuki: agent('Yuki Tanaka', { status: 'busy' }),
  grace: agent('Grace Okafor', { status: 'offline', statusLivechat: 'not-available' }),
  bot: agent('Order Bot', { username: 'order.bot', status: 'online', roles: ['user', 'bot'] }),
} as const satisfies Record<string, NewAgent & { readonly _id: string }>

/** The key of an agent. */
export type AgentKey = keyof typeof AGENTS

const { ingrid, mateo, yuki, grace } = AGENTS

export const DEPARTMENTS = {
  orders: department('Orders', 'Parcels, invoices, returns', 'orders@roastery.example', [ingrid, mateo]),
  machines: department('Machines', 'Espresso machines and grinders', 'machines@roastery.example', [
    mateo,
    yuki,
  ]),
  wholesale: department('Wholesale', 'Cafés and offices', '', [grace]),
} as const

export const VISITORS = {
  mara: visitor('Mara Lindqvist', 'mara@example.com', { department: DEPARTMENTS.orders._id }),
  omar: visitor('عمر حداد', 'omar@example.net'),
  noa: visitor('נועה בן־דוד', 'noa@example.org'),
  kenji: visitor('Kenji Watanabe', 'kenji@example.jp', {
    department: DEPARTMENTS.machines._id,
    phone: '+81 3 1234 5678',
  }),
  lucia: visitor('Lucía Fernández', 'lucia@example.es'),
  priya: visitor('Priya Raman', 'priya@example.in', { phone: '+91 98765 43210' }),
  tom: visitor('Tom Becker', 'tom@example.de'),
} as const satisfies Record<string, VisitorInput>

/** The key of a visitor. */
export type VisitorKey = keyof typeof VISITORS

function agent(name: string, rest: Partial<NewAgent>): NewAgent & { readonly _id: string } {
  return { _id: seededId(`agent ${name}`), name, ...rest }
}

function department(
  name: string,
  description: string,
  email: string,
  members: readonly { readonly _id: string }[],
): NewDepartment & { readonly _id: string } {
  return {
    _id: seededId(`department ${name}`),
    name,
    description,
    email,
    agentIds: members.map(({ _id }) => _id),
  }
}

function visitor(name: string, email: string, rest: { department?: string; phone?: string } = {}) {
  return { token: seededId(`token ${name}`), _id: seededId(`visitor ${name}`), name, email, ...rest }
}
