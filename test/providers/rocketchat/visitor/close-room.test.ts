import { describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../../sandbox/rocketchat/index.ts'
import {
  BAD_GATEWAY,
  CLOSE,
  HALF_BODY,
  HISTORY,
  HTML_PAGE,
  NO_RESPONSE,
  RESET,
  RESET_AFTER_COMMIT,
  ROOM,
  SERVER_ERROR,
  TOO_MANY_REQUESTS,
  timeoutFor,
} from '../support/faults.ts'
import { roomIdOf } from '../support/rocketchat-gateway.ts'
import { Close } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const releases: readonly ProfileName[] = ['0.70', '4.x', '6.13', '7.13', '8.8', '9.0']

describe.each(releases)('a visitor closing their room on Rocket.Chat %s', (profile) => {
  it('closes it', async () => {
    const { workspace, vera } = await openVisitorGateway({ rocketChat: { profile } })
    const result = await vera.ask(Close, { input: { roomId: vera.roomId, comment: 'Thanks' } })
    expect(result).toMatchObject({
      data: {
        closeRoom: {
          __typename: 'CloseRoomPayload',
          room: { id: vera.roomId, status: 'CLOSED', closedAt: expect.stringMatching(/Z$/) },
        },
      },
    })
    expect(workspace.room(vera.rid)).toMatchObject({ closer: 'visitor' })
  })

  it('gets ROOM_CLOSED the second time', async () => {
    const { vera } = await openVisitorGateway({ rocketChat: { profile } })
    await vera.ask(Close, { input: { roomId: vera.roomId } })
    const again = await vera.ask(Close, { input: { roomId: vera.roomId } })
    expect(again).toMatchObject({ data: { closeRoom: { code: 'ROOM_CLOSED' } } })
  })
})

describe('closing a room', () => {
  it('sends token and room only, and returns the room as its history shows it', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    await vera.ask(Close, { input: { roomId: vera.roomId } })
    expect(JSON.parse(rocketChat.calls[0]?.body ?? '')).toEqual({ token: vera.token, rid: vera.rid })
    expect(rocketChat.counts()).toEqual({ [`POST ${CLOSE}`]: 1, [`GET ${ROOM}`]: 1, [`GET ${HISTORY}`]: 1 })
  })

  it('is NOT_FOUND for another visitor’s room as for an absent one', async () => {
    const { workspace, vera, addVisitor } = await openVisitorGateway()
    const bob = addVisitor('Bob')
    const foreign = await bob.ask(Close, { input: { roomId: vera.roomId } })
    const absent = await bob.ask(Close, { input: { roomId: roomIdOf('nowhere') } })
    expect(foreign).toMatchObject({ data: { closeRoom: { code: 'NOT_FOUND' } } })
    expect(foreign).toEqual(absent)
    expect(workspace.room(vera.rid).open).toBe(true)
  })

  it('is UNAUTHENTICATED with a token unknown to the server', async () => {
    const { askWith, vera } = await openVisitorGateway()
    const result = await askWith({ 'x-visitor-token': 'nobody-s-token' })(Close, {
      input: { roomId: vera.roomId },
    })
    expect(result).toMatchObject({ data: { closeRoom: { code: 'UNAUTHENTICATED' } } })
  })

  it('is FORBIDDEN if visitors must not close rooms or tags are missing', async () => {
    const settings = { Omnichannel_allow_visitors_to_close_conversation: false }
    const { rocketChat, vera } = await openVisitorGateway({ rocketChat: { settings } })
    const input = { roomId: vera.roomId }
    expect(await vera.ask(Close, { input })).toMatchObject({ data: { closeRoom: { code: 'FORBIDDEN' } } })
    const error = 'error-tags-must-be-assigned-before-closing-chat'
    rocketChat.injectFault({ kind: 'answer', status: 400, body: { success: false, error }, route: CLOSE })
    expect(await vera.ask(Close, { input })).toMatchObject({ data: { closeRoom: { code: 'FORBIDDEN' } } })
  })

  it.each([
    ['lost after the commit', RESET_AFTER_COMMIT],
    ['cut in half', HALF_BODY],
  ])('is checked by reading the room when the response was %s', async (_name, fault) => {
    const { rocketChat, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...fault, route: CLOSE })
    const result = await vera.ask(Close, { input: { roomId: vera.roomId } })
    expect(result).toMatchObject({ data: { closeRoom: { room: { status: 'CLOSED' } } } })
    expect(rocketChat.counts()[`POST ${CLOSE}`]).toBe(1)
  })

  it.each([
    ['OUTCOME_UNKNOWN', 'the connection is reset', RESET],
    ['OUTCOME_UNKNOWN', 'the server does not respond', NO_RESPONSE],
    ['OUTCOME_UNKNOWN', 'a proxy fails', BAD_GATEWAY],
    ['OUTCOME_UNKNOWN', 'an HTML page is returned', HTML_PAGE],
    ['PROVIDER_UNAVAILABLE', 'the server fails', SERVER_ERROR],
    ['RATE_LIMITED', 'the server limits the rate', TOO_MANY_REQUESTS],
  ] as const)('is %s and not repeated when %s', async (code, _when, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway({ config: timeoutFor(fault) })
    rocketChat.injectFault({ ...fault, route: CLOSE })
    const result = await vera.ask(Close, { input: { roomId: vera.roomId } })
    expect(result).toMatchObject({ data: { closeRoom: { code } } })
    expect(workspace.room(vera.rid).open).toBe(true)
    expect(rocketChat.counts()[`POST ${CLOSE}`]).toBe(1)
  })
})
