import { describe, expect, it } from 'vitest'
import { Transcript } from '../support/feedback-documents.ts'
import { RESET, RESET_AFTER_COMMIT, TOO_MANY_REQUESTS } from './support/faults.ts'
import { openOperatorGateway } from './support/operator-gateway.ts'
import { roomIdOf } from './support/rocketchat-gateway.ts'

const TRANSCRIPT = '/api/v1/livechat/transcript'
const email = 'vera@example.test'

async function openRoom() {
  const gateway = await openOperatorGateway()
  const room = gateway.openRoomFor('Vera Visitor')
  const roomId = roomIdOf(room._id)
  const request = (ask: typeof gateway.asOperator) => () => ask(Transcript, { input: { roomId, email } })
  return {
    ...gateway,
    rid: room._id,
    roomId,
    token: room.v.token,
    request: { operator: request(gateway.asOperator), visitor: request(gateway.asVisitor(room.v.token)) },
  }
}

const accepted = { data: { requestTranscript: { __typename: 'RequestTranscriptPayload', email } } }
const failed = (code: string) => ({ data: { requestTranscript: { code } } })

describe.each(['operator', 'visitor'] as const)('a transcript that the %s requests', (role) => {
  it('is mailed at once, of open and of closed rooms', async () => {
    const { request, workspace, rid } = await openRoom()
    expect(await request[role]()).toEqual(accepted)
    workspace.closeRoom(rid)
    expect(await request[role]()).toEqual(accepted)
    expect(workspace.transcripts).toMatchObject([
      { rid, to: email },
      { rid, to: email },
    ])
  })

  it.each([RESET, RESET_AFTER_COMMIT])(
    'is OUTCOME_UNKNOWN and not repeated after a lost response',
    async (fault) => {
      const { request, rocketChat } = await openRoom()
      rocketChat.injectFault({ ...fault, route: TRANSCRIPT })
      expect(await request[role]()).toMatchObject(failed('OUTCOME_UNKNOWN'))
      expect(rocketChat.counts()[`POST ${TRANSCRIPT}`]).toBe(1)
    },
  )

  it('is RATE_LIMITED when the server limits the rate', async () => {
    const { request, rocketChat } = await openRoom()
    rocketChat.injectFault({ ...TOO_MANY_REQUESTS, route: TRANSCRIPT })
    expect(await request[role]()).toMatchObject(failed('RATE_LIMITED'))
  })
})

describe('a transcript', () => {
  it('costs a visitor one call, and an operator a read of the room once a minute in addition', async () => {
    const { request, countRequests } = await openRoom()
    expect(await countRequests(request.visitor)).toEqual({ 'livechat/transcript': 1 })
    expect(await countRequests(request.operator)).toEqual({ 'rooms.info': 1, 'livechat/transcript': 1 })
    expect(await countRequests(request.operator)).toEqual({ 'livechat/transcript': 1 })
  })

  it('of another visitor’s room is NOT_FOUND, as of an absent one', async () => {
    const { asVisitor, asOperator, openRoomFor, roomId, workspace } = await openRoom()
    const stranger = asVisitor(openRoomFor('Otto Other').v.token)
    const foreign = await stranger(Transcript, { input: { roomId, email } })
    const absent = { input: { roomId: roomIdOf('none'), email } }
    expect(foreign).toMatchObject(failed('NOT_FOUND'))
    expect(await stranger(Transcript, absent)).toEqual(foreign)
    expect(await asOperator(Transcript, absent)).toMatchObject(failed('NOT_FOUND'))
    expect(workspace.transcripts).toEqual([])
  })

  it('of a room whose visitor was deleted is CONFLICT', async () => {
    const { request, workspace, token } = await openRoom()
    workspace.forgetVisitor(token)
    expect(await request.operator()).toMatchObject(failed('CONFLICT'))
  })

  it('needs an e-mail address', async () => {
    const { asOperator, rocketChat, roomId } = await openRoom()
    expect(await asOperator(Transcript, { input: { roomId, email: 'vera' } })).toMatchObject({
      data: { requestTranscript: { code: 'INVALID_INPUT', field: 'email' } },
    })
    expect(rocketChat.calls).toEqual([])
  })

  it('needs a credential', async () => {
    const { askWith, rocketChat, roomId } = await openRoom()
    expect(await askWith({})(Transcript, { input: { roomId, email } })).toMatchObject(
      failed('UNAUTHENTICATED'),
    )
    expect(rocketChat.calls).toEqual([])
  })
})
