import { expect, it } from 'vitest'
import { asAnonymous, asOperator, createTestGateway } from '../support/test-gateway.ts'
import { openRecipe, UNSUPPORTED } from './support/recipe.ts'
import { roomId } from './support/recipe-gateway.ts'

it('a LiveChat account without an OAuth app starts no rooms, and is not called', async () => {
  const gateway = await createTestGateway({ as: 'agents' })
  const started = await openRecipe('A returning visitor', gateway, []).send('Start', asAnonymous, {
    provider: 'livechat',
    'random UUID': '0b7cf7ac-1a43-4f12-9d0b-3d9cbe7f4c11',
  })
  expect(started.data).toMatchObject({ startRoom: UNSUPPORTED })
  expect(gateway.liveChat.calls).toEqual([])
})

it('a Rocket.Chat that assigns rooms itself puts none back into the queue', async () => {
  const gateway = await createTestGateway({
    as: 'agents',
    rocketChat: { settings: { Livechat_Routing_Method: 'Auto_Selection' } },
  })
  const { workspace } = gateway.rocketChat
  const { _id: agentId } = workspace.createAgent({ name: 'Ada Agent' })
  const { token } = workspace.createVisitor({ name: 'Vera' })
  const { _id } = workspace.openRoom({ token, agentId })
  const room = { 'room id': roomId('rocketchat', _id) }
  const returned = await openRecipe("An agent's morning", gateway, []).send('PutBack', asOperator, room)
  expect(returned.data).toMatchObject({ requeueRoom: UNSUPPORTED })
  expect(workspace.room(_id).servedBy?._id).toBe(agentId)
})
