import { describe, expect, it } from 'vitest'
import { asOperator } from '../../../support/test-gateway.ts'
import { openGatewayPair, visitorHeaders } from './gateway-pair.ts'

const ROOMS = 'rooms(first: 3)'
const everyNode = '... on Room { status } ... on Provider { name } ... on Message { text }'

/** Valid documents without variables, by what they contain. */
const documents = {
  'a field': '{ viewer { role } }',
  'a list of lists': '{ providers { name kind capabilities } }',
  'rooms of both providers': `{ ${ROOMS} { nodes { id status visitor { name } } pageInfo { endCursor } } }`,
  'messages of several rooms': `{ ${ROOMS} { edges { cursor node { messages(last: 2) { nodes { id text author { name role } } } } } } }`,
  'a fragment': '{ providers { ...P } } fragment P on Provider { id name }',
  'a fragment that is used twice': `{ a: ${ROOMS} { nodes { ...R } } b: providers { live { source } } c: ${ROOMS} { nodes { ...R tags } } } fragment R on Room { id live { source } }`,
  'nested fragments': `{ ${ROOMS} { ...C } } fragment C on RoomConnection { nodes { ...R } } fragment R on Room { id ... on Node { id } ... { status } }`,
  'inline fragments of an interface': `{ nodes(ids: ["x"]) { id __typename ${everyNode} } }`,
  'the types of objects': '{ __typename providers { __typename } }',
  aliases: '{ a: viewer { r: role } b: viewer { r: role n: name } }',
  'merged fields': `{ ${ROOMS} { nodes { id } } ${ROOMS} { nodes { status } pageInfo { hasNextPage } } }`,
  'repeated fields': '{ viewer { role role name } viewer { name } }',
  'aliases that exchange names': '{ viewer { role: name name: role } }',
  'aliases with underscores': '{ a_b: viewer { c: role } a: viewer { b_c: name b: role } }',
  'paths that join to the same name':
    '{ providers { name } a_b: nodes(ids: ["1"]) { id } a: viewer { b: role } x: node(id: "2") { id_x: id } x_id: node(id: "3") { x: id } }',
  'constant conditions':
    '{ viewer { role @skip(if: true) name @include(if: false) t: __typename @skip(if: false) } providers @include(if: false) { name } }',
  'no field left': '{ viewer { role @skip(if: true) } }',
  'no root field left': '{ viewer @skip(if: true) { role } }',
  'a fragment that is skipped once': '{ viewer { ...V @skip(if: true) ...V } } fragment V on Viewer { role }',
  'a fragment that is skipped at second':
    '{ viewer { ...V ...V @skip(if: true) } } fragment V on Viewer { role }',
  'a comment and commas': '# text\n{ viewer, { role,,, name } }',
  'other line breaks': '{\r\n  viewer {\r    role\n  }\r\n}',
  'a description of an id': '{ node(id: """\n  block\n    text\n""") { id } }',
  'an id as a number': '{ node(id: 12345678901234567890) { id } }',
  'a list of one': '{ nodes(ids: "x") { id } }',
  'an empty list': '{ nodes(ids: []) { id } }',
  'an enum and a list in an input': `{ rooms(first: 2, filter: { status: OPEN, providers: ["livechat"] }) { nodes { status } } }`,
  'a time in an input': `{ rooms(first: 2, filter: { createdFrom: "2020-01-02T03:04:05+02:00" }) { nodes { createdAt } } }`,
  'nulls in an input':
    '{ rooms(first: null, after: null, filter: { status: null, departmentId: null }) { nodes { id } } }',
  'strings that look like code': String.raw`{ node(id: "\"];throw 1;//${'$'}{1}\u2028\u0000'\\") { id } }`,
  'strings that a compiler replaces':
    '{ a: node(id: "__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8") { id } }',
  'names that every object has':
    '{ constructor: viewer { toString: role hasOwnProperty: name } __proto__: viewer { __proto__: role } valueOf: __typename }',
  'names that every object has, deeper': '{ viewer { constructor: role __proto__: name } }',
  'reserved words': '{ class: viewer { new: role function: name } null: __typename this: __typename }',
  'names of the generated code':
    '{ __context: viewer { __parent: role } err: viewer { result: name } idx0: __typename }',
  'unused parts of a page': `{ ${ROOMS} { pageInfo { hasNextPage hasPreviousPage startCursor } } }`,
  'an unknown room': '{ room(id: "nothing") { id } providers { name } }',
  'no cost': '{ viewer { role } }',
}

/** Documents that are not valid, or beyond a limit. */
const rejectedDocuments = {
  'no text': '',
  'a syntax error': '{ viewer { role }',
  'a character that is not allowed': '{ viewer { role } } \u0007',
  'an unknown field': '{ viewer { rol } }',
  'an unknown argument': '{ viewer(a: 1) { role } }',
  'an argument of another type': '{ rooms(first: "1") { nodes { id } } }',
  'an Int that is too large': '{ rooms(first: 2147483648) { nodes { id } } }',
  'a missing argument': '{ room { id } }',
  'a missing selection': '{ viewer }',
  'an unknown fragment': '{ ...F }',
  'an unused fragment': '{ viewer { role } } fragment F on Viewer { role }',
  'a fragment that contains itself': '{ viewer { ...F } } fragment F on Viewer { role ...F }',
  'a conflict': '{ viewer { role role: name } }',
  'an undefined variable': '{ room(id: $id) { id } }',
  'an unknown directive': '{ viewer { role @client } }',
  'a page that is too large': '{ rooms(first: 101) { nodes { id } } }',
  'a page of nothing': '{ rooms(first: 0) { nodes { id } } }',
  'an invalid cursor': '{ rooms(after: "x") { nodes { id } } }',
  'an invalid time': '{ rooms(filter: { createdFrom: "yesterday" }) { nodes { id } } }',
  'an unknown provider': '{ rooms(filter: { providers: ["x"] }) { nodes { id } } }',
  'too many tokens': `{ ${'viewer { role } '.repeat(600)} }`,
  'too many aliases': `{ ${Array.from({ length: 60 }, (_, at) => `a${at}: __typename`).join(' ')} }`,
  'too much complexity':
    '{ rooms(first: 100) { nodes { messages(last: 100) { nodes { id room { messages(last: 100) { nodes { id } } } } } } } }',
  introspection: '{ __schema { queryType { name } } }',
  'introspection of a type': '{ __type(name: "Room") { name fields { name } } viewer { role } }',
  'a type only': 'type A { b: Int }',
}

describe('a repeated request gets the response of the GraphQL engine', () => {
  it('to each valid document', async () => {
    const pair = await openGatewayPair()
    for (const [name, query] of Object.entries(documents)) {
      const { isDirect } = await pair.compare(name, { headers: asOperator, body: { query } })
      expect.soft(isDirect, name).toBe(true)
    }
    for (const [name, query] of Object.entries(documents))
      for (const headers of [visitorHeaders(pair), {}])
        await pair.compare(`${name}, not an operator`, { headers, body: { query } })
  })

  it('to each document that is rejected', async () => {
    const pair = await openGatewayPair()
    for (const [name, query] of Object.entries(rejectedDocuments))
      for (const headers of [asOperator, visitorHeaders(pair), {}])
        await pair.compare(`${name}, ${Object.keys(headers)}`, { headers, body: { query } })
  })
})
