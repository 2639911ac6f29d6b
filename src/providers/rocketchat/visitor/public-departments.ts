import type { Batch, CallContext } from '../../../domain/adapter.ts'
import type { Department } from '../../../domain/model.ts'
import { cached, FAILURE_TTL_MS } from '../../shared/cache.ts'
import type { RocketChatClient } from '../client.ts'
import { configResponse, type PublicConfig } from '../wire.ts'

/** The departments of a server that one kind of caller may see. */
export interface DepartmentDirectory {
  list(call: CallContext): Promise<readonly Department[]>
  getByIds(ids: readonly string[], call: CallContext): Promise<Batch<Department>>
}

/** Reads the livechat configuration, which is public (docs/providers/rocketchat.md 4.5). */
export type ReadPublicConfig = (call: CallContext) => Promise<PublicConfig>

const CACHE_TTL_MS = 60_000

/** Creates a reader that sends one request a minute: anonymous callers must not use up the rate limit. */
export function createPublicConfigReader(client: RocketChatClient): ReadPublicConfig {
  const request = { method: 'GET', route: '/api/v1/livechat/config' } as const
  const read: ReadPublicConfig = (call) => client.send(request, configResponse, call)
  return cached(CACHE_TTL_MS, read, FAILURE_TTL_MS)
}

/** Creates the directory of the departments in the public configuration. */
export function createPublicDepartments(readConfig: ReadPublicConfig, provider: string): DepartmentDirectory {
  const list = async (call: CallContext): Promise<readonly Department[]> => {
    const { departments } = await readConfig(call)
    return departments.map(({ _id, name }) => ({ type: 'Department', provider, nativeId: _id, name }))
  }
  return {
    list,
    async getByIds(ids, call) {
      const byId = new Map((await list(call)).map((department) => [department.nativeId, department]))
      return ids.map((id) => byId.get(id) ?? null)
    },
  }
}
