import { describe, expect, it } from 'vitest'
import { waitUntil } from '../../../support/graphql-client.ts'
import {
  BAD_GATEWAY,
  HALF_BODY,
  HTML_PAGE,
  MESSAGE,
  NO_RESPONSE,
  RESET,
  RESET_AFTER_COMMIT,
  SEND,
  SERVER_ERROR,
  SHORT_TIMEOUT,
} from '../support/faults.ts'
import { Send } from '../support/visitor-documents.ts'
import { openVisitorGateway, visibleTexts } from '../support/visitor-gateway.ts'

const once = { method: 'POST', route: SEND, times: 1 }
const always = { method: 'POST', route: SEND }

describe('a send whose answer is lost', () => {
  it.each([
    ['cut after the commit', RESET_AFTER_COMMIT],
    ['cut in its middle', HALF_BODY],
  ])('because it was %s is read back and not repeated', async (_name, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...fault, ...once })
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(answer).toMatchObject({
      data: { sendMessage: { message: { text: 'Once', author: { role: 'VISITOR' } } } },
    })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
    expect(rocketChat.counts()).toEqual({ [`POST ${SEND}`]: 1, [`GET ${MESSAGE}`]: 1 })
  })

  it.each([
    ['the line was cut before', RESET],
    ['the server never answers', NO_RESPONSE],
    ['the server failed', SERVER_ERROR],
    ['a proxy failed', BAD_GATEWAY],
    ['a page came instead', HTML_PAGE],
  ])('and is not stored because %s is sent once more, under the same id', async (_name, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway({ config: SHORT_TIMEOUT })
    rocketChat.injectFault({ ...fault, ...once })
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(answer).toMatchObject({ data: { sendMessage: { message: { text: 'Once' } } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
    const sent = rocketChat.calls.filter(({ method }) => method === 'POST').map(({ body }) => body)
    expect(sent).toHaveLength(2)
    expect(sent[0]).toBe(sent[1])
  })

  it('stays one message when the server carries the first one out after all', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway({ config: SHORT_TIMEOUT })
    rocketChat.injectFault({ kind: 'slow', ms: 2 * SHORT_TIMEOUT.upstreamTimeoutMs, ...once })
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(answer).toMatchObject({ data: { sendMessage: { message: { text: 'Once' } } } })
    const [first] = rocketChat.calls
    await waitUntil(() => first?.status === 200)
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
  })

  it.each([
    ['every line is cut', RESET],
    ['the server stays silent', NO_RESPONSE],
    ['a proxy fails every time', BAD_GATEWAY],
    ['pages come instead', HTML_PAGE],
  ])('is OUTCOME_UNKNOWN when %s', async (_name, fault) => {
    const { rocketChat, vera } = await openVisitorGateway({ config: SHORT_TIMEOUT })
    rocketChat.injectFault({ ...fault, ...always })
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'OUTCOME_UNKNOWN' } } })
    expect(rocketChat.counts()).toEqual({ [`POST ${SEND}`]: 2, [`GET ${MESSAGE}`]: 2 })
  })

  it('is OUTCOME_UNKNOWN when it cannot be read back', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, ...once })
    rocketChat.injectFault({ ...SERVER_ERROR, route: MESSAGE })
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'OUTCOME_UNKNOWN' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
  })

  it('is OUTCOME_UNKNOWN when the repetition is refused: the first may yet be carried out', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...RESET, ...once })
    rocketChat.injectFault({
      kind: 'answer',
      status: 400,
      body: { success: false, error: 'room-closed' },
      ...once,
    })
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'OUTCOME_UNKNOWN' } } })
  })

  it('is PROVIDER_UNAVAILABLE when the server says that it failed, and it is not there', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...SERVER_ERROR, ...always })
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Never' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'PROVIDER_UNAVAILABLE' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
  })

  it('is PROVIDER_UNAVAILABLE when there was no connection at all', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    await rocketChat.close()
    const answer = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Never' } })
    expect(answer).toMatchObject({ data: { sendMessage: { code: 'PROVIDER_UNAVAILABLE' } } })
  })
})
