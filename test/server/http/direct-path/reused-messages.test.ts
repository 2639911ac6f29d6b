import { expect, it } from 'vitest'
import { asOperator } from '../../../support/test-gateway.ts'
import { openGatewayPair, visitorHeaders } from './gateway-pair.ts'

const selections = [
  'id text',
  'text id',
  'a: text b: id author { name role } attachments { url name }',
  'room { id } nativeId state kind visibility createdAt editedAt editedBy { name }',
  'room { id status } text',
  '__typename id __proto__: text constructor: id',
  'text @skip(if: $yes) id @include(if: $yes) kind @include(if: $no)',
  'text @skip(if: $no) id @include(if: $no) kind @include(if: $yes)',
]

it('messages whose serialized form is kept are the same as from the engine, for each selection and caller', async () => {
  const pair = await openGatewayPair()
  const [visitor] = pair.rocketChat.demo.visitors
  const nativeId = visitor?.roomId ?? ''
  const read = async (selection: string, headers: Readonly<Record<string, string>>) => {
    const isConditional = selection.includes('$')
    const query = `query ${isConditional ? '($yes: Boolean!, $no: Boolean = false)' : ''} {
      roomByNativeId(provider: "rocketchat", nativeId: "${nativeId}") {
        messages(last: 3) { nodes { ${selection} } edges { cursor node { ${selection} } } }
        lastMessage { ${selection} }
      }
    }`
    for (const yes of [true, false]) {
      const body = { query, variables: isConditional ? { yes } : {} }
      const { isDirect } = await pair.compare(`${selection}, ${yes}`, { headers, body })
      expect(isDirect, selection).toBe(true)
    }
  }
  const callers = [asOperator, visitorHeaders(pair)]
  for (const selection of selections) for (const headers of callers) await read(selection, headers)
  const message = pair.rocketChat.workspace.messages(nativeId).at(-1)
  pair.rocketChat.workspace.edit(message?._id ?? '', 'edited text')
  for (const selection of selections) for (const headers of callers) await read(selection, headers)
  const query = `{ roomByNativeId(provider: "rocketchat", nativeId: "${nativeId}") { messages(last: 1) { nodes { text } } } }`
  const { isDirect, text } = await pair.compare('the edited message', {
    headers: asOperator,
    body: { query },
  })
  expect({ isDirect, text }).toMatchObject({ isDirect: true, text: expect.stringContaining('edited text') })
})
