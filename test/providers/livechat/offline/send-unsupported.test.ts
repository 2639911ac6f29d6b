import { describe, expect, it } from 'vitest'
import { fetchData } from '../../../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { SendOffline } from '../support/classic-documents.ts'
import { openClassicAccount } from '../support/classic-gateway.ts'

const input = { provider: 'livechat', name: 'Ada', email: 'ada@mail.test', text: 'Hello?' }

describe('an offline message to LiveChat', () => {
  it.each([
    ['an operator', asOperator],
    ['a visitor', asVisitor('some-token')],
    ['an anonymous caller', asAnonymous],
  ])('from %s is an UnsupportedError, without a request', async (_who, headers) => {
    const { url, sandbox } = await openClassicAccount()
    for (const idempotencyKey of [null, 'key', 'key']) {
      const sent = await fetchData(url, SendOffline, { input: { ...input, idempotencyKey } }, headers)
      expect(sent.sendOfflineMessage).toEqual({
        __typename: 'UnsupportedError',
        code: 'UNSUPPORTED',
        detail: expect.stringContaining('LiveChat'),
        provider: 'livechat',
      })
    }
    expect(sandbox.counts()).toEqual({})
    expect(sandbox.offlineMessages).toEqual([])
  })
})
