import { describe, expect, it } from 'vitest'
import {
  BAD_GATEWAY,
  HALF_BODY,
  HTML_PAGE,
  MESSAGE,
  NO_RESPONSE,
  RESET,
  RESET_AFTER_COMMIT,
  SERVER_ERROR,
  TOO_MANY_REQUESTS,
  timeoutFor,
} from '../support/faults.ts'
import { visibleTexts } from '../support/rocketchat-gateway.ts'
import { Delete, Update } from '../support/visitor-documents.ts'
import { openVisitorGateway } from '../support/visitor-gateway.ts'

const committed = [
  ['lost after the commit', RESET_AFTER_COMMIT],
  ['cut in half', HALF_BODY],
] as const

const failures = [
  ['OUTCOME_UNKNOWN', 'the connection is reset', RESET],
  ['OUTCOME_UNKNOWN', 'the server does not respond', NO_RESPONSE],
  ['OUTCOME_UNKNOWN', 'a proxy fails', BAD_GATEWAY],
  ['OUTCOME_UNKNOWN', 'an HTML page is returned', HTML_PAGE],
  ['PROVIDER_UNAVAILABLE', 'the server fails', SERVER_ERROR],
  ['RATE_LIMITED', 'the server limits the rate', TOO_MANY_REQUESTS],
] as const

describe('an edit', () => {
  it.each(committed)('whose response was %s is read back', async (_name, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    const { id } = await vera.send('Helo')
    rocketChat.injectFault({ ...fault, method: 'PUT', route: MESSAGE })
    const result = await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(result).toMatchObject({ data: { updateMessage: { message: { text: 'Hello', state: 'EDITED' } } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Hello'])
    expect(rocketChat.counts()[`PUT ${MESSAGE}`]).toBe(1)
  })

  it.each(failures)('is %s and not repeated when %s', async (code, _when, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway({ config: timeoutFor(fault) })
    const { id } = await vera.send('Helo')
    rocketChat.injectFault({ ...fault, method: 'PUT', route: MESSAGE })
    const result = await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(result).toMatchObject({ data: { updateMessage: { code } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Helo'])
    expect(rocketChat.counts()[`PUT ${MESSAGE}`]).toBe(1)
  })

  it.each([
    ['PROVIDER_UNAVAILABLE', RESET],
    ['PROVIDER_UNAVAILABLE', SERVER_ERROR],
    ['PROVIDER_ERROR', HTML_PAGE],
    ['RATE_LIMITED', TOO_MANY_REQUESTS],
  ])('is %s, and certainly not done, when its message cannot be read first', async (code, fault) => {
    const { rocketChat, vera } = await openVisitorGateway()
    const { id } = await vera.send('Helo')
    rocketChat.injectFault({ ...fault, method: 'GET', route: MESSAGE })
    const result = await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(result).toMatchObject({ data: { updateMessage: { code } } })
    expect(rocketChat.counts()[`PUT ${MESSAGE}`]).toBeUndefined()
  })
})

describe('a deletion', () => {
  it.each(committed)('whose response was %s is recognized by the absent message', async (_name, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway()
    const { id } = await vera.send('Regretted')
    rocketChat.injectFault({ ...fault, method: 'DELETE', route: MESSAGE })
    const result = await vera.ask(Delete, { input: { messageId: id } })
    expect(result).toMatchObject({ data: { deleteMessage: { messageId: id, deletedAt: null } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual([])
    expect(rocketChat.counts()[`DELETE ${MESSAGE}`]).toBe(1)
  })

  it.each(failures)('is %s and not repeated when %s', async (code, _when, fault) => {
    const { rocketChat, workspace, vera } = await openVisitorGateway({ config: timeoutFor(fault) })
    const { id } = await vera.send('Kept')
    rocketChat.injectFault({ ...fault, method: 'DELETE', route: MESSAGE })
    const result = await vera.ask(Delete, { input: { messageId: id } })
    expect(result).toMatchObject({ data: { deleteMessage: { code } } })
    expect(visibleTexts(workspace, vera.rid)).toEqual(['Kept'])
    expect(rocketChat.counts()[`DELETE ${MESSAGE}`]).toBe(1)
  })
})
