import { expect, it } from 'vitest'
import { openBothProviders, rocketChatFixture } from '../live/both-providers.ts'
import { parseAnswer, post } from '../support/http.ts'
import { asOperator } from '../support/test-gateway.ts'
import { createObjects, globalIdsAt } from './access/root-fields.ts'

it('a mutation after startRoom in the same request runs as the caller of the request', async () => {
  const setup = await openBothProviders()
  const { room } = globalIdsAt('rocketchat', await createObjects(setup, rocketChatFixture))
  const query = `mutation {
    startRoom(input: { provider: "rocketchat", name: "Vera" }) { ... on StartRoomPayload { room { visitor { name } } } }
    sendMessage(input: { roomId: "${room}", text: "Good day" }) { ... on SendMessagePayload { message { author { role } } } }
  }`
  expect(parseAnswer(await post(setup.url, { query }, asOperator))).toEqual({
    data: {
      startRoom: { room: { visitor: { name: 'Vera' } } },
      sendMessage: { message: { author: { role: 'AGENT' } } },
    },
  })
})
