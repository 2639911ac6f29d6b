import { expect, it } from 'vitest'
import { openOperatorGateway } from '../../providers/rocketchat/support/operator-gateway.ts'
import { messageIdOf, roomIdOf } from '../../providers/rocketchat/support/rocketchat-gateway.ts'
import { openSocketClient, subscribe } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Events, Many, Page } from './documents.ts'

/**
 * Rocket.Chat has no notes for agents; what it hides is what a message said before
 * (docs/providers/rocketchat.md 1.4).
 */
const BEFORE = 'a word too many'

it('the history of edited and deleted messages is visible to nobody, not even by id', async () => {
  const gateway = await openOperatorGateway({ rocketChat: { settings: { Message_KeepHistory: true } } })
  const { workspace, url } = gateway
  const room = gateway.openRoomFor('Vera')
  const visitorToken = room.v.token
  const id = roomIdOf(room._id)
  const first = await gateway.asOperator(Page, { id, last: 1 })
  const after = first.data?.room?.messages.pageInfo.endCursor ?? null
  const edited = workspace.agentSends(room._id, BEFORE)
  const removed = workspace.agentSends(room._id, BEFORE)
  workspace.edit(edited._id, 'a word')
  workspace.remove(removed._id)
  const kept = workspace.messages(room._id).filter(({ _hidden }) => _hidden)
  expect(kept.some(({ msg }) => msg === BEFORE)).toBe(true)
  const ids = kept.map(({ _id }) => messageIdOf(room._id, _id))
  const responses = []
  for (const ask of [gateway.asOperator, gateway.asVisitor(visitorToken)]) {
    const page = await ask(Page, { id, last: 50 })
    expect(page.data?.room?.messages.edges.map(({ node }) => node.text)).toContain('a word')
    responses.push(page, await ask(Page, { id, first: 50, after }), await ask(Many, { ids }))
  }
  const sockets = [
    openSocketClient(url, { authorization: asOperator.authorization }),
    openSocketClient(url, { visitorToken }),
  ]
  for (const socket of sockets) {
    const stream = subscribe(socket, Events, { id, after })
    workspace.visitorSends(room._id, 'the end')
    const events = await stream.take(2)
    expect(JSON.stringify(events)).toContain('the end')
    responses.push(events)
    await stream.stop()
  }
  expect(JSON.stringify(responses)).not.toContain(BEFORE)
})
