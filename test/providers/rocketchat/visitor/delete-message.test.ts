import { describe, expect, it } from 'vitest'
import type { ProfileName, Settings } from '../../../../sandbox/rocketchat/index.ts'
import { MESSAGE } from '../support/faults.ts'
import { messageIdOf, visibleTexts } from '../support/rocketchat-gateway.ts'
import { Delete, History, NodeById } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']

/** What a server can keep of a deleted message, and what a client then sees. */
const modes: readonly [
  name: string,
  settings: Partial<Settings>,
  listed: string | null,
  byId: string | null,
][] = [
  ['keeps nothing of it', {}, null, null],
  ['keeps a mark', { Message_ShowDeletedStatus: true }, 'DELETED', 'DELETED'],
  ['hides deleted messages', { Message_KeepHistory: true }, null, 'DELETED'],
]

describe.each(modes)('a deleted message on a server that %s', (_name, settings, listed, byId) => {
  it('is absent or marked, without its text', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { settings } })
    const { id } = await vera.send('Regretted')
    const removed = await vera.ask(Delete, { input: { messageId: id } })
    expect(removed).toMatchObject({
      data: { deleteMessage: { messageId: id, deletedAt: expect.stringMatching(/Z$/) } },
    })
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
    const { data: page } = await vera.ask(History, { id: vera.roomId, last: 1 })
    const last = page?.room?.messages.nodes.find((message) => message.id === id)
    expect(last?.state ?? null).toBe(listed)
    const { data: found } = await vera.ask(NodeById, { id })
    expect(found?.node ?? null).toEqual(
      byId === null ? null : { __typename: 'Message', id, text: '', state: byId },
    )
  })

  it('is not deleted a second time', async () => {
    const { vera } = await openVisitorGateway({ rocketChat: { settings } })
    const { id } = await vera.send('Regretted')
    await vera.ask(Delete, { input: { messageId: id } })
    const again = await vera.ask(Delete, { input: { messageId: id } })
    expect(again).toMatchObject({ data: { deleteMessage: { code: 'NOT_FOUND' } } })
  })
})

it.each(releases)('a deletion on Rocket.Chat %s sends token and room in the body only', async (profile) => {
  const { rocketChat, workspace, vera } = await openVisitorGateway({ rocketChat: { profile } })
  const { id, nativeId } = await vera.send('Regretted')
  await vera.ask(Delete, { input: { messageId: id } })
  expect(workspace.message(nativeId)).toBeUndefined()
  const call = rocketChat.calls.find(({ method }) => method === 'DELETE')
  expect(call).toMatchObject({ path: `${MESSAGE.replace(':_id', nativeId)}`, rawQuery: '' })
  expect(call?.headers['content-type']).toBe('application/json')
  expect(JSON.parse(call?.body ?? '')).toEqual({ token: vera.token, rid: vera.rid })
})

describe('a visitor who deletes a message', () => {
  it('costs a request for the message and one for the deletion', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const { id } = await vera.send('Regretted')
    rocketChat.clearCalls()
    await vera.ask(Delete, { input: { messageId: id } })
    expect(rocketChat.counts()).toEqual({ [`GET ${MESSAGE}`]: 1, [`DELETE ${MESSAGE}`]: 1 })
  })

  it('may do so in a closed room', async () => {
    const { workspace, vera } = await openVisitorGateway()
    const { id, nativeId } = await vera.send('Regretted')
    workspace.closeRoom(vera.rid)
    await vera.ask(Delete, { input: { messageId: id } })
    expect(workspace.message(nativeId)).toBeUndefined()
  })

  it('gets NOT_FOUND for another visitor’s message, in either room', async () => {
    const { workspace, vera, addVisitor } = await openVisitorGateway()
    const { id, nativeId } = await vera.send('Mine')
    const bob = addVisitor('Bob')
    for (const messageId of [id, messageIdOf(bob.rid, nativeId), messageIdOf(bob.rid, 'unknown')]) {
      const removed = await bob.ask(Delete, { input: { messageId } })
      expect(removed).toMatchObject({ data: { deleteMessage: { code: 'NOT_FOUND' } } })
    }
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Mine'])
  })

  it('gets UNAUTHENTICATED with a token unknown to the server', async () => {
    const { askWith, vera } = await openVisitorGateway()
    const { id } = await vera.send('Mine')
    const result = await askWith({ 'x-visitor-token': 'nobody-s-token' })(Delete, {
      input: { messageId: id },
    })
    expect(result).toMatchObject({ data: { deleteMessage: { code: 'UNAUTHENTICATED' } } })
  })

  it('gets FORBIDDEN if the server or one of its apps forbids deletions', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    const { id } = await vera.send('Mine')
    workspace.veto('delete')
    const vetoed = await vera.ask(Delete, { input: { messageId: id } })
    rocketChat.settings.Message_AllowDeleting = false
    const switchedOff = await vera.ask(Delete, { input: { messageId: id } })
    expect(vetoed).toMatchObject({ data: { deleteMessage: { code: 'FORBIDDEN' } } })
    expect(switchedOff).toMatchObject({ data: { deleteMessage: { code: 'FORBIDDEN' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Mine'])
  })

  it('gets PROVIDER_ERROR if a proxy removes the body of DELETE requests', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    const { id } = await vera.send('Mine')
    rocketChat.injectFault({ kind: 'drop-body', method: 'DELETE' })
    const result = await vera.ask(Delete, { input: { messageId: id } })
    expect(result).toMatchObject({ data: { deleteMessage: { code: 'PROVIDER_ERROR' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Mine'])
  })
})
