import type { z } from 'zod'
import type { Batch, CallContext } from '../../../domain/adapter.ts'
import type { Department } from '../../../domain/model.ts'
import { cached, FAILURE_TTL_MS } from '../../shared/cache.ts'
import type { RocketChatClient } from '../client.ts'
import { configResponse } from '../wire.ts'

/** The departments of a server as somebody sees them. */
export interface DepartmentDirectory {
  list(call: CallContext): Promise<readonly Department[]>
  getByIds(ids: readonly string[], call: CallContext): Promise<Batch<Department>>
}

/** Asks for what a server shows to everybody (docs/providers/rocketchat.md 4.5). */
export type ReadPublicConfig = (call: CallContext) => Promise<z.infer<typeof configResponse>['config']>

/** How long the configuration is taken to be as it was: who is nobody may ask, and must not spend the calls. */
const LIFETIME_MS = 60_000

/** The livechat configuration, asked for once a minute, whoever wants to know. */
export function createPublicConfigReader(client: RocketChatClient): ReadPublicConfig {
  const request = { method: 'GET', route: '/api/v1/livechat/config' } as const
  const read: ReadPublicConfig = async (call) => (await client.send(request, configResponse, call)).config
  return cached(LIFETIME_MS, read, FAILURE_TTL_MS)
}

/** The departments that the configuration shows. */
export function createPublicDepartments(read: ReadPublicConfig, provider: string): DepartmentDirectory {
  const list = async (call: CallContext): Promise<readonly Department[]> => {
    const { departments, online } = await read(call)
    return departments.map(({ _id, name }) => ({
      type: 'Department',
      provider,
      nativeId: _id,
      name: name ?? null,
      // The configuration tells whether anybody is online, not in which department: nobody is nobody anywhere.
      online: online === false ? false : null,
    }))
  }
  return {
    list,
    async getByIds(ids, call) {
      const byId = new Map((await list(call)).map((department) => [department.nativeId, department]))
      return ids.map((id) => byId.get(id) ?? null)
    },
  }
}
