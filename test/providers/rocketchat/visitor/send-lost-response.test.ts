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
  timeoutFor,
} from '../support/faults.ts'
import { visibleTexts } from '../support/rocketchat-gateway.ts'
import { Send } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const once = { method: 'POST', route: SEND, times: 1 }
const always = { method: 'POST', route: SEND }

describe('a send whose response is lost', () => {
  it.each([
    ['lost after the commit', RESET_AFTER_COMMIT],
    ['cut in half', HALF_BODY],
  ])('is read back and not repeated when %s', async (_name, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...fault, ...once })
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(result).toMatchObject({
      data: { sendMessage: { message: { text: 'Once', author: { role: 'VISITOR' } } } },
    })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
    expect(rocketChat.counts()).toEqual({ [`POST ${SEND}`]: 1, [`GET ${MESSAGE}`]: 1 })
  })

  it.each([
    ['the connection was reset before', RESET],
    ['the server does not respond', NO_RESPONSE],
    ['the server failed', SERVER_ERROR],
    ['a proxy failed', BAD_GATEWAY],
    ['an HTML page was returned', HTML_PAGE],
  ])('is sent once more under the same id if it was not stored because %s', async (_name, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway({ config: timeoutFor(fault) })
    rocketChat.injectFault({ ...fault, ...once })
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(result).toMatchObject({ data: { sendMessage: { message: { text: 'Once' } } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
    const sent = rocketChat.calls.filter(({ method }) => method === 'POST').map(({ body }) => body)
    expect(sent).toHaveLength(2)
    expect(sent[0]).toBe(sent[1])
  })

  it('creates one message if the server processes the first request after all', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway({ config: SHORT_TIMEOUT })
    rocketChat.injectFault({ kind: 'slow', ms: 2 * SHORT_TIMEOUT.upstreamTimeoutMs, ...once })
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(result).toMatchObject({ data: { sendMessage: { message: { text: 'Once' } } } })
    const [first] = rocketChat.calls
    await waitUntil(() => first?.status === 200)
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
  })

  it.each([
    ['every connection is reset', RESET],
    ['the server does not respond', NO_RESPONSE],
    ['a proxy fails every time', BAD_GATEWAY],
    ['HTML pages are returned', HTML_PAGE],
  ])('is OUTCOME_UNKNOWN when %s', async (_name, fault) => {
    const { rocketChat, vera } = await openVisitorGateway({ config: timeoutFor(fault) })
    rocketChat.injectFault({ ...fault, ...always })
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'OUTCOME_UNKNOWN' } } })
    expect(rocketChat.counts()).toEqual({ [`POST ${SEND}`]: 2, [`GET ${MESSAGE}`]: 2 })
  })

  it('is OUTCOME_UNKNOWN when it cannot be read back', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...RESET_AFTER_COMMIT, ...once })
    rocketChat.injectFault({ ...SERVER_ERROR, route: MESSAGE })
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'OUTCOME_UNKNOWN' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Once'])
  })

  it('is OUTCOME_UNKNOWN when the repetition is rejected: the first may still be processed', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...RESET, ...once })
    rocketChat.injectFault({
      kind: 'answer',
      status: 400,
      body: { success: false, error: 'room-closed' },
      ...once,
    })
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Once' } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'OUTCOME_UNKNOWN' } } })
  })

  it('is PROVIDER_UNAVAILABLE when the server reports a failure and the message is absent', async () => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    rocketChat.injectFault({ ...SERVER_ERROR, ...always })
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Never' } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'PROVIDER_UNAVAILABLE' } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
  })

  it('is PROVIDER_UNAVAILABLE when there was no connection at all', async () => {
    const { rocketChat, vera } = await openVisitorGateway()
    await rocketChat.close()
    const result = await vera.ask(Send, { input: { roomId: vera.roomId, text: 'Never' } })
    expect(result).toMatchObject({ data: { sendMessage: { code: 'PROVIDER_UNAVAILABLE' } } })
  })
})
