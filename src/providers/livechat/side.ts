import type { z } from 'zod'
import type { Call } from '../../chat/adapter.ts'
import { ChatError } from '../../chat/errors.ts'
import type { MessageVisibility } from '../../chat/model.ts'
import type { AccountTokens } from '../visitor-token-owners.ts'
import { type Authorization, visitorAuthorization } from './authorization.ts'
import { isRefusedFor } from './refusal.ts'
import type { V3Client } from './v3-client.ts'

/**
 * The chats as one caller reaches them: an operator through the agent API with the configured credential, a
 * visitor through the customer API with its own token. Both speak of chats, threads and events alike.
 */
export interface Side {
  readonly api: 'agent' | 'customer'
  /** Which events the caller may see. */
  readonly view: MessageVisibility
  readonly call: Call
  /** Throws LiveChatRefusal, UnreadableAnswer or UpstreamError, as `write` does. */
  read<T extends z.ZodType>(action: string, body: unknown, answer: T): Promise<z.output<T>>
  write<T extends z.ZodType>(action: string, body: unknown, answer: T): Promise<z.output<T>>
}

/** What the sides of one licence are made of. */
export interface SideOptions {
  readonly provider: string
  readonly client: V3Client
  /** Null where no agent-side credential is configured. */
  readonly agent: Authorization | null
  readonly accountTokens: AccountTokens
}

/** The side of whoever calls. Throws UNAUTHENTICATED for a caller who has none. */
export function sideOf(call: Call, { provider, client, agent, accountTokens }: SideOptions): Side {
  const { caller } = call
  if (caller.role === 'VISITOR') return visitorSide(caller.token, client, accountTokens, call)
  if (caller.role === 'OPERATOR' && agent !== null) return sideWith('agent', agent, client, call)
  throw new ChatError('UNAUTHENTICATED', 'This needs a visitor’s token or an operator’s key.', { provider })
}

/** The customer side of one visitor's token, which may turn out to be another account's with each call. */
export function visitorSide(token: string, client: V3Client, accountTokens: AccountTokens, call: Call): Side {
  const side = sideWith('customer', visitorAuthorization(token), client, call)
  const isRefusal = (error: unknown) => isRefusedFor(error, 'authentication')
  return {
    ...side,
    read: (action, body, answer) =>
      accountTokens.present(token, () => side.read(action, body, answer), isRefusal),
    write: (action, body, answer) =>
      accountTokens.present(token, () => side.write(action, body, answer), isRefusal),
  }
}

function sideWith(api: Side['api'], as: Authorization, client: V3Client, call: Call): Side {
  return {
    api,
    view: api === 'agent' ? 'AGENTS' : 'EVERYONE',
    call,
    read: (action, body, answer) => client.send({ api, action, body, answer, reads: true }, as, call),
    write: (action, body, answer) => client.send({ api, action, body, answer, reads: false }, as, call),
  }
}
