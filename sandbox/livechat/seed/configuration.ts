import type { Licence } from '../store/licence.ts'
import type { Agent, AgentRole, Form, Group, RoutingStatus } from '../store/model.ts'
import { timestampOf } from '../store/timestamps.ts'

/** The agents apart from the configured one. */
export const AGENTS = {
  ada: 'ada.kowalska@switchboard.test',
  ben: 'ben.osei@switchboard.test',
  chiyo: 'chiyo.tanaka@switchboard.test',
  dora: 'dora.lind@switchboard.test',
} as const

const GROUPS: readonly Group[] = [
  { id: 0, name: 'General', languageCode: 'en' },
  { id: 1, name: 'Technical support', languageCode: 'en' },
  { id: 2, name: 'Orders', languageCode: 'en' },
  { id: 3, name: 'Billing', languageCode: 'en' },
]

/** The questions that the seeded chats answer (script.ts). */
const GENERAL_FORM: Form = {
  id: '1473433500211',
  fields: [
    { type: 'header', label: 'Welcome! Please fill in the form below before the chat.' },
    { id: '154417206262603539', type: 'name', label: 'Your name', required: true },
    { id: '154417206262601584', type: 'email', label: 'Your email' },
    {
      id: '154417206262602571',
      type: 'radio',
      label: 'Chat purpose',
      options: [
        { id: '0', label: 'Sales' },
        { id: '1', label: 'Support' },
      ],
    },
    {
      id: '154417206262604640',
      type: 'checkbox',
      label: 'Contact me by',
      options: [
        { id: '0', label: 'e-mail' },
        { id: '1', label: 'phone' },
      ],
    },
  ],
}
const ORDERS_FORM: Form = {
  id: '1473433500212',
  fields: [
    { id: '154417206262603540', type: 'name', label: 'Your name', required: true },
    { id: '154417206262605001', type: 'question', label: 'Order number' },
  ],
}
const FORMS: readonly (readonly [groupId: number, form: Form])[] = [
  [0, GENERAL_FORM],
  [1, GENERAL_FORM],
  [2, ORDERS_FORM],
]

const TAGS = ['support', 'sales', 'complaint', 'refund', 'vip', 'positive feedback', 'spam']

const FOUNDED = timestampOf(Date.parse('2024-05-06T08:00:00Z'))

/** Creates the groups (the classic skills), agents and tags of the licence, without customers. */
export function seedConfiguration(licence: Licence, login: string, accountId: string): void {
  for (const group of GROUPS) licence.groups.set(group.id, group)
  for (const [groupId, form] of FORMS) licence.preChatForms.set(groupId, form)
  licence.addAgent({
    ...person(login, 'Robin Hale', 'Head of support', 'owner', [0, 1, 2, 3]),
    maxChats: 20,
    accountId,
  })
  licence.addAgent(person(AGENTS.ada, 'Ada Kowalska', 'Support hero', 'administrator', [0, 1, 2]))
  licence.addAgent(person(AGENTS.ben, 'Ben Osei', 'Support agent', 'normal', [1, 2]))
  licence.addAgent(person(AGENTS.chiyo, '田中 千代', 'Billing', 'normal', [3], 'not_accepting_chats'))
  licence.addAgent(person(AGENTS.dora, 'Dora Lind 🌙', 'Night shift', 'normal', [0], 'offline'))
  for (const name of TAGS) {
    const groupIds = name === 'refund' ? [2, 3] : [0]
    licence.tags.push({ name, groupIds, authorId: login, createdAt: FOUNDED })
  }
}

function person(
  id: string,
  name: string,
  jobTitle: string,
  role: AgentRole,
  groupIds: readonly number[],
  routingStatus: RoutingStatus = 'accepting_chats',
): Omit<Agent, 'accountId' | 'customerSideId'> {
  const avatar = `https://cdn.livechat-static.com/avatars/${id.split('@')[0]}.png`
  return { id, name, jobTitle, role, groupIds, routingStatus, avatar, maxChats: 5 }
}
