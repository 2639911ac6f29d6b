import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../../src/domain/ids.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asAnonymous, asOperator, asVisitor } from '../../../support/test-gateway.ts'
import { OfflineList, OfflineNode, OfflineNodes } from '../support/classic-documents.ts'
import { openClassicAccount } from '../support/classic-gateway.ts'

const id = encodeId({ type: 'OfflineMessage', provider: 'livechat', key: 'M144ESBTYG' })
const absent = encodeId({ type: 'OfflineMessage', provider: 'livechat', key: 'NOSUCHID00' })
const elsewhere = encodeId({ type: 'OfflineMessage', provider: 'elsewhere', key: 'M144ESBTYG' })

describe.each([
  ['a visitor', asVisitor('some-token'), 'FORBIDDEN'],
  ['an anonymous caller', asAnonymous, 'UNAUTHENTICATED'],
] as const)('%s', (_who, headers, code) => {
  it.each([
    ['the list', null],
    ['the list of a named provider', { providers: ['livechat'] }],
    ['the list of a provider that does not exist', { providers: ['nobody'] }],
  ])(`cannot read %s: ${code}`, async (_what, filter) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const { data, errors } = await sendOperation(url, OfflineList, { first: 5, after: null, filter }, headers)
    expect(data).toBeNull()
    expect(errors).toMatchObject([{ path: ['offlineMessages'], extensions: { code } }])
    expect(sandbox.counts()).toEqual({})
  })

  it.each([id, absent])(`cannot read a message, existing or not: ${code}`, async (node) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const { data, errors } = await sendOperation(url, OfflineNode, { id: node }, headers)
    expect(data).toEqual({ node: null })
    expect(errors).toMatchObject([{ path: ['node'], extensions: { code, provider: 'livechat' } }])
    expect(sandbox.counts()).toEqual({})
  })

  it(`cannot read any of several messages: ${code}`, async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const { data, errors } = await sendOperation(url, OfflineNodes, { ids: [id, elsewhere, absent] }, headers)
    expect(data).toEqual({ nodes: [null, null, null] })
    expect(errors).toMatchObject([
      { path: ['nodes', 0], extensions: { code } },
      { path: ['nodes', 2], extensions: { code } },
    ])
    expect(sandbox.counts()).toEqual({})
  })
})

it('an operator can read both', async () => {
  const { url } = await openClassicAccount({ seed: true })
  const { offlineMessages } = await fetchData(
    url,
    OfflineList,
    { first: 5, after: null, filter: null },
    asOperator,
  )
  expect(offlineMessages.edges).toHaveLength(5)
  expect(await fetchData(url, OfflineNode, { id }, asOperator)).toMatchObject({ node: { id } })
})
