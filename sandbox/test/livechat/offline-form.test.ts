import { afterEach, beforeEach, expect, it } from 'vitest'
import { formLabels, type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
})
afterEach(() => sandbox.close())

const draft = { visitorName: 'Ada Byron', email: 'ada@byron.test', text: 'One\n\nTwo' }

it('renders form lines with CRLF, the body with bare line feeds and two CRLF at the end', () => {
  expect(sandbox.addOfflineMessage(draft).message).toBe(
    'Your name: Ada Byron\r\nE-mail: ada@byron.test\r\n\r\nMessage:\r\nOne\n\nTwo\r\n\r\n',
  )
})

it('puts further fields between the e-mail and the message', () => {
  const { message } = sandbox.addOfflineMessage({
    ...draft,
    extraFields: { 'Phone:': '+48 71 000', 'Order number:': '' },
  })
  expect(message.split('\r\n').slice(1, 6)).toEqual([
    'E-mail: ada@byron.test',
    'Phone: +48 71 000',
    'Order number: ',
    '',
    'Message:',
  ])
})

it('turns every line end of the body into a bare line feed', () => {
  const { message } = sandbox.addOfflineMessage({ ...draft, text: 'a\r\nb\rc\nd' })
  expect(message).toMatch(/Message:\r\na\nb\nc\nd\r\n\r\n$/)
})

it.each(Object.entries(formLabels))('labels the form in %s', (_language, labels) => {
  const lines = sandbox.addOfflineMessage({ ...draft, labels }).message.split('\r\n')
  expect(lines[0]).toBe(`${labels.name} Ada Byron`)
  expect(lines[3]).toBe(labels.message)
})
