import { expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import { graphql } from '../../generated/index.ts'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator, createTestGateway } from '../../support/test-gateway.ts'

const Page = graphql(`query MarkupPage($room: ID!) {
  room(id: $room) { messages(last: 50) { nodes { kind text markup } } }
}`)

it('says which markup a text can contain', async () => {
  const { url, liveChat, rocketChat } = await createTestGateway({ as: 'agents' })
  const readMarkup = async (provider: string, nativeId: string) => {
    const room = encodeId({ type: 'Room', provider, roomId: nativeId })
    const { room: found } = await fetchData(url, Page, { room }, asOperator)
    return found?.messages.nodes.map(({ kind, markup }) => [kind, markup])
  }

  const { id } = liveChat.chats.start({ say: '*stars* of a visitor' })
  const properties = { chats: { formatting: 'commonmark' } }
  liveChat.chats.agentSends(id, { type: 'message', fields: { text: '**bold**' }, properties })
  expect(await readMarkup('livechat', id)).toEqual([
    ['TEXT', null],
    ['TEXT', 'COMMONMARK'],
  ])

  const { workspace } = rocketChat
  workspace.createAgent({ name: 'Ada' })
  const { token } = workspace.createVisitor({ name: 'Grace' })
  const { _id: rid } = workspace.openRoom({ token })
  workspace.visitorSends(rid, '*bold*')
  const markup = (await readMarkup('rocketchat', rid)) ?? []
  expect(markup).toContainEqual(['SYSTEM', null])
  expect(markup).toContainEqual(['TEXT', 'ROCKET_CHAT'])
})
