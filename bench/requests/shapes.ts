import type { LoadRequest } from './load-process.ts'
import type { BenchRoom, World } from './world.ts'

/** The servers that can be measured. `gateway` is the full gateway, the others are its peers. */
export type CandidateName = 'gateway' | 'reshape' | 'yoga' | 'mercurius' | 'proxy'

/** A request of a shape; its path is the server's own. */
export type ShapeRequest = Omit<LoadRequest, 'path'>

/** A query that is measured, with the servers that respond to it. */
export interface Shape {
  readonly title: string
  readonly candidates: readonly CandidateName[]
  /** The candidate whose throughput counts as 1. */
  readonly baseline: CandidateName
  readonly connections: number
  /** Upstream delay in milliseconds, and whether each upstream response has a text of its own. */
  readonly upstream: { readonly delayMs: number; readonly isChanging: boolean }
  /** The last part of the path at `reshape`, which has an endpoint per screen. */
  readonly screen: string
  readonly requests: readonly ShapeRequest[]
}

const CONNECTIONS = 64
const DASHBOARD_CONNECTIONS = 8
const DASHBOARD_SIZE = 50
const DELAY_MS = 20
const GRAPHQL_PEERS = ['reshape', 'yoga', 'mercurius'] as const

const ROOM = `query Room($id: ID!) {
  room(id: $id) { id messages(last: 50) { nodes { text createdAt author { name } } } }
}`
const INBOX = `query Inbox {
  rooms(first: 50) { nodes { nativeId status visitor { name } lastMessage { text author { name } } } }
}`
const SEND = `mutation Send($input: SendMessageInput!) {
  sendMessage(input: $input) {
    ... on SendMessagePayload { message { text createdAt author { name } } }
    ... on UserError { code }
  }
}`

/** All shapes by the name that selects them, in the order in which they are measured. */
export function createShapes(world: World, operatorKey: string): Readonly<Record<string, Shape>> {
  const [room] = world.rooms
  const [chat] = world.chats
  if (!room || !chat) throw new Error('the world is empty')
  const operator = { authorization: `Bearer ${operatorKey}` }
  const still = { delayMs: 0, isChanging: false }
  const oneRoom: Shape = {
    title: 'one room with 50 messages, as its visitor',
    candidates: ['gateway', ...GRAPHQL_PEERS],
    baseline: 'reshape',
    connections: CONNECTIONS,
    upstream: still,
    screen: 'room',
    requests: [roomRequest(room)],
  }
  const dashboard: Shape = {
    ...oneRoom,
    title: 'dashboard: 50 rooms (10 distinct) with messages and visitor',
    baseline: 'yoga',
    connections: DASHBOARD_CONNECTIONS,
    screen: 'dashboard',
    requests: [dashboardRequest(world.dashboard, 'visitor { name }')],
  }
  const rooms: Shape = {
    ...oneRoom,
    title: '64 rooms in turn, each as its visitor',
    requests: world.rooms.map(roomRequest),
  }
  return {
    room: { ...oneRoom, candidates: [...oneRoom.candidates, 'proxy'] },
    'room-changing': changing(oneRoom),
    operator: {
      ...oneRoom,
      title: 'one room with 50 messages, as an operator',
      requests: [{ ...roomRequest(room), headers: operator }],
    },
    rooms,
    'rooms-changing': changing(rooms),
    dashboard,
    'dashboard-messages': {
      ...dashboard,
      title: 'dashboard: 50 rooms (10 distinct) with messages only',
      screen: 'dashboard-messages',
      requests: [dashboardRequest(world.dashboard, '')],
    },
    inbox: {
      ...oneRoom,
      title: 'merged inbox: the latest 50 rooms of both providers, as an operator',
      screen: 'inbox',
      requests: [{ body: JSON.stringify({ query: INBOX }), headers: operator, marker: chat.marker }],
    },
    livechat: {
      ...oneRoom,
      title: 'one LiveChat room with 50 messages, as an operator',
      requests: [{ ...roomRequest({ ...chat, visitorToken: '' }), headers: operator }],
    },
    mutation: {
      ...oneRoom,
      title: 'mutation: `sendMessage` as the visitor',
      screen: 'mutation',
      requests: [sendRequest(room)],
    },
    'room-delay': {
      ...oneRoom,
      title: `${oneRoom.title}, upstream responds after ${DELAY_MS} ms`,
      upstream: { ...still, delayMs: DELAY_MS },
    },
    'dashboard-delay': {
      ...dashboard,
      title: `${dashboard.title}, upstream responds after ${DELAY_MS} ms`,
      upstream: { ...still, delayMs: DELAY_MS },
    },
  }
}

/** The same shape with a new text in each upstream response, so that no unchanged body can be reused. */
function changing(shape: Shape): Shape {
  return {
    ...shape,
    title: `${shape.title}, every upstream response different`,
    upstream: { ...shape.upstream, isChanging: true },
  }
}

function roomRequest({ id, visitorToken, marker }: BenchRoom): ShapeRequest {
  const body = JSON.stringify({ query: ROOM, variables: { id } })
  return { body, headers: { 'x-visitor-token': visitorToken }, marker }
}

/** One document of 50 aliases, the most that the gateway accepts. */
function dashboardRequest(rooms: readonly BenchRoom[], selected: string): ShapeRequest {
  const aliases = Array.from({ length: DASHBOARD_SIZE }, (_, index) => `r${index}`)
  const parameters = aliases.map((alias) => `$${alias}: ID!`).join(', ')
  const fields = aliases.map((alias) => `  ${alias}: room(id: $${alias}) { ...Card }`).join('\n')
  const card = `fragment Card on Room {
  id ${selected}
  messages(last: 50) { nodes { text createdAt author { name } } }
}`
  const query = `query Dashboard(${parameters}) {\n${fields}\n}\n${card}`
  const variables = Object.fromEntries(
    aliases.map((alias, index) => [alias, rooms[index % rooms.length]?.id ?? '']),
  )
  const [{ visitorToken, marker } = { visitorToken: '', marker: '' }] = rooms
  return { body: JSON.stringify({ query, variables }), headers: { 'x-visitor-token': visitorToken }, marker }
}

function sendRequest({ id, visitorToken }: BenchRoom): ShapeRequest {
  const input = { roomId: id, text: 'When does my parcel arrive?' }
  const body = JSON.stringify({ query: SEND, variables: { input } })
  return { body, headers: { 'x-visitor-token': visitorToken }, marker: '"message":{' }
}
