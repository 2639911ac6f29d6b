import type { CallContext } from '../../domain/adapter.ts'
import { ChatError } from '../../domain/errors.ts'
import type { MessageVisibility } from '../../domain/model.ts'
import type { Upload } from '../../upstream/upload-body.ts'
import { CREDENTIAL_NEEDED } from '../shared/errors.ts'
import { authorOf, findOwn } from '../shared/operator-agents.ts'
import type { ResponseFormat } from '../shared/response-format.ts'
import type { AccountTokens } from '../shared/visitor-token-owners.ts'
import {
  type Authorization,
  customerAuthorization,
  type OwnAgentAuthorization,
} from './auth/authorization.ts'
import type { LiveChatClient } from './client.ts'
import { hasErrorType } from './errors.ts'

/**
 * LiveChat's chats for one caller. An operator uses the agent API: the service account reads, and the operator's own agent
 * writes, else the service account. A visitor uses the customer API with its own token. Both APIs have the same chats,
 * threads and events.
 */
export interface RoomApi {
  readonly kind: 'agent' | 'customer'
  /** Which events the caller may see. */
  readonly view: MessageVisibility
  readonly call: CallContext
  /** The author of the writes, for ids and keys that make a repetition recognizable (`operator-agents.ts`). */
  readonly author: string
  /** Throws LiveChatError, UnreadableResponse or UpstreamError, as `write` does. */
  read<T>(action: string, body: unknown, format: ResponseFormat<T>): Promise<T>
  write<T>(action: string, body: unknown, format: ResponseFormat<T>): Promise<T>
  upload<T>(action: string, upload: Upload, format: ResponseFormat<T>): Promise<T>
}

export interface RoomApiOptions {
  readonly provider: string
  readonly client: LiveChatClient
  /** The service account; null if none is configured. */
  readonly agent: Authorization | null
  /** By operator. */
  readonly ownAgents: ReadonlyMap<string, OwnAgentAuthorization>
  readonly accountTokens: AccountTokens
}

/** Chooses the API of a caller. Throws UNAUTHENTICATED for a caller that has none. */
export function roomApiFor(
  call: CallContext,
  { provider, client, agent, ownAgents, accountTokens }: RoomApiOptions,
): RoomApi {
  const { caller } = call
  if (caller.role === 'VISITOR') return customerApi(caller.token, client, accountTokens, call)
  if (caller.role === 'OPERATOR' && agent !== null) {
    const writer = findOwn(ownAgents, call) ?? agent
    const author = authorOf(call, ownAgents)
    return createRoomApi({ kind: 'agent', author, reader: agent, writer }, client, call)
  }
  throw new ChatError('UNAUTHENTICATED', CREDENTIAL_NEEDED, { provider })
}

/** The customer API with one visitor's token. Each request may show that the token belongs to another account. */
export function customerApi(
  token: string,
  client: LiveChatClient,
  accountTokens: AccountTokens,
  call: CallContext,
): RoomApi {
  const customer = customerAuthorization(token)
  const author = call.caller.role
  const api = createRoomApi({ kind: 'customer', author, reader: customer, writer: customer }, client, call)
  const isTokenRejected = (error: unknown) => hasErrorType(error, 'authentication')
  const withToken = <T>(send: () => Promise<T>) =>
    accountTokens.runWithToken({ token, caller: call.caller }, send, isTokenRejected)
  return {
    ...api,
    read: (action, body, format) => withToken(() => api.read(action, body, format)),
    write: (action, body, format) => withToken(() => api.write(action, body, format)),
    upload: (action, upload, format) => withToken(() => api.upload(action, upload, format)),
  }
}

function createRoomApi(
  {
    kind,
    author,
    reader,
    writer,
  }: Pick<RoomApi, 'kind' | 'author'> & Readonly<Record<'reader' | 'writer', Authorization>>,
  client: LiveChatClient,
  call: CallContext,
): RoomApi {
  return {
    kind,
    view: kind === 'agent' ? 'AGENTS' : 'EVERYONE',
    call,
    author,
    read: (action, body, format) =>
      client.send({ api: kind, action, body, format, isReadOnly: true }, reader, call),
    write: (action, body, format) =>
      client.send({ api: kind, action, body, format, isReadOnly: false }, writer, call),
    upload: (action, upload, format) =>
      client.send({ api: kind, action, body: null, upload, format, isReadOnly: false }, writer, call),
  }
}
