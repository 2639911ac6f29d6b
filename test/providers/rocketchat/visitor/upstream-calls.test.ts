import { isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../../../../src/schema/index.ts'
import { parseAnswer, post } from '../../../support/http.ts'
import { asVisitor } from '../../../support/test-gateway.ts'
import { HISTORY, ROOM, SERVER_ERROR } from '../support/faults.ts'
import { roomIdOf } from '../support/rocketchat-gateway.ts'
import { openVisitorGateway, type TestVisitor, type VisitorGateway } from '../support/visitor-gateway.ts'

const [room, history] = [`GET ${ROOM}`, `GET ${HISTORY}`]
const page = 'messages(last: 50) { nodes { id text createdAt author { name role } } pageInfo { endCursor } }'

/**
 * Sends a query in which `$id` and `$rid` stand for the ids of the visitor's room, and `$yes` and `$no` are variables. Counts
 * its upstream calls.
 */
async function ask({ url, rocketChat }: VisitorGateway, { token, roomId, rid }: TestVisitor, query: string) {
  const [selection, ...fragments] = query
    .replaceAll('$id', JSON.stringify(roomId))
    .replaceAll('$rid', JSON.stringify(rid))
    .split(/(?=fragment )/)
  const variables = { yes: true, no: false }
  const declared = Object.keys(variables).filter((name) => query.includes(`$${name}`))
  const declarations = declared.map((name) => `$${name}: Boolean!`).join(' ')
  const operation = `query ${declarations && `(${declarations})`} { ${selection} } ${fragments.join(' ')}`
  rocketChat.clearCalls()
  const answer = parseAnswer(await post(url, { query: operation, variables }, asVisitor(token)))
  return { ...answer, text: JSON.stringify(answer.data), calls: rocketChat.counts() }
}

const answeredByPage = {
  'messages alone': `room(id: $id) { ${page} }`,
  'with what the ids answer': `room(id: $id) { __typename id nativeId provider { name } live { source } ${page} }`,
  'by the native id': `roomByNativeId(provider: "rocketchat", nativeId: $rid) { id ${page} }`,
  'of a node': `node(id: $id) { id ... on Room { ${page} } ... on Message { text room { status } } }`,
  'of nodes': `nodes(ids: [$id, $id]) { __typename ... on Node { id } ... on Room { ${page} } }`,
  'in fragments': `room(id: $id) { ...Ids ... { ...Page } } fragment Ids on Node { id } fragment Page on Room { ${page} }`,
  'if the state is skipped': `room(id: $id) { ${page} status @skip(if: $yes) ... @include(if: $no) { tags } }`,
  'the same page twice': `room(id: $id) { a: ${page} b: ${page} }`,
  'the same room twice': `a: room(id: $id) { ${page} } b: room(id: $id) { id ${page} }`,
  'without arguments': 'room(id: $id) { messages { nodes { text } } }',
  'with bounds': 'room(id: $id) { messages(first: 5, since: "2020-01-01T00:00:00Z") { nodes { text } } }',
}

const needsRoom = {
  'its state': `room(id: $id) { status ${page} }`,
  'its state in a fragment': `room(id: $id) { ${page} ...State } fragment State on Room { visitor { name } }`,
  'its state if included': `room(id: $id) { ${page} status @include(if: $yes) }`,
  'its state through a message': `room(id: $id) { ${page} messages(last: 50) { nodes { room { status } } } }`,
  'its state in another field': `a: room(id: $id) { ${page} } b: room(id: $id) { status }`,
  'its state in another selection of the field': `room(id: $id) { ${page} } room(id: $id) { status }`,
}

describe('a visitor’s room with messages costs one history', () => {
  it.each(Object.entries(answeredByPage))('%s', async (_case, query) => {
    const gateway = await openVisitorGateway()
    await gateway.vera.send('one')
    // An operation that is repeated is compiled.
    for (let time = 1; time <= 3; time += 1) {
      const { text, errors, calls } = await ask(gateway, gateway.vera, query)
      expect(errors).toBeUndefined()
      expect(text).toContain('"text":"one"')
      expect(calls).toEqual({ [history]: 1 })
    }
  })

  it('if it is closed too', async () => {
    const gateway = await openVisitorGateway()
    await gateway.vera.send('one')
    gateway.workspace.closeRoom(gateway.vera.rid)
    const { data, calls } = await ask(gateway, gateway.vera, `room(id: $id) { ${page} }`)
    expect(data).toMatchObject({ room: { messages: { nodes: expect.any(Array) } } })
    expect(calls).toEqual({ [history]: 1 })
  })

  it('and one more for each other page', async () => {
    const gateway = await openVisitorGateway()
    await gateway.vera.send('one')
    const query =
      'room(id: $id) { id a: messages(last: 20) { nodes { text } } b: messages(first: 20) { nodes { text } } }'
    const { text, calls } = await ask(gateway, gateway.vera, query)
    expect(text.match(/"text":"one"/g)).toHaveLength(2)
    expect(calls).toEqual({ [history]: 2 })
  })
})

describe('a visitor’s room costs a read of the room', () => {
  it.each(Object.entries(needsRoom))(
    'and a history if the operation selects messages and %s',
    async (_case, query) => {
      const gateway = await openVisitorGateway()
      await gateway.vera.send('one')
      for (let time = 1; time <= 3; time += 1) {
        const { errors, calls } = await ask(gateway, gateway.vera, query)
        expect(errors).toBeUndefined()
        expect(calls).toEqual({ [room]: 1, [history]: 1 })
      }
    },
  )

  it.each([
    ['its id', 'room(id: $id) { id }'],
    ['messages that are skipped', `room(id: $id) { id ${page.replace(') {', ') @skip(if: $yes) {')} }`],
    [
      'messages of another type of node',
      'node(id: $id) { id ... on Message { room { messages { nodes { id } } } } }',
    ],
  ])('alone if the operation selects only %s', async (_what, query) => {
    const gateway = await openVisitorGateway()
    const { errors, calls } = await ask(gateway, gateway.vera, query)
    expect(errors).toBeUndefined()
    expect(calls).toEqual({ [room]: 1 })
  })

  it('alone if the operation skips another selection of the field, with messages', async () => {
    const gateway = await openVisitorGateway()
    gateway.rocketChat.injectFault({ ...SERVER_ERROR, route: HISTORY })
    for (let time = 1; time <= 3; time += 1) {
      const query = `room(id: $id) { id } ... @include(if: $no) { room(id: $id) { ${page} } }`
      const { data, calls } = await ask(gateway, gateway.vera, query)
      expect(data).toEqual({ room: { id: gateway.vera.roomId } })
      expect(calls).toEqual({ [room]: 1 })
    }
  })

  it('for every field but those that the ids or a page answer', async () => {
    const gateway = await openVisitorGateway()
    const type = schema.getType('Room')
    if (!isObjectType(type)) throw new Error('there is no type Room')
    const needed: string[] = []
    for (const [name, field] of Object.entries(type.getFields())) {
      const isLeaf = /^\W*(ID|String|DateTime|RoomStatus)\W*$/.test(String(field.type))
      const query = `room(id: $id) { field: ${name} ${isLeaf ? '' : '{ __typename }'} ${page} }`
      const { errors, calls } = await ask(gateway, gateway.vera, query)
      expect(errors).toBeUndefined()
      if (calls[room]) needed.push(name)
    }
    const others = Object.keys(type.getFields()).filter((name) => !needed.includes(name))
    expect(others.sort()).toEqual(['id', 'live', 'messages', 'nativeId', 'provider'])
  })
})

describe('a dashboard of fifty rooms, ten of them distinct', () => {
  async function openDashboard() {
    const gateway = await openVisitorGateway()
    const { workspace, ada, vera } = gateway
    await vera.send('one')
    const rids = Array.from(
      { length: 9 },
      () => workspace.openRoom({ token: vera.token, agentId: ada._id })._id,
    )
    const ids = [vera.rid, ...rids].map(roomIdOf)
    const aliases = (selection: string) =>
      Array.from(
        { length: 50 },
        (_, index) => `r${index}: room(id: "${ids[index % 10]}") { ${selection} }`,
      ).join('\n')
    return { ...gateway, ids, aliases }
  }

  it('costs ten histories if only messages are selected', async () => {
    const dashboard = await openDashboard()
    const { text, errors, calls } = await ask(dashboard, dashboard.vera, dashboard.aliases(`id ${page}`))
    expect(errors).toBeUndefined()
    expect(text.match(/"messages"/g)).toHaveLength(50)
    expect(calls).toEqual({ [history]: 10 })
  })

  it('costs ten histories as nodes', async () => {
    const dashboard = await openDashboard()
    const ids = JSON.stringify(Array.from({ length: 50 }, (_, index) => dashboard.ids[index % 10]))
    const query = `nodes(ids: ${ids}) { id ... on Room { ${page} } }`
    const { data, calls } = await ask(dashboard, dashboard.vera, query)
    expect(data).toMatchObject({ nodes: Array.from({ length: 50 }, () => ({ messages: {} })) })
    expect(calls).toEqual({ [history]: 10 })
  })

  it('costs ten rooms and ten histories with the visitor', async () => {
    const dashboard = await openDashboard()
    const { errors, calls } = await ask(
      dashboard,
      dashboard.vera,
      dashboard.aliases(`visitor { name } ${page}`),
    )
    expect(errors).toBeUndefined()
    expect(calls).toEqual({ [room]: 10, [history]: 10 })
  })
})

describe('a page proves access to its room for this caller', () => {
  it('another visitor gets null without an error, even while the owner reads the page', async () => {
    const gateway = await openVisitorGateway()
    const { vera, addVisitor } = gateway
    await vera.send('one')
    const bob = { ...addVisitor('Bob'), roomId: vera.roomId, rid: vera.rid }
    for (const query of Object.values(answeredByPage)) {
      const [own, foreign] = await Promise.all([ask(gateway, vera, query), ask(gateway, bob, query)])
      expect(own.errors).toBeUndefined()
      expect(foreign.errors).toBeUndefined()
      expect(foreign.text).not.toMatch(/"(id|messages)":/)
    }
  })

  it('an absent room, and one without an id, is null without an error', async () => {
    const gateway = await openVisitorGateway()
    for (const rid of ['nowhere', '', ' ', '../room', '?token=x', '%00']) {
      const nobody = { ...gateway.vera, rid, roomId: roomIdOf(rid) }
      const { data, errors } = await ask(
        gateway,
        nobody,
        `room(id: $id) { ${page} } node(id: $id) { ... on Room { ${page} } }`,
      )
      expect(errors).toBeUndefined()
      expect(data).toMatchObject({ room: null, node: null })
    }
  })

  it('a token that the server does not know is UNAUTHENTICATED at the room', async () => {
    const gateway = await openVisitorGateway()
    const nobody = { ...gateway.vera, token: 'nobody-s-token' }
    expect(await ask(gateway, nobody, `room(id: $id) { id ${page} }`)).toMatchObject({
      data: { room: null },
      errors: [{ path: ['room'], extensions: { code: 'UNAUTHENTICATED', provider: 'rocketchat' } }],
    })
  })

  it('a history that fails costs its room, with the error at the messages', async () => {
    const gateway = await openVisitorGateway()
    gateway.rocketChat.injectFault({ ...SERVER_ERROR, route: HISTORY })
    const query = `room(id: $id) { id ${page} } nodes(ids: [$id, "${roomIdOf('')}"]) { ... on Room { ${page} } }`
    const extensions = { code: 'PROVIDER_UNAVAILABLE', provider: 'rocketchat' }
    const { data, errors } = await ask(gateway, gateway.vera, query)
    expect(data).toMatchObject({ room: null, nodes: [null, null] })
    expect(errors).toMatchObject([
      { path: ['room', 'messages'], extensions },
      { path: ['nodes', 0, 'messages'], extensions },
    ])
  })

  it.each(['first: 1, last: 1', 'last: 0', 'after: "nonsense"'])(
    'arguments such as %s are INVALID_INPUT at the messages of a room that exists',
    async (args) => {
      const gateway = await openVisitorGateway()
      const query = `room(id: $id) { id messages(${args}) { nodes { id } } }`
      expect(await ask(gateway, gateway.vera, query)).toMatchObject({
        data: { room: null },
        errors: [{ path: ['room', 'messages'], extensions: { code: 'INVALID_INPUT' } }],
      })
      const nobody = { ...gateway.vera, roomId: roomIdOf('nowhere') }
      expect((await ask(gateway, nobody, query)).errors).toBeUndefined()
    },
  )
})

it('each mutation of an operation reads what the ones before it have changed', async () => {
  const gateway = await openVisitorGateway()
  const send = (
    alias: string,
    text: string,
  ) => `${alias}: sendMessage(input: { roomId: "${gateway.vera.roomId}", text: "${text}" }) {
    ... on SendMessagePayload { message { room { lastMessage { text } messages(last: 1) { nodes { text } } } } }
  }`
  const query = `mutation { ${send('a', 'one')} ${send('b', 'two')} }`
  const newest = (text: string) => ({
    message: { room: { lastMessage: { text }, messages: { nodes: [{ text }] } } },
  })
  expect(parseAnswer(await post(gateway.url, { query }, asVisitor(gateway.vera.token)))).toEqual({
    data: { a: newest('one'), b: newest('two') },
  })
})
