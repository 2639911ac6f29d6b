import type { Call } from '../../chat/adapter.ts'
import type { Department } from '../../chat/model.ts'
import type { RocketChatClient } from './client.ts'
import { configAnswer } from './wire.ts'

/** The departments that the livechat configuration shows to everybody (rocketchat.md 4.5). */
export async function listPublicDepartments(
  client: RocketChatClient,
  provider: string,
  call: Call,
): Promise<readonly Department[]> {
  const request = { method: 'GET', route: '/api/v1/livechat/config' } as const
  const { config } = await client.send(request, configAnswer, call)
  return config.departments.map(({ _id, name }) => ({
    type: 'Department',
    provider,
    nativeId: _id,
    name: name ?? null,
    // The configuration tells whether anybody is online, not in which department.
    online: null,
  }))
}
