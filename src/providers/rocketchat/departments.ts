import type { Batch, Call } from '../../chat/adapter.ts'
import type { Department } from '../../chat/model.ts'
import { FAILURE_MS, recently } from '../recently.ts'
import type { RocketChatClient } from './client.ts'
import { configAnswer } from './wire.ts'

/** The departments of a server as somebody sees them. */
export interface Departments {
  list(call: Call): Promise<readonly Department[]>
  byIds(ids: readonly string[], call: Call): Promise<Batch<Department>>
}

/** How long the configuration is taken to be as it was: who is nobody may ask, and must not spend the calls. */
const LIFETIME_MS = 60_000

/** The departments that the livechat configuration shows to everybody (rocketchat.md 4.5), asked for once a minute. */
export function publicDepartments(client: RocketChatClient, provider: string): Departments {
  const list = recently(
    LIFETIME_MS,
    async (call: Call): Promise<readonly Department[]> => {
      const request = { method: 'GET', route: '/api/v1/livechat/config' } as const
      const { config } = await client.send(request, configAnswer, call)
      return config.departments.map(({ _id, name }) => ({
        type: 'Department',
        provider,
        nativeId: _id,
        name: name ?? null,
        // The configuration tells whether anybody is online, not in which department: nobody is nobody anywhere.
        online: config.online === false ? false : null,
      }))
    },
    FAILURE_MS,
  )
  return {
    list,
    async byIds(ids, call) {
      const byId = new Map((await list(call)).map((department) => [department.nativeId, department]))
      return ids.map((id) => byId.get(id) ?? null)
    },
  }
}
