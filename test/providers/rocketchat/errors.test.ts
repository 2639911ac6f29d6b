import { describe, expect, it } from 'vitest'
import { CLOSE } from './support/faults.ts'
import { Close } from './support/visitor-documents.ts'
import { openVisitorGateway } from './support/visitor-gateway.ts'

const shapes: readonly [name: string, status: number, body: unknown, code: string][] = [
  ['a bare code', 400, { success: false, error: 'invalid-token' }, 'UNAUTHENTICATED'],
  [
    'a reason followed by the code',
    400,
    { success: false, error: 'No such room [invalid-room]', errorType: 'invalid-room' },
    'NOT_FOUND',
  ],
  [
    'only the code in brackets',
    400,
    { success: false, error: '[invalid-token]', errorType: 'invalid-token' },
    'UNAUTHENTICATED',
  ],
  [
    'a known code after an unknown one',
    400,
    { success: false, error: 'The room is closed [room-closed]', errorType: 'error-of-tomorrow' },
    'ROOM_CLOSED',
  ],
  ['an empty text', 400, { success: false }, 'PROVIDER_ERROR'],
  ['a field `reason`', 400, { success: false, reason: 'error-type-not-allowed' }, 'INVALID_INPUT'],
  [
    'an error object of 4.x',
    400,
    {
      success: false,
      isClientSafe: true,
      error: 'room-closed',
      message: '[room-closed]',
      errorType: 'Meteor.Error',
    },
    'ROOM_CLOSED',
  ],
  [
    'a number in place of the code',
    400,
    { success: false, error: 11_000, errmsg: 'E11000 duplicate key' },
    'PROVIDER_ERROR',
  ],
  [
    'a 403 of 9.0',
    403,
    { success: false, error: 'Not allowed [error-not-allowed]', errorType: 'error-forbidden' },
    'FORBIDDEN',
  ],
  ['a 401', 401, { success: false, error: 'You must be logged in to do this.' }, 'PROVIDER_ERROR'],
  ['a 404 in plain text', 404, '404 Not Found', 'PROVIDER_ERROR'],
  ['status 200 and `success: false`', 200, { success: 'false', error: 'room-closed' }, 'ROOM_CLOSED'],
  ['a 500', 500, { success: false, error: 'Internal server error' }, 'PROVIDER_UNAVAILABLE'],
  ['a 503', 503, { success: false, error: 'Service Unavailable' }, 'PROVIDER_UNAVAILABLE'],
]

describe('an error response', () => {
  it.each(shapes)('with %s is mapped to its code (%i)', async (_name, status, body, code) => {
    const { rocketChat, vera } = await openVisitorGateway()
    rocketChat.injectFault({ kind: 'answer', status, body, route: CLOSE })
    const result = await vera.ask(Close, { input: { roomId: vera.roomId } })
    expect(result).toMatchObject({ data: { closeRoom: { code } } })
  })

  it('shows clients no free text of the server', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    const error = `Cannot read mongodb://admin:hunter2@db/rocketchat for ${vera.token}`
    const body = { success: false, error, errorType: 'internal', details: { token: vera.token } }
    rocketChat.injectFault({ kind: 'answer', status: 400, body, route: CLOSE })
    const result = await vera.ask(Close, { input: { roomId: vera.roomId } })
    expect(result).toMatchObject({ data: { closeRoom: { code: 'PROVIDER_ERROR' } } })
    expect(JSON.stringify(result)).not.toMatch(/hunter2|mongodb/)
  })

  it('without a reason does not hide that the room was closed', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    workspace.closeRoomByVisitor(vera.rid)
    rocketChat.injectFault({ kind: 'answer', status: 400, body: { success: false }, route: CLOSE })
    const result = await vera.ask(Close, { input: { roomId: vera.roomId } })
    expect(result).toMatchObject({ data: { closeRoom: { room: { status: 'CLOSED' } } } })
  })
})
