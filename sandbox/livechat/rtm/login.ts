import { chatSummary, viewOf } from '../agent/chat-views.ts'
import { agentSideCustomer } from '../agent/user-views.ts'
import { updateCustomer } from '../customer/self.ts'
import { activeThread, lastThread } from '../store/licence.ts'
import type { Chat, Customer } from '../store/model.ts'
import { customerStatistics } from '../store/statistics.ts'
import { flag, listOf, object, reader, shape, text } from '../v3/input.ts'
import type { Backend } from '../v3/method.ts'
import { personalData } from '../v3/personal-data.ts'
import { FRAME_VERSION } from './frames.ts'
import type { AgentEntrance } from './presence.ts'
import { type RtmAgent, type RtmSide, type RtmUser, userOf } from './users.ts'

/** What a login asks for. */
interface Login {
  readonly user: RtmUser
  /** The names of the wanted pushes; null stands for all. */
  readonly wanted: ReadonlySet<string> | null
  readonly entrance: AgentEntrance
}

interface LoginInput {
  readonly token: string
  readonly customer?: object
  readonly pushes?: Readonly<Record<string, readonly string[]>>
  readonly away?: boolean
  readonly reconnect?: boolean
}

/** Chats of an agent's login response. */
const MAX_CHATS = 100

const application = shape({ name: text, version: text, channel_type: text })
const pushes = { type: 'object', additionalProperties: listOf(text) }

const readAgentLogin = reader<LoginInput>(
  shape({
    'token!': text,
    timezone: text,
    reconnect: flag,
    away: flag,
    application,
    customer_monitoring_level: text,
    pushes,
  }),
)

const readCustomerLogin = reader<LoginInput>(
  shape({
    'token!': text,
    customer: object,
    customer_page: object,
    customer_side_storage: object,
    group_id: { type: 'integer' },
    referrer: text,
    is_mobile: flag,
    application,
    pushes,
  }),
)

/**
 * Reads a login (docs/providers/livechat.md 25.1), and takes over the customer's own data. Throws validation, authentication or authorization.
 */
export function readLogin(backend: Backend, side: RtmSide, payload: unknown): Login {
  const input = side === 'agent' ? readAgentLogin(payload) : readCustomerLogin(payload)
  const user = userOf(backend, side, input.token)
  if (user.side === 'customer' && input.customer) {
    updateCustomer.invoke(input.customer, user.customer, backend)
  }
  return {
    user,
    wanted: wantedPushes(input),
    entrance: { away: input.away ?? false, reconnect: input.reconnect ?? false },
  }
}

/** The response to a login. */
export function loginResponse(backend: Backend, user: RtmUser): object {
  return user.side === 'agent' ? agentLogin(backend, user) : customerLogin(backend, user.customer)
}

/** The payload of the push that follows an agent's login: the customers of active chats within reach. */
export function onlineCustomers({ licence }: Backend, { reaches }: RtmAgent): object {
  const ids = [...licence.chats.values()]
    .filter((chat) => activeThread(chat) && reaches(chat))
    .flatMap(({ users }) => users.filter(({ type }) => type === 'customer').map(({ id }) => id))
  const customers = [...licence.customers.values()].filter(({ id }) => ids.includes(id))
  return { customers: customers.map((customer) => agentSideCustomer(licence, customer)) }
}

// Without the argument, and with `all`, everything is pushed.
function wantedPushes({ pushes: given }: LoginInput): ReadonlySet<string> | null {
  if (!given) return null
  const names = given[FRAME_VERSION] ?? []
  return names.includes('all') ? null : new Set(names)
}

function agentLogin({ licence, switches }: Backend, { principal, reaches }: RtmAgent): object {
  const { agent } = principal
  const names = switches.chatFieldNames
  const chats = [...licence.chats.values()].filter(reaches).sort(newestFirst).slice(0, MAX_CHATS)
  return {
    license: {
      id: 1_234_567,
      organization_id: licence.organizationId,
      plan: 'business',
      expiration_timestamp: 1_893_456_000,
      creation_timestamp: 1_714_982_400,
      in_trial: false,
    },
    my_profile: {
      id: agent.id,
      type: 'agent',
      name: agent.name,
      email: agent.id,
      present: true,
      avatar: agent.avatar,
      routing_status: agent.routingStatus,
      permission: agent.role,
    },
    [names === '3.6' ? 'chats_summary' : 'chats_info']: chats.map((chat) =>
      chatSummary(viewOf(licence, agent), chat, names),
    ),
  }
}

function customerLogin({ licence }: Backend, customer: Customer): object {
  const chats = licence.chatsOf(customer.id)
  return {
    customer: {
      id: customer.id,
      type: 'customer',
      ...personalData(customer),
      statistics: customerStatistics(licence, customer),
    },
    has_active_thread: chats.some((chat) => activeThread(chat)),
    chats: chats.map((chat) => ({ chat_id: chat.id, has_unread_events: hasUnread(chat, customer) })),
  }
}

function hasUnread({ users, threads }: Chat, customer: Customer): boolean {
  const seenUpTo = users.find(({ id }) => id === customer.id)?.seenUpTo ?? 0
  return threads.some(({ events }) =>
    events.some(
      ({ createdAt, visibility, deleted }) => visibility === 'all' && !deleted && createdAt > seenUpTo,
    ),
  )
}

function newestFirst(a: Chat, b: Chat): number {
  return (lastThread(b)?.createdAt ?? b.createdAt) - (lastThread(a)?.createdAt ?? a.createdAt)
}
