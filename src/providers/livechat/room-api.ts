import type { z } from 'zod'
import type { CallContext } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'
import type { MessageVisibility } from '../../domain/model.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import { hasErrorType } from './api-error.ts'
import { type Authorization, customerAuthorization } from './auth/authorization.ts'
import type { LiveChatClient } from './client.ts'

/**
 * The chats as one caller reaches them: an operator through the agent API with the configured credential, a
 * visitor through the customer API with its own token. Both speak of chats, threads and events alike.
 */
export interface RoomApi {
  readonly kind: 'agent' | 'customer'
  /** Which events the caller may see. */
  readonly view: MessageVisibility
  readonly call: CallContext
  /** Throws LiveChatRefusal, UnreadableAnswer or UpstreamError, as `write` does. */
  read<T extends z.ZodType>(action: string, body: unknown, answer: T): Promise<z.output<T>>
  write<T extends z.ZodType>(action: string, body: unknown, answer: T): Promise<z.output<T>>
}

/** What the sides of one licence are made of. */
export interface RoomApiOptions {
  readonly provider: string
  readonly client: LiveChatClient
  /** Null where no agent-side credential is configured. */
  readonly agent: Authorization | null
  readonly accountTokens: AccountTokens
}

/** The side of whoever calls. Throws UNAUTHENTICATED for a caller who has none. */
export function roomApiFor(
  call: CallContext,
  { provider, client, agent, accountTokens }: RoomApiOptions,
): RoomApi {
  const { caller } = call
  if (caller.role === 'VISITOR') return customerApi(caller.token, client, accountTokens, call)
  if (caller.role === 'OPERATOR' && agent !== null) return createRoomApi('agent', agent, client, call)
  throw new ChatError('UNAUTHENTICATED', 'This needs a visitor’s token or an operator’s key.', { provider })
}

/** The customer side of one visitor's token, which may turn out to be another account's with each call. */
export function customerApi(
  token: string,
  client: LiveChatClient,
  accountTokens: AccountTokens,
  call: CallContext,
): RoomApi {
  const side = createRoomApi('customer', customerAuthorization(token), client, call)
  const isRefusal = (error: unknown) => hasErrorType(error, 'authentication')
  return {
    ...side,
    read: (action, body, answer) =>
      accountTokens.runWithToken(token, () => side.read(action, body, answer), isRefusal),
    write: (action, body, answer) =>
      accountTokens.runWithToken(token, () => side.write(action, body, answer), isRefusal),
  }
}

function createRoomApi(
  api: RoomApi['kind'],
  as: Authorization,
  client: LiveChatClient,
  call: CallContext,
): RoomApi {
  return {
    kind: api,
    view: api === 'agent' ? 'AGENTS' : 'EVERYONE',
    call,
    read: (action, body, answer) =>
      client.send({ api, action, body, response: answer, isReadOnly: true }, as, call),
    write: (action, body, answer) =>
      client.send({ api, action, body, response: answer, isReadOnly: false }, as, call),
  }
}
