import { describe, expect, it } from 'vitest'
import { openChat, said } from './chat.ts'
import { Delete, Update } from './documents.ts'
import {
  BAD_GATEWAY,
  HALF_BODY,
  HTML_PAGE,
  LOST_AFTER_COMMIT,
  MESSAGE,
  RESET,
  SERVER_ERROR,
  SHORT_TIMEOUT,
  SILENCE,
  TOO_MANY,
} from './faults.ts'

const committed = [
  ['cut after the commit', LOST_AFTER_COMMIT],
  ['cut in its middle', HALF_BODY],
] as const

const failures = [
  ['OUTCOME_UNKNOWN', 'the line is cut', RESET],
  ['OUTCOME_UNKNOWN', 'the server stays silent', SILENCE],
  ['OUTCOME_UNKNOWN', 'a proxy fails', BAD_GATEWAY],
  ['OUTCOME_UNKNOWN', 'a page comes instead', HTML_PAGE],
  ['PROVIDER_UNAVAILABLE', 'the server fails', SERVER_ERROR],
  ['RATE_LIMITED', 'the server is asked too often', TOO_MANY],
] as const

describe('an edit', () => {
  it.each(committed)('whose answer was %s is read back', async (_name, fault) => {
    const { rocketChat, workspace, vera } = await openChat()
    const { id } = await vera.say('Helo')
    rocketChat.fail({ ...fault, method: 'PUT', route: MESSAGE })
    const answer = await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(answer).toMatchObject({ data: { updateMessage: { message: { text: 'Hello', state: 'EDITED' } } } })
    expect(said(workspace, vera.rid)).toEqual(['Hello'])
    expect(rocketChat.counts()[`PUT ${MESSAGE}`]).toBe(1)
  })

  it.each(failures)('is %s and not repeated when %s', async (code, _when, fault) => {
    const { rocketChat, workspace, vera } = await openChat({ config: SHORT_TIMEOUT })
    const { id } = await vera.say('Helo')
    rocketChat.fail({ ...fault, method: 'PUT', route: MESSAGE })
    const answer = await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(answer).toMatchObject({ data: { updateMessage: { code } } })
    expect(said(workspace, vera.rid)).toEqual(['Helo'])
    expect(rocketChat.counts()[`PUT ${MESSAGE}`]).toBe(1)
  })

  it.each([
    ['PROVIDER_UNAVAILABLE', RESET],
    ['PROVIDER_UNAVAILABLE', SERVER_ERROR],
    ['PROVIDER_ERROR', HTML_PAGE],
    ['RATE_LIMITED', TOO_MANY],
  ])('is %s, and certainly not done, when its message cannot be looked at first', async (code, fault) => {
    const { rocketChat, vera } = await openChat()
    const { id } = await vera.say('Helo')
    rocketChat.fail({ ...fault, method: 'GET', route: MESSAGE })
    const answer = await vera.ask(Update, { input: { messageId: id, text: 'Hello' } })
    expect(answer).toMatchObject({ data: { updateMessage: { code } } })
    expect(rocketChat.counts()[`PUT ${MESSAGE}`]).toBeUndefined()
  })
})

describe('a deletion', () => {
  it.each(committed)('whose answer was %s is known by what is gone', async (_name, fault) => {
    const { rocketChat, workspace, vera } = await openChat()
    const { id } = await vera.say('Regretted')
    rocketChat.fail({ ...fault, method: 'DELETE', route: MESSAGE })
    const answer = await vera.ask(Delete, { input: { messageId: id } })
    expect(answer).toMatchObject({ data: { deleteMessage: { messageId: id, deletedAt: null } } })
    expect(said(workspace, vera.rid)).toEqual([])
    expect(rocketChat.counts()[`DELETE ${MESSAGE}`]).toBe(1)
  })

  it.each(failures)('is %s and not repeated when %s', async (code, _when, fault) => {
    const { rocketChat, workspace, vera } = await openChat({ config: SHORT_TIMEOUT })
    const { id } = await vera.say('Kept')
    rocketChat.fail({ ...fault, method: 'DELETE', route: MESSAGE })
    const answer = await vera.ask(Delete, { input: { messageId: id } })
    expect(answer).toMatchObject({ data: { deleteMessage: { code } } })
    expect(said(workspace, vera.rid)).toEqual(['Kept'])
    expect(rocketChat.counts()[`DELETE ${MESSAGE}`]).toBe(1)
  })
})
