import { LRUCache } from 'lru-cache'
import type { CallContext } from '../../../domain/adapter.ts'
import { type CachedRead, cached, FAILURE_TTL_MS } from '../../shared/cache.ts'
import type { ResponseFormat } from '../../shared/response-format.ts'
import { noAuthorization } from '../auth/authorization.ts'
import { parseGroupId } from '../chat-requests.ts'
import type { LiveChatClient } from '../client.ts'
import { configurationVersionResponse, preChatFormResponse, type WireForm } from './form-wire.ts'

const TTL_MS = 60_000
/** Accounts have fewer groups than this. */
const MAX_GROUPS = 200
const DEFAULT_GROUP = 0

/**
 * The pre-chat forms of an account's groups. get_form needs a customer's token, and before a conversation there is no customer;
 * get_configuration has the same form for everybody (docs/providers/livechat.md 20).
 */
export class PreChatForms {
  readonly #client: LiveChatClient
  readonly #formsByGroup = new LRUCache<number, CachedRead<[CallContext], WireForm | null>>({
    max: MAX_GROUPS,
  })

  constructor(client: LiveChatClient) {
    this.#client = client
  }

  /**
   * Reads the form of a department, else of the group that serves conversations without one; null if the group has none. Throws
   * LiveChatError, UnreadableResponse or UpstreamError.
   */
  async read(departmentId: string | null, call: CallContext): Promise<WireForm | null> {
    const groupId = departmentId === null ? DEFAULT_GROUP : parseGroupId(departmentId)
    return groupId === null ? null : this.#cachedRead(groupId)(call)
  }

  #cachedRead(groupId: number): CachedRead<[CallContext], WireForm | null> {
    const known = this.#formsByGroup.get(groupId)
    if (known) return known
    const read = cached(TTL_MS, (call: CallContext) => this.#readGroup(groupId, call), FAILURE_TTL_MS)
    this.#formsByGroup.set(groupId, read)
    return read
  }

  async #readGroup(groupId: number, call: CallContext): Promise<WireForm | null> {
    const group = { group_id: String(groupId) }
    const version = await this.#get('get_dynamic_configuration', group, configurationVersionResponse, call)
    return this.#get('get_configuration', { ...group, version }, preChatFormResponse, call)
  }

  #get<T>(
    action: string,
    query: Readonly<Record<string, string>>,
    format: ResponseFormat<T>,
    call: CallContext,
  ): Promise<T> {
    const request = {
      api: 'customer',
      method: 'GET',
      action,
      query,
      body: undefined,
      format,
      isReadOnly: true,
    } as const
    return this.#client.send(request, noAuthorization, call)
  }
}
