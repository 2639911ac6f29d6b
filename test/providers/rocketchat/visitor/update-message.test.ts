import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import { MESSAGE } from '../support/faults.ts'
import { messageIdOf } from '../support/rocketchat-gateway.ts'
import { Delete, History, Update } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']

describe.each(releases)('a visitor editing a message on Rocket.Chat %s', (profile) => {
  it('changes its text, and neither id nor time', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile } })
    const { id, nativeId } = await vera.send('Helo')
    const edited = await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(edited).toMatchObject({
      data: {
        updateMessage: {
          __typename: 'UpdateMessagePayload',
          message: { id, text: 'Hello', state: 'EDITED', author: { role: 'VISITOR' } },
        },
      },
    })
    const history = await vera.ask(History, { id: vera.roomId, last: 1 })
    expect(history).toMatchObject({
      data: {
        room: {
          messages: {
            nodes: [
              {
                id,
                text: 'Hello',
                state: 'EDITED',
                createdAt: workspace.message(nativeId)?.ts.toISOString(),
                editedAt: workspace.message(nativeId)?.editedAt?.toISOString(),
                editedBy: { role: 'VISITOR' },
              },
            ],
          },
        },
      },
    })
  })

  it('cannot edit a message of another own room through the wrong room', async () => {
    const { rocketChat, workspace, vera, ada } = await openVisitorGateway({ rocketChat: { profile } })
    const other = workspace.openRoom({ token: vera.token, agentId: ada._id })
    const elsewhere = workspace.visitorSends(other._id, 'In the other room')
    const messageId = messageIdOf(vera.rid, elsewhere._id)
    const edited = await vera.ask(Update, { input: { messageId, text: 'Moved' } })
    const removed = await vera.ask(Delete, { input: { messageId } })
    expect(edited).toMatchObject({ data: { updateMessage: { code: 'NOT_FOUND' } } })
    expect(removed).toMatchObject({ data: { deleteMessage: { code: 'NOT_FOUND' } } })
    expect(workspace.message(elsewhere._id)?.msg).toBe('In the other room')
    expect(rocketChat.calls.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('cannot restore a deleted message', async () => {
    const settings = { Message_ShowDeletedStatus: true }
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile, settings } })
    const { id, nativeId } = await vera.send('Gone')
    await vera.ask(Delete, { input: { messageId: id } })
    const edited = await vera.ask(Update, { input: { messageId: id, text: 'Back' } })
    expect(edited).toMatchObject({ data: { updateMessage: { code: 'NOT_FOUND' } } })
    expect(workspace.message(nativeId)).toMatchObject({ t: 'rm', msg: '' })
  })

  it('cannot edit an agent’s message', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile } })
    const agents = workspace.agentSends(vera.rid, 'How may I help?')
    const messageId = messageIdOf(vera.rid, agents._id)
    const edited = await vera.ask(Update, { input: { messageId, text: 'Go away' } })
    const removed = await vera.ask(Delete, { input: { messageId } })
    expect(edited).toMatchObject({ data: { updateMessage: { code: 'FORBIDDEN' } } })
    expect(removed).toMatchObject({ data: { deleteMessage: { code: 'FORBIDDEN' } } })
    expect(workspace.message(agents._id)?.msg).toBe('How may I help?')
  })
})

describe('a visitor who edits a message', () => {
  it('costs a request for the message and one for the edit', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const { id } = await vera.send('Helo')
    rocketChat.clearCalls()
    await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(rocketChat.counts()).toEqual({ [`GET ${MESSAGE}`]: 1, [`PUT ${MESSAGE}`]: 1 })
  })

  it('may do so in a closed room', async () => {
    const { workspace, vera } = await openVisitorGateway()
    const { id } = await vera.send('Helo')
    workspace.closeRoom(vera.rid)
    const edited = await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(edited).toMatchObject({ data: { updateMessage: { message: { text: 'Hello' } } } })
  })

  it('gets NOT_FOUND for another visitor’s message, in either room', async () => {
    const { workspace, vera, addVisitor } = await openVisitorGateway()
    const { id, nativeId } = await vera.send('Mine')
    const bob = addVisitor('Bob')
    for (const messageId of [id, messageIdOf(bob.rid, nativeId), messageIdOf(bob.rid, 'unknown')]) {
      const edited = await bob.ask(Update, { input: { messageId, text: 'Bob was here' } })
      expect(edited).toMatchObject({ data: { updateMessage: { code: 'NOT_FOUND' } } })
    }
    expect(workspace.message(nativeId)?.msg).toBe('Mine')
  })

  it('gets UNAUTHENTICATED with a token unknown to the server', async () => {
    const { askWith, vera } = await openVisitorGateway()
    const { id } = await vera.send('Mine')
    const result = await askWith({ 'x-visitor-token': 'nobody-s-token' })(Update, {
      input: { messageId: id, text: 'Yours' },
    })
    expect(result).toMatchObject({ data: { updateMessage: { code: 'UNAUTHENTICATED' } } })
  })

  it('gets FORBIDDEN if the server or one of its apps forbids edits', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    const { id } = await vera.send('Mine')
    workspace.veto('edit')
    const vetoed = await vera.ask(Update, { input: { messageId: id, text: 'Changed' } })
    rocketChat.settings.Message_AllowEditing = false
    const switchedOff = await vera.ask(Update, { input: { messageId: id, text: 'Changed' } })
    expect(vetoed).toMatchObject({ data: { updateMessage: { code: 'FORBIDDEN' } } })
    expect(switchedOff).toMatchObject({ data: { updateMessage: { code: 'FORBIDDEN' } } })
  })

  it('gets INVALID_INPUT for an empty text, without a request', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const messageId = messageIdOf(vera.rid, 'any')
    const result = await vera.ask(Update, { input: { messageId, text: '  ' } })
    expect(result).toMatchObject({ data: { updateMessage: { code: 'INVALID_INPUT', field: 'text' } } })
    expect(rocketChat.counts()).toEqual({})
  })
})
