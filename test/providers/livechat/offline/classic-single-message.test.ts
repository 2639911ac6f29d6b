import { describe, expect, it } from 'vitest'
import { formLabels, type LiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../../src/domain/ids.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { OfflineDetails, OfflineNode, OfflineNodes } from '../support/classic-documents.ts'
import { MESSAGE_ROUTE, openClassicAccount } from '../support/classic-gateway.ts'

const idOf = (key: string) => encodeId({ type: 'OfflineMessage', provider: 'livechat', key })
const read = (url: string, key: string) => fetchData(url, OfflineNode, { id: idOf(key) }, asOperator)

describe('the two messages in the vendor’s documentation', () => {
  it('M144ESBTYG is as documented, with its text without the form', async () => {
    const { url } = await openClassicAccount({ seed: true })
    expect(await read(url, 'M144ESBTYG')).toEqual({
      node: {
        __typename: 'OfflineMessage',
        id: idOf('M144ESBTYG'),
        nativeId: 'M144ESBTYG',
        name: 'Mary Brown',
        email: 'mary.brown@mycompany.com',
        text: "Hi, \nI'd like to ask about your products, can somebody contact me?\nBest regards,\nMary Brown",
        rawText:
          "Your name: Mary Brown\r\nE-mail: mary.brown@mycompany.com\r\n\r\nMessage:\r\nHi, \nI'd like to ask about your products, can somebody contact me?\nBest regards,\nMary Brown\r\n\r\n",
        receivedAt: null,
        receivedOn: null,
        provider: { name: 'livechat' },
        department: { nativeId: '0' },
        delivery: { state: 'RECEIVED', attempts: 0, lastError: null, nextAttemptAt: null },
      },
    })
  })

  it('M144DSLS7A is as documented, with its text without the form', async () => {
    const { url } = await openClassicAccount({ seed: true })
    expect(await read(url, 'M144DSLS7A')).toMatchObject({
      node: {
        name: 'Jane Doe',
        email: 'jane.doe@company.com',
        text: 'Example message',
        rawText:
          'Your name: Jane Doe\r\nE-mail: jane.doe@company.com\r\n\r\nMessage:\r\nExample message\r\n\r\n',
        department: { nativeId: '2' },
      },
    })
  })
})

describe('text and rawText', () => {
  /** The text after the last label of the form. The sandbox renders every text this way. */
  const wordsOf = (message: string, label: string) =>
    message.slice(message.indexOf(`\r\n\r\n${label}\r\n`) + label.length + 6, -4)

  const inLanguage = (sandbox: LiveChatSandbox, label: string) =>
    sandbox.offlineMessages.filter(({ message }) => message.includes(`\r\n\r\n${label}\r\n`))

  it.each(Object.entries(formLabels))('of every seeded message in %s', async (_language, labels) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const messages = inLanguage(sandbox, labels.message)
    expect(messages.length).toBeGreaterThan(0)
    const ids = messages.map(({ id }) => idOf(id))
    const { nodes } = await fetchData(url, OfflineNodes, { ids }, asOperator)
    expect(nodes).toEqual(
      messages.map(({ id, message }) => ({
        id: idOf(id),
        nativeId: id,
        rawText: message,
        text: wordsOf(message, labels.message),
      })),
    )
  })

  it('of every seeded message are covered by one of the languages', async () => {
    const { sandbox } = await openClassicAccount({ seed: true })
    const covered = Object.values(formLabels).flatMap(({ message }) => inLanguage(sandbox, message))
    expect(covered).toHaveLength(sandbox.offlineMessages.length)
  })

  it('are the same in the list', async () => {
    const { url } = await openClassicAccount({ seed: true })
    const variables = { first: 100, filter: { from: '2020-01-01' } }
    const { offlineMessages } = await fetchData(url, OfflineDetails, variables, asOperator)
    const ids = offlineMessages.nodes.map(({ id }) => id)
    const { nodes } = await fetchData(url, OfflineNodes, { ids }, asOperator)
    expect(nodes).toEqual(
      offlineMessages.nodes.map(({ id, nativeId, text, rawText }) => ({ id, nativeId, text, rawText })),
    )
  })

  it('an empty name and an empty e-mail address are null', async () => {
    const { url, sandbox } = await openClassicAccount()
    const { id } = sandbox.addOfflineMessage({ visitorName: '', email: '', text: 'is it back in stock??' })
    expect(await read(url, id)).toMatchObject({
      node: { name: null, email: null, text: 'is it back in stock??' },
    })
  })
})

describe('an absent message is null, without an error', () => {
  const impossible = [
    '',
    '.',
    '..',
    '../offline_messages',
    'a/b',
    'M144ESBTYG?x=1',
    '\ud800',
    'ü',
    'a\r\nb',
    '%2e%2e',
  ]

  it.each(['NOSUCHID00', ...impossible])('%j', async (key) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    expect(await read(url, key)).toEqual({ node: null })
    expect(Object.keys(sandbox.counts()).filter((route) => route !== MESSAGE_ROUTE)).toEqual([])
  })

  it('a message of a provider that is not configured', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const id = encodeId({ type: 'OfflineMessage', provider: 'elsewhere', key: 'M144ESBTYG' })
    expect(await fetchData(url, OfflineNode, { id }, asOperator)).toEqual({ node: null })
    expect(sandbox.counts()).toEqual({})
  })

  it('does not affect the others in a batch, nor the order', async () => {
    const { url } = await openClassicAccount({ seed: true })
    const ids = ['M144DSLS7A', '\ud800', 'NOSUCHID00', 'M144ESBTYG'].map(idOf)
    const { nodes } = await fetchData(url, OfflineNodes, { ids }, asOperator)
    expect(nodes.map((node) => node?.id ?? null)).toEqual([ids[0], null, null, ids[3]])
  })
})

describe('an invalid id', () => {
  it.each(['M144ESBTYG', '', '*', idOf('M144ESBTYG').slice(1)])('%j is INVALID_INPUT', async (id) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const { data, errors } = await sendOperation(url, OfflineNode, { id }, asOperator)
    expect(data).toEqual({ node: null })
    expect(errors).toMatchObject([{ path: ['node'], extensions: { code: 'INVALID_INPUT', field: 'id' } }])
    expect(sandbox.counts()).toEqual({})
  })
})

describe('the requests', () => {
  it('are one per message, however often it is selected', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const [mary, jane] = [idOf('M144ESBTYG'), idOf('M144DSLS7A')]
    const ids = [mary, jane, mary, mary, jane]
    const { nodes } = await fetchData(url, OfflineNodes, { ids }, asOperator)
    expect(nodes.map((node) => node?.id)).toEqual(ids)
    expect(sandbox.counts()).toEqual({ [MESSAGE_ROUTE]: 2 })
  })

  it('contain the login and the key, and nothing of the caller', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    await read(url, 'M144ESBTYG')
    const { login, apiKey } = sandbox.credentials
    const basic = Buffer.from(`${login}:${apiKey}`).toString('base64')
    expect(sandbox.calls.map(({ headers }) => headers.authorization)).toEqual([`Basic ${basic}`])
  })
})
