import type { z } from 'zod'
import type { Call } from '../../chat/adapter.ts'
import type { Department } from '../../chat/model.ts'
import { FAILURE_MS, recently } from '../recently.ts'
import { detached } from '../request-options.ts'
import type { AccountTokens } from '../visitor-token-owners.ts'
import type { AgentAuthorization } from './authorization.ts'
import { visitorSide } from './side.ts'
import type { V3Client } from './v3-client.ts'
import type { Visitors } from './visitors.ts'
import { agents, groupStatuses, groups } from './wire.ts'

/** How long a whole set of groups, agents or statuses is taken to be as it was. */
const LIFETIME_MS = 60_000

/** With which credentials a licence is looked into. */
export interface DirectoryOptions {
  readonly provider: string
  readonly client: V3Client
  readonly agent: AgentAuthorization | null
  readonly organizationId: string | null
  /** Null where no visitor can be made. */
  readonly visitors: Pick<Visitors, 'newToken'> | null
  readonly accountTokens: AccountTokens
}

/**
 * Who and what there is in the licence: whole sets, which LiveChat gives without paging
 * (docs/providers/livechat.md 8).
 */
export class Directory {
  readonly #options: DirectoryOptions
  readonly #groups: (call: Call) => Promise<ReadonlyMap<string, string | null>>
  readonly #agents: (call: Call) => Promise<ReadonlyMap<string, string>>
  readonly #statuses: (call: Call, token: string) => Promise<ReadonlyMap<string, boolean | null>>
  readonly #statusesForAll: (call: Call) => Promise<ReadonlyMap<string, boolean | null>>
  /** A visitor of the gateway's own, who only looks whether somebody is there. */
  #onlooker: string | null = null

  constructor(options: DirectoryOptions) {
    this.#options = options
    this.#groups = recently(
      LIFETIME_MS,
      async (call) => {
        const read = await this.#configuration('list_groups', groups, call)
        return new Map(read.map(({ id, name }) => [String(id), name ?? null]))
      },
      FAILURE_MS,
    )
    this.#agents = recently(LIFETIME_MS, async (call) => {
      const read = await this.#configuration('list_agents', agents, call)
      return new Map(read.flatMap(({ id, account_id }) => (account_id ? [[account_id, id] as const] : [])))
    })
    this.#statuses = recently(LIFETIME_MS, async (call, token) => {
      const side = visitorSide(token, options.client, options.accountTokens, call)
      const { groups_status } = await side.read('list_group_statuses', { all: true }, groupStatuses)
      return new Map(
        Object.entries(groups_status).map(([id, status]) => [id, status ? status !== 'offline' : null]),
      )
    })
    this.#statusesForAll = recently(LIFETIME_MS, (call) => this.#lookOn(call))
  }

  /**
   * The groups. Their names are read with the configured credential; whether somebody is there is told by a
   * customer-side call only: with the visitor's own token, and to everybody else where a visitor can be made.
   */
  async departments(call: Call): Promise<readonly Department[]> {
    const [names, online] = await Promise.all([this.#groups(call), this.#online(call)])
    const ids = new Set([...names.keys(), ...online.keys()])
    return [...ids].map((nativeId) => ({
      type: 'Department',
      provider: this.#options.provider,
      nativeId,
      name: names.get(nativeId) ?? null,
      online: online.get(nativeId) ?? null,
    }))
  }

  /** Whether anybody is there in any group: true where one is, false where none is, null where nobody tells. */
  async isOnline(call: Call): Promise<boolean | null> {
    const told = [...(await this.#online(call)).values()]
    if (told.includes(true)) return true
    return told.length > 0 && !told.includes(null) ? false : null
  }

  /** The agent id (an e-mail address) of the configured account; null where it cannot be found out. */
  async ownAgentId(call: Call): Promise<string | null> {
    const accountId = (await this.#options.agent?.accountId(call)) ?? null
    return accountId === null ? null : ((await this.#agents(call)).get(accountId) ?? null)
  }

  async #online({ caller, ...call }: Call): Promise<ReadonlyMap<string, boolean | null>> {
    if (this.#options.organizationId === null) return new Map()
    if (caller.role !== 'VISITOR') return this.#statusesForAll({ caller, ...call })
    // Whoever asks for departments names no room, and may be another provider's visitor: not a token to pass on.
    if (!this.#options.accountTokens.isOwn(caller.token)) return new Map()
    return this.#statuses({ caller, ...call }, caller.token)
  }

  /** What a visitor of ours is told; nothing where none can be made, or its token has expired: the next is new. */
  async #lookOn(asked: Call): Promise<ReadonlyMap<string, boolean | null>> {
    const { visitors } = this.#options
    if (visitors === null) return new Map()
    // The answer is for all who ask within its lifetime.
    const call = detached(asked)
    try {
      this.#onlooker ??= await visitors.newToken(call)
      return await this.#statuses(call, this.#onlooker)
    } catch {
      this.#onlooker = null
      return new Map()
    }
  }

  /** A whole set; empty where there is no credential to read it with. */
  async #configuration<T>(action: string, answer: z.ZodType<readonly T[]>, call: Call) {
    const { agent, client } = this.#options
    if (agent === null) return []
    return client.send({ api: 'configuration', action, body: {}, answer, reads: true }, agent, call)
  }
}
