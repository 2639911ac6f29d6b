import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorAtPosition, encodeCursor } from '../../../../src/cursor/cursor.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { encodeListCursor } from '../../../../src/schema/pagination/list-cursor.ts'
import type { OfflineMessageFilter } from '../../../generated/graphql.ts'
import { sendOperation } from '../../../support/graphql-client.ts'
import { asOperator, createTestGateway } from '../../../support/test-gateway.ts'
import { OfflineList } from '../support/classic-documents.ts'
import { openClassicAccount, openClassicGateway } from '../support/classic-gateway.ts'

interface Asked {
  readonly first?: number
  readonly after?: string
  readonly filter?: OfflineMessageFilter
}

const list = async (url: string, { first = 5, after, filter }: Asked) =>
  sendOperation(url, OfflineList, { first, after: after ?? null, filter: filter ?? null }, asOperator)

describe('invalid input is INVALID_INPUT with its field, without a request', () => {
  const room = encodeId({ type: 'Room', provider: 'livechat', roomId: '2' })
  const refused: [string, Asked, string][] = [
    ['a page of 0', { first: 0 }, 'first'],
    ['a page of -1', { first: -1 }, 'first'],
    ['a page of 101', { first: 101 }, 'first'],
    [
      'a range that ends before it starts',
      { filter: { from: '2026-03-02', to: '2026-03-01' } },
      'filter.from',
    ],
    [
      'a provider that is not configured',
      { filter: { providers: ['livechat', 'nobody'] } },
      'filter.providers',
    ],
    ['a room’s id instead of a department’s', { filter: { departmentId: room } }, 'filter.departmentId'],
    ['text instead of a department’s id', { filter: { departmentId: '2' } }, 'filter.departmentId'],
  ]

  it.each(refused)('%s', async (_what, asked, field) => {
    const { url, sandbox } = await openClassicAccount()
    const { data, errors } = await list(url, asked)
    expect(data).toBeNull()
    expect(errors).toMatchObject([
      { path: ['offlineMessages'], extensions: { code: 'INVALID_INPUT', field } },
    ])
    expect(sandbox.counts()).toEqual({})
  })

  it.each(['2026-02-30', '2026-3-1', 'yesterday'])('the day %j is rejected', async (from) => {
    const { url, sandbox } = await openClassicAccount()
    const { errors } = await list(url, { filter: { from } })
    expect(errors).toMatchObject([{ message: expect.stringContaining('Date') }])
    expect(sandbox.counts()).toEqual({})
  })
})

describe('a cursor of another list is INVALID_INPUT with the field `after`', () => {
  const ofRoom = encodeCursor(cursorAtPosition({ micros: 1, id: 'm' }, 1))
  const id = encodeId({ type: 'OfflineMessage', provider: 'livechat', key: 'M144ESBTYG' })
  const at = (place: string) => encodeListCursor({ livechat: place })
  const foreign = [
    ['text', 'next page please'],
    ['an empty text', ''],
    ['a cursor of a room', ofRoom],
    ['a global id', id],
    ['a cursor with an extra character', `${at('["2026-03-10",1,["a"],"2026-03-04"]')}A`],
    ['a position that is not JSON', at('garbage')],
    ['a position of another list', at('{"micros":1}')],
    ['a day that does not exist', at('["2026-02-30",1,["a"],"2026-03-04"]')],
    ['a position before the first', at('["2026-03-10",-1,["a"],"2026-03-04"]')],
  ] as const

  it.each(foreign)('%s', async (_what, after) => {
    const { url, sandbox } = await openClassicAccount()
    const { data, errors } = await list(url, { after })
    expect(data?.offlineMessages.edges ?? []).toEqual([])
    expect(errors).toMatchObject([
      { path: ['offlineMessages'], extensions: { code: 'INVALID_INPUT', field: 'after' } },
    ])
    expect(sandbox.counts()).toEqual({})
  })

  it('any text', async () => {
    const { url, sandbox } = await openClassicAccount()
    const garbage = fc.oneof(fc.string({ unit: 'binary' }), fc.json().map(at), fc.base64String())
    await fc.assert(
      fc.asyncProperty(garbage, async (after) => {
        const { errors } = await list(url, { after })
        expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'after' } }])
      }),
      { numRuns: 50 },
    )
    expect(sandbox.counts()).toEqual({})
  })
})

describe('a provider that cannot list offline messages', () => {
  it('is UNSUPPORTED if the filter names it, without a request', async () => {
    const { url, sandboxes } = await openClassicGateway({
      able: {},
      unable: { configure: ({ classic: _none, ...rest }) => rest },
    })
    const { data, errors } = await list(url, { filter: { providers: ['able', 'unable'] } })
    expect(data).toBeNull()
    expect(errors).toMatchObject([
      { path: ['offlineMessages'], extensions: { code: 'UNSUPPORTED', provider: 'unable' } },
    ])
    expect([sandboxes.able.counts(), sandboxes.unable.counts()]).toEqual([{}, {}])
  })

  it('is left out otherwise', async () => {
    const { url, rocketChat, liveChat } = await createTestGateway({ liveChat: { seed: true } })
    const { data, errors } = await list(url, {})
    expect(errors).toBeUndefined()
    expect(data?.offlineMessages.edges.map(({ node }) => node.nativeId)).toEqual(
      liveChat.offlineMessages
        .slice(-5)
        .reverse()
        .map(({ id }) => id),
    )
    expect(rocketChat.counts()).toEqual({})
  })

  it('names the missing settings if it has no login', async () => {
    const { url, sandbox } = await openClassicAccount({ configure: ({ classic: _none, ...rest }) => rest })
    const { errors } = await list(url, { filter: { providers: ['livechat'] } })
    expect(errors).toMatchObject([
      { message: expect.stringContaining('LIVECHAT_LOGIN'), extensions: { code: 'UNSUPPORTED' } },
    ])
    expect(sandbox.counts()).toEqual({})
  })

  it('is read once if it is named twice', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const { data } = await list(url, { first: 3, filter: { providers: ['livechat', 'livechat'] } })
    expect(data?.offlineMessages.edges).toHaveLength(3)
    expect(sandbox.counts()).toEqual({ 'GET /offline_messages': 1 })
  })
})
