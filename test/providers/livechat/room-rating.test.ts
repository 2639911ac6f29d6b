import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../sandbox/livechat/index.ts'
import { sendOperation } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { FeedbackRoom, FeedbackRooms, Rate, Transcript } from '../support/feedback-documents.ts'
import {
  asVisitorOf,
  countRequests,
  customerAction,
  openLiveChatGateway,
  roomIdOf,
} from './support/livechat-gateway.ts'

const UPDATE = customerAction('update_thread_properties')
const email = 'cy@example.test'

async function openChat() {
  const gateway = await openLiveChatGateway()
  const { url, liveChat } = gateway
  const chat = liveChat.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  const roomId = await roomIdOf(gateway, chat)
  const visitor = asVisitorOf(gateway, chat)
  liveChat.clearCalls()
  const read = async (headers: Readonly<Record<string, string>>) =>
    (await sendOperation(url, FeedbackRoom, { id: roomId }, headers)).data?.room?.rating
  return {
    ...gateway,
    chat,
    roomId,
    visitor,
    rate: async (
      score: number,
      comment: string | null = null,
      headers: Readonly<Record<string, string>> = visitor,
    ) => (await sendOperation(url, Rate, { input: { roomId, score, comment } }, headers)).data?.rateRoom,
    request: async (headers: Readonly<Record<string, string>> = visitor) =>
      (await sendOperation(url, Transcript, { input: { roomId, email } }, headers)).data?.requestTranscript,
    /** The rating as operator and visitor read it, in the room; both must be equal. */
    async rating() {
      const [operator, own] = [await read(asOperator), await read(visitor)]
      expect(own).toEqual(operator)
      return operator
    },
  }
}

const rated = { __typename: 'RateRoomPayload' }
const accepted = { __typename: 'RequestTranscriptPayload', email }

describe('a customer’s rating', () => {
  it.each([
    [5, 1, 5],
    [4, 1, 5],
    [2, 0, 1],
    [1, 0, 1],
  ])('of %i is stored as %i and read back as %i', async (score, stored, shown) => {
    const { rate, rating, chat } = await openChat()
    expect(await rating()).toBeNull()
    expect(await rate(score, 'As promised')).toMatchObject(rated)
    expect(chat.threads[0]?.properties['rating']).toEqual({ score: stored, comment: 'As promised' })
    const system = chat.threads[0]?.events.find(
      ({ fields }) => fields['system_message_type'] === 'rating.chat_rated',
    )
    expect(await rating()).toEqual({
      score: shown,
      comment: 'As promised',
      ratedAt: new Date(Math.floor((system?.createdAt ?? 0) / 1000)).toISOString(),
    })
  })

  it('is in the list of rooms, without a time if the list does not show when it was written', async () => {
    const { rate, url } = await openChat()
    await rate(5, 'Thanks')
    const { data } = await sendOperation(url, FeedbackRooms, {}, asOperator)
    expect(data?.rooms.nodes).toMatchObject([{ rating: { score: 5, comment: 'Thanks', ratedAt: null } }])
  })

  it.each([0, 3, 6])('of %i is INVALID_INPUT at `score`, without a call', async (score) => {
    const { rate, liveChat } = await openChat()
    expect(await rate(score)).toMatchObject({ code: 'INVALID_INPUT', field: 'score' })
    expect(liveChat.calls).toEqual([])
  })

  it('costs two calls, and one more to remove the comment of an earlier rating', async () => {
    const gateway = await openChat()
    await gateway.rate(5, 'Thanks')
    const calls = { 'customer/get_chat': 1, 'customer/update_thread_properties': 1 }
    expect(countRequests(gateway)).toEqual(calls)
    gateway.liveChat.clearCalls()
    expect(await gateway.rate(1)).toMatchObject(rated)
    expect(countRequests(gateway)).toEqual({ ...calls, 'customer/delete_thread_properties': 1 })
    expect(await gateway.rating()).toMatchObject({ score: 1, comment: null })
  })

  it('applies to the latest thread, open or closed', async () => {
    const { rate, rating, chat, liveChat } = await openChat()
    await rate(1)
    liveChat.chats.close(chat.id)
    expect(await rate(5)).toMatchObject(rated)
    expect(await rating()).toMatchObject({ score: 5 })
    liveChat.chats.resume(chat.id)
    expect(await rating()).toBeNull()
    await rate(2)
    expect(chat.threads.map(({ properties }) => properties['rating'])).toEqual([{ score: 1 }, { score: 0 }])
  })

  it('is read back after a lost response, and repeated only if it was not stored', async () => {
    const gateway = await openChat()
    gateway.liveChat.injectFault({ kind: 'reset-after-commit', route: UPDATE, times: 1 })
    expect(await gateway.rate(5, 'Thanks')).toMatchObject(rated)
    expect(countRequests(gateway)['customer/update_thread_properties']).toBe(1)
    gateway.liveChat.injectFault({ kind: 'reset', route: UPDATE, times: 1 })
    expect(await gateway.rate(1, 'Oh')).toMatchObject(rated)
    expect(countRequests(gateway)['customer/update_thread_properties']).toBe(3)
    expect(await gateway.rating()).toMatchObject({ score: 1, comment: 'Oh' })
  })

  it.each([
    ['OUTCOME_UNKNOWN', { kind: 'reset' }],
    ['PROVIDER_UNAVAILABLE', apiFaults.internal],
    ['RATE_LIMITED', apiFaults.tooManyRequestsFor(7)],
  ] as const)('is %s if LiveChat fails, with %j', async (code, fault) => {
    const { rate, liveChat } = await openChat()
    liveChat.injectFault({ ...fault, route: UPDATE })
    expect(await rate(5)).toMatchObject({ code })
  })

  it('of another customer’s chat is NOT_FOUND', async () => {
    const gateway = await openChat()
    const stranger = asVisitorOf(gateway, gateway.liveChat.chats.start())
    expect(await gateway.rate(5, null, stranger)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await gateway.request(stranger)).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is UNSUPPORTED for operators with the reason, without a call', async () => {
    const { rate, request, liveChat } = await openChat()
    expect(await rate(5, null, asOperator)).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('only the visitor can rate'),
    })
    expect(await request(asOperator)).toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('only the visitor can request a transcript'),
    })
    expect(liveChat.calls).toEqual([])
  })
})

describe('a customer’s transcript', () => {
  it('is mailed when the chat ends, to the latest address', async () => {
    const gateway = await openChat()
    expect(await gateway.request()).toEqual(accepted)
    expect(countRequests(gateway)).toEqual({ 'customer/get_chat': 1, 'customer/update_thread_properties': 1 })
    gateway.liveChat.chats.close(gateway.chat.id)
    expect(gateway.chat.threads[0]?.events.at(-1)?.fields).toMatchObject({
      system_message_type: 'transcript_sent',
      text_vars: { email },
    })
  })

  it('of a closed chat is ROOM_CLOSED, and its capability says so', async () => {
    const { request, url, roomId, visitor, chat, liveChat } = await openChat()
    liveChat.chats.close(chat.id)
    expect(await request()).toMatchObject({ code: 'ROOM_CLOSED' })
    const { data } = await sendOperation(url, FeedbackRoom, { id: roomId }, visitor)
    expect(data?.room?.capabilities).toEqual(
      expect.arrayContaining([
        { capability: 'REQUEST_TRANSCRIPT', allowed: false, reason: 'The room is closed.' },
        { capability: 'RATE_ROOM', allowed: true, reason: null },
      ]),
    )
  })

  it('is read back after a lost response', async () => {
    const gateway = await openChat()
    gateway.liveChat.injectFault({ kind: 'reset-after-commit', route: UPDATE, times: 1 })
    expect(await gateway.request()).toEqual(accepted)
    expect(countRequests(gateway)['customer/update_thread_properties']).toBe(1)
  })
})
