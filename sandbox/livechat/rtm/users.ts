import { chatReach } from '../agent/access.ts'
import { ApiError } from '../api-error.ts'
import type { Chat, Customer } from '../store/model.ts'
import type { AgentPrincipal } from '../token-store.ts'
import type { Backend } from '../v3/method.ts'

/** The two kinds of RTM connections. */
export type RtmSide = 'agent' | 'customer'

/** An agent that is logged in on a connection. */
export interface RtmAgent {
  readonly side: 'agent'
  readonly principal: AgentPrincipal
  /** The token with its scheme, as it was sent. */
  readonly authorization: string
  readonly reaches: (chat: Chat) => boolean
}

/** A customer that is logged in on a connection. */
export interface RtmCustomer {
  readonly side: 'customer'
  readonly customer: Customer
  readonly authorization: string
}

/** Who is logged in on a connection. */
export type RtmUser = RtmAgent | RtmCustomer

/**
 * The user of a token with its scheme. Throws authentication for a token that is unknown or expired, and authorization for one
 * without a scope for chats. Whether a missing scope refuses the login is not stated (docs/providers/livechat.md 25.1).
 */
export function userOf({ tokens, switches }: Backend, side: RtmSide, authorization: string): RtmUser {
  if (side === 'customer') {
    const customer = tokens.customerOf(authorization)
    if (!customer) throw new ApiError('authentication', 'Invalid access token')
    return { side, customer, authorization }
  }
  const principal = tokens.agentOf(authorization)
  if (!principal || (principal.kind === 'pat' && !switches.rtmTakesPersonalTokens)) {
    throw new ApiError('authentication', 'Invalid access token')
  }
  return { side, principal, authorization, reaches: chatReach(principal, 'ro') }
}

/** The id of a user on its own side. */
export function userId(user: RtmUser): string {
  return user.side === 'agent' ? user.principal.agent.id : user.customer.id
}

/** True while the token of a user is neither expired nor revoked. */
export function hasValidToken({ tokens }: Backend, { side, authorization }: RtmUser): boolean {
  const found = side === 'agent' ? tokens.agentOf(authorization) : tokens.customerOf(authorization)
  return found !== null
}
