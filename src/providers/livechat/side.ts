import type { z } from 'zod'
import type { Call } from '../../chat/adapter.ts'
import { ChatError } from '../../chat/errors.ts'
import type { MessageVisibility } from '../../chat/model.ts'
import { type Authorization, visitorAuthorization } from './authorization.ts'
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
}

/** The side of whoever calls. Throws UNAUTHENTICATED for a caller who has none. */
export function sideOf(call: Call, { provider, client, agent }: SideOptions): Side {
  const { caller } = call
  if (caller.role === 'VISITOR') return visitorSide(caller.token, client, call)
  if (caller.role === 'OPERATOR' && agent !== null) return sideWith('agent', agent, client, call)
  throw new ChatError('UNAUTHENTICATED', 'This needs a visitor’s token or an operator’s key.', { provider })
}

/** The customer side of one visitor's token. */
export function visitorSide(token: string, client: V3Client, call: Call): Side {
  return sideWith('customer', visitorAuthorization(token), client, call)
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
