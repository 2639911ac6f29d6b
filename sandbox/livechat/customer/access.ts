import type { WireRequest } from '../../wire-server.ts'
import { ApiError } from '../api-error.ts'
import type { Licence } from '../store/licence.ts'
import type { Chat, Customer } from '../store/model.ts'
import type { Backend } from '../v3/method.ts'

/**
 * Authenticates customers by customer token and `organization_id`. Personal access tokens do not work here
 * (docs/providers/livechat.md 4). Throws validation, license_not_found or authentication.
 */
export function requireCustomer({ licence, tokens }: Backend): (request: WireRequest) => Customer {
  return ({ rawQuery, headers }) => {
    requireOrganization(licence, new URLSearchParams(rawQuery))
    const customer = tokens.customerOf(headers.authorization)
    if (!customer) throw new ApiError('authentication', 'Invalid access token')
    return customer
  }
}

/** Throws validation or license_not_found unless the query names the licence's organization. */
export function requireOrganization(licence: Licence, query: URLSearchParams): void {
  const organizationId = query.get('organization_id')
  if (!organizationId) throw new ApiError('validation', '`organization_id` is required')
  if (organizationId !== licence.organizationId) throw new ApiError('license_not_found', 'License not found')
}

/** The customer's own chat by its id. Throws not_found for the chats of others too. */
export function requireOwnChat(licence: Licence, customer: Customer, chatId: string): Chat {
  const chat = licence.chats.get(chatId)
  if (!chat?.users.some(({ id }) => id === customer.id)) throw new ApiError('not_found', 'Chat not found')
  return chat
}
