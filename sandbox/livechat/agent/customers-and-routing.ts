import { ApiError, unprocessable } from '../api-error.ts'
import { changeRoutingStatus, servesGroup } from '../store/routing.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { listOf, oneOf, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { requireScope } from './access.ts'
import { agentSideCustomer } from './user-views.ts'

/**
 * One customer with the ids of their chats; there is no list of customers in 3.6
 * (docs/providers/livechat.md 3.2).
 */
export const getCustomer = method(
  'get_customer',
  shape({ 'id!': text }),
  (input: { id: string }, caller: AgentPrincipal, { licence }) => {
    requireScope(caller, 'customers:ro')
    const customer = licence.customers.get(input.id)
    if (!customer) throw new ApiError('not_found', 'Customer not found')
    const chatIds = licence.chatsOf(customer.id).map(({ id }) => id)
    return { ...agentSideCustomer(licence, customer), ...(chatIds.length > 0 && { chat_ids: chatIds }) }
  },
)

interface UpdateInput {
  readonly id: string
  readonly name?: string
  readonly email?: string
  readonly avatar?: string
  readonly phone_number?: string
}

/** Changes a customer's data. Only agents can set the phone number, in E.164 (docs/providers/livechat.md 19). */
export const updateCustomer = method(
  'update_customer',
  shape({ 'id!': text, name: text, email: text, avatar: text, phone_number: text }),
  ({ id, phone_number, ...fields }: UpdateInput, caller: AgentPrincipal, { licence }): void => {
    requireScope(caller, 'customers:rw')
    const customer = licence.customers.get(id)
    if (!customer) throw new ApiError('not_found', 'Customer not found')
    if (phone_number === undefined && Object.keys(fields).length === 0) {
      throw new ApiError('validation', 'At least one parameter is required')
    }
    if (phone_number !== undefined && !/^\+[1-9]\d{1,14}$/.test(phone_number)) {
      throw new ApiError('validation', '`phone_number` must be in E.164 format')
    }
    Object.assign(customer, fields, phone_number === undefined ? {} : { phoneNumber: phone_number })
  },
)

/** Every agent's routing status as a bare array, of some groups if asked (docs/providers/livechat.md 3.2). */
export const listRoutingStatuses = method(
  'list_routing_statuses',
  shape({ filters: shape({ group_ids: listOf({ type: 'integer' }) }) }),
  (input: { filters?: { group_ids?: readonly number[] } }, caller: AgentPrincipal, { licence }) => {
    requireScope(caller, 'agents--all:ro')
    requireScope(caller, 'agents-bot--all:ro')
    const groupIds = input.filters?.group_ids
    return [...licence.agents.values()]
      .filter((agent) => !groupIds || servesGroup(agent, groupIds))
      .map(({ id, routingStatus }) => ({ agent_id: id, status: routingStatus }))
  },
)

/**
 * Sets the routing status of the token's agent, or of another. Agents who are offline have no session that could have a status
 * (docs/providers/livechat.md 13).
 */
export const setRoutingStatus = method(
  'set_routing_status',
  shape({ 'status!': oneOf('accepting_chats', 'not_accepting_chats'), agent_id: text }),
  (
    { status, agent_id }: { status: 'accepting_chats' | 'not_accepting_chats'; agent_id?: string },
    caller: AgentPrincipal,
    { licence },
  ): void => {
    const isOwn = agent_id === undefined || agent_id === caller.agent.id
    requireScope(caller, isOwn ? 'agents--my:rw' : 'agents--all:rw')
    const agent = licence.agents.get(agent_id ?? caller.agent.id)
    if (!agent) throw unprocessable('agent_id not found')
    if (agent.routingStatus === 'offline') throw new ApiError('agent_offline', 'Agent is offline')
    changeRoutingStatus(licence, agent, status)
  },
)
