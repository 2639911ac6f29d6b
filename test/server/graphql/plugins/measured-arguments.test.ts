import { parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import { schema } from '../../../../src/schema/index.ts'
import { hasMeasuredVariable } from '../../../../src/server/graphql/plugins/measured-arguments.ts'

const NODES = '{ nodes { text } }'
const SENT = '{ ... on UserError { code } }'

it.each([
  ['of a page', `query Q($n: Int) { room(id: "r") { messages(last: $n) ${NODES} } }`],
  ['in a list', 'query Q($id: ID!) { nodes(ids: ["a", $id]) { id } }'],
  [
    'of a page, in a fragment',
    `query Q($n: Int) { rooms { nodes { ...F } } } fragment F on Room { messages(first: $n) ${NODES} }`,
  ],
  ['of a page, inline', `query Q($n: Int) { node(id: "r") { ... on Room { messages(last: $n) ${NODES} } } }`],
  ['that is an id', 'query Q($id: ID!) { a: room(id: "r") { id } b: room(id: $id) { id } }'],
])('an operation is measured with a variable %s', (_name, text) => {
  expect(hasVariable(text)).toBe(true)
})

it.each([
  ['without variables', `{ room(id: "r") { messages(last: 5) ${NODES} } }`],
  [
    'with variables in mutations of a fixed cost',
    `mutation M($i: SendMessageInput!) { sendMessage(input: $i) ${SENT} }`,
  ],
  [
    'with variables in conditions',
    `query Q($if: Boolean!) { room(id: "r") { messages(last: 5) @include(if: $if) ${NODES} } }`,
  ],
])('an operation %s is measured once', (_name, text) => {
  expect(hasVariable(text)).toBe(false)
})

function hasVariable(text: string): boolean {
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  return hasMeasuredVariable(schema, document)
}
