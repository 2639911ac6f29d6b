import { describe, expect, it } from 'vitest'
import { FeedbackRoom, FeedbackRooms, Rate } from '../../support/feedback-documents.ts'
import { RESET, RESET_AFTER_COMMIT, SERVER_ERROR, TOO_MANY_REQUESTS } from '../support/faults.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'
import { roomIdOf } from '../support/rocketchat-gateway.ts'

const SURVEY = '/api/v1/livechat/room.survey'

async function openRoom() {
  const gateway = await openOperatorGateway()
  const room = gateway.openRoomFor('Vera Visitor')
  const roomId = roomIdOf(room._id)
  const visitor = gateway.asVisitor(room.v.token)
  return {
    ...gateway,
    rid: room._id,
    roomId,
    visitor,
    rate: (score: number, comment: string | null = null) =>
      visitor(Rate, { input: { roomId, score, comment } }),
    async ratings() {
      const { data } = await gateway.asOperator(FeedbackRoom, { id: roomId })
      const { data: list } = await gateway.asOperator(FeedbackRooms, {})
      expect(list?.rooms.nodes.map(({ rating }) => rating)).toEqual([data?.room?.rating])
      return data?.room?.rating
    },
  }
}

const rated = { data: { rateRoom: { __typename: 'RateRoomPayload' } } }

describe('a visitor’s rating', () => {
  it.each([1, 2, 3, 4, 5])('of %i is stored and read back, in the room and in the list', async (score) => {
    const { rate, ratings, countRequests } = await openRoom()
    expect(await ratings()).toBeNull()
    expect(await countRequests(() => rate(score, 'As promised'))).toEqual({ 'livechat/room.survey': 1 })
    expect(await ratings()).toEqual({ score, comment: 'As promised', ratedAt: null })
  })

  it('replaces the one before with its comment, also in a closed room', async () => {
    const { rate, ratings, workspace, rid } = await openRoom()
    await rate(5, 'Thanks')
    workspace.closeRoom(rid)
    expect(await rate(1)).toMatchObject(rated)
    expect(await ratings()).toEqual({ score: 1, comment: null, ratedAt: null })
  })

  it('is shown to its visitor while the room is open', async () => {
    const { rate, visitor, roomId, workspace, rid } = await openRoom()
    await rate(4)
    const read = async () => (await visitor(FeedbackRoom, { id: roomId })).data?.room
    expect((await read())?.rating).toMatchObject({ score: 4 })
    workspace.closeRoom(rid)
    expect(await read()).toMatchObject({ status: 'CLOSED', rating: null })
  })

  it.each([0, 6, -1])('of %i is INVALID_INPUT at `score`, without a call', async (score) => {
    const { rate, rocketChat } = await openRoom()
    expect(await rate(score)).toMatchObject({ data: { rateRoom: { code: 'INVALID_INPUT', field: 'score' } } })
    expect(rocketChat.calls).toEqual([])
  })

  it('that the server does not accept is INVALID_INPUT at `score`', async () => {
    const { rate, rocketChat } = await openRoom()
    const body = { success: false, error: 'invalid-data' }
    rocketChat.injectFault({ kind: 'answer', status: 400, body, route: SURVEY })
    expect(await rate(5)).toMatchObject({ data: { rateRoom: { code: 'INVALID_INPUT', field: 'score' } } })
  })

  it.each([
    ['after the server stored it', RESET_AFTER_COMMIT],
    ['before the server stored it', RESET],
  ])('is sent once more if the response is lost %s', async (_when, fault) => {
    const { rate, ratings, rocketChat } = await openRoom()
    rocketChat.injectFault({ ...fault, route: SURVEY, times: 1 })
    expect(await rate(5)).toMatchObject(rated)
    expect(rocketChat.counts()[`POST ${SURVEY}`]).toBe(2)
    expect(await ratings()).toMatchObject({ score: 5 })
  })

  it.each([
    ['OUTCOME_UNKNOWN', 'both responses are lost', RESET, 2],
    ['OUTCOME_UNKNOWN', 'the server fails twice', SERVER_ERROR, 2],
    ['RATE_LIMITED', 'the server limits the rate', TOO_MANY_REQUESTS, 1],
  ] as const)('is %s when %s', async (code, _when, fault, sent) => {
    const { rate, rocketChat } = await openRoom()
    rocketChat.injectFault({ ...fault, route: SURVEY })
    expect(await rate(5)).toMatchObject({ data: { rateRoom: { code } } })
    expect(rocketChat.counts()[`POST ${SURVEY}`]).toBe(sent)
  })

  it('of another visitor’s room is NOT_FOUND, as of an absent one', async () => {
    const { asVisitor, openRoomFor, roomId } = await openRoom()
    const stranger = asVisitor(openRoomFor('Otto Other').v.token)
    const rate = (id: string) => stranger(Rate, { input: { roomId: id, score: 5 } })
    const foreign = await rate(roomId)
    expect(foreign).toMatchObject({ data: { rateRoom: { code: 'NOT_FOUND' } } })
    expect(await rate(roomIdOf('none'))).toEqual(foreign)
  })

  it('is UNSUPPORTED for operators and UNAUTHENTICATED for anonymous callers, without a call', async () => {
    const { asOperator, askWith, rocketChat, roomId } = await openRoom()
    const input = { roomId, score: 5 }
    expect(await asOperator(Rate, { input })).toMatchObject({
      data: { rateRoom: { code: 'UNSUPPORTED', detail: expect.stringContaining('Only the visitor') } },
    })
    expect(await askWith({})(Rate, { input })).toMatchObject({
      data: { rateRoom: { code: 'UNAUTHENTICATED' } },
    })
    expect(rocketChat.calls).toEqual([])
  })
})
