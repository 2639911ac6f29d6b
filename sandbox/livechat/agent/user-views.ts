import type { Licence } from '../store/licence.ts'
import { activeThread } from '../store/licence.ts'
import type { Chat, ChatUser, Customer } from '../store/model.ts'
import { customerStatistics, lastMessageAt } from '../store/statistics.ts'
import { formatTimestamp } from '../store/timestamps.ts'
import { personalData } from '../v3/personal-data.ts'

/** A user of a chat as agents see them (docs/providers/livechat.md 9). */
export function agentSideUser(licence: Licence, chat: Chat, user: ChatUser): object {
  const seen = user.seenUpTo === null ? {} : { events_seen_up_to: formatTimestamp(user.seenUpTo) }
  if (user.type === 'customer') {
    const customer = licence.customers.get(user.id)
    const spoke = [
      ['agent_last_event_created_at', lastMessageAt(chat, 'agent')],
      ['customer_last_event_created_at', lastMessageAt(chat, 'customer')],
    ] as const
    return {
      ...(customer ? agentSideCustomer(licence, customer) : { id: user.id, type: 'customer' }),
      present: user.present,
      ...seen,
      ...Object.fromEntries(spoke.flatMap(([name, at]) => (at ? [[name, formatTimestamp(at)]] : []))),
    }
  }
  const agent = licence.agents.get(user.id)
  return {
    id: user.id,
    type: 'agent',
    name: agent?.name ?? user.id,
    email: user.id,
    avatar: agent?.avatar ?? '',
    present: user.present,
    visibility: user.visibility,
    ...seen,
  }
}

/** A customer as agents see them; what was never set is absent. */
export function agentSideCustomer(licence: Licence, customer: Customer): object {
  const online = licence.chatsOf(customer.id).some((chat) => activeThread(chat))
  return {
    id: customer.id,
    type: 'customer',
    ...personalData(customer),
    created_at: formatTimestamp(customer.createdAt),
    statistics: customerStatistics(licence, customer),
    visit: {
      started_at: formatTimestamp(customer.createdAt),
      ip: '203.0.113.7',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
      geolocation: {
        country: customer.country,
        country_code: customer.countryCode,
        city: customer.city,
        timezone: customer.timeZone,
      },
      last_pages: [],
    },
    online,
    state: online ? 'chatting' : 'browsing',
    group_ids: [0],
    ...(customer.tickets.length > 0 && {
      tickets: customer.tickets.map(({ ticketId, createdAt }) => ({
        ticket_id: ticketId,
        created_at: formatTimestamp(createdAt),
      })),
    }),
  }
}
