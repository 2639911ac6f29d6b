import { expect, it } from 'vitest'
import { graphql } from '../generated/index.ts'
import { fetchData } from '../support/graphql-client.ts'
import { asAnn, asBen, type OwnAgentsGateway, openOwnAgentsGateway } from '../support/own-agents.ts'
import { asOperator } from '../support/test-gateway.ts'

const RoomId = graphql(`query OwnAgentsRoomId($provider: String!, $nativeId: String!) {
  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }
}`)
const Send = graphql(`mutation OwnAgentsSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    ... on SendMessagePayload { message { id text author { nativeId name role } } }
    ... on UserError { code detail }
  }
}`)

const providers = ['rocketchat', 'livechat'] as const
type Provider = (typeof providers)[number]

interface OpenedRoom {
  readonly id: string
  readonly nativeId: string
}

/** Opens a queued room of a new visitor. */
async function openRoom(gateway: OwnAgentsGateway, provider: Provider): Promise<OpenedRoom> {
  const { rocketChat, liveChat, url } = gateway
  const openAtRocketChat = () => {
    const { token } = rocketChat.workspace.createVisitor({ name: 'Vera' })
    return rocketChat.workspace.openRoom({ token, agentId: null })._id
  }
  const nativeId = provider === 'rocketchat' ? openAtRocketChat() : liveChat.chats.start({ say: 'hello' }).id
  const { roomByNativeId } = await fetchData(url, RoomId, { provider, nativeId }, asOperator)
  return { id: roomByNativeId?.id ?? '', nativeId }
}

/** Lets an agent write in a room: LiveChat allows one agent at a time. */
function assign(
  { liveChat }: OwnAgentsGateway,
  { nativeId }: OpenedRoom,
  provider: Provider,
  agentId: string,
) {
  if (provider === 'livechat') liveChat.chats.transfer(nativeId, { agentId })
}

it.each(providers)('two operators write in one room as their own agents at %s', async (provider) => {
  const gateway = await openOwnAgentsGateway()
  const room = await openRoom(gateway, provider)
  const { ann, ben, service } = gateway.agents[provider]
  const writers = [
    [asAnn, ann],
    [asBen, ben],
    [asOperator, service],
  ] as const
  for (const [headers, { nativeId, name }] of writers) {
    assign(gateway, room, provider, nativeId)
    const input = { roomId: room.id, text: `I am ${name}` }
    expect((await fetchData(gateway.url, Send, { input }, headers)).sendMessage).toMatchObject({
      message: { text: input.text, author: { nativeId, name, role: 'AGENT' } },
    })
  }
})
