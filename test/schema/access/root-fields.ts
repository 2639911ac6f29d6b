import { decodeId, encodeId } from '../../../src/domain/ids.ts'
import { schema } from '../../../src/schema/index.ts'
import type { BothProviders, ProviderFixture } from '../../live/both-providers.ts'
import { OfflineListSend } from '../../offline/list-documents.ts'
import { fetchData } from '../../support/graphql-client.ts'
import type { Operation } from '../../support/http.ts'
import { asAnonymous } from '../../support/test-gateway.ts'

type Headers = Readonly<Record<string, string>>

/** One of everything that has an id, at one provider. The ids are global but for `nativeRoomId`. */
export interface Things {
  readonly provider: string
  readonly providerId: string
  readonly nativeRoomId: string
  readonly room: string
  readonly message: string
  readonly department: string
  readonly offlineMessage: string
}

export interface NativeIds {
  readonly roomId: string
  readonly messageId: string
  readonly threadId: string | null
  readonly departmentId: string
  readonly offlineKey: string
}

/** The global ids that things with these native ids have at a provider. */
export function thingsAt(provider: string, native: NativeIds): Things {
  const { roomId, messageId, threadId, departmentId, offlineKey } = native
  return {
    provider,
    providerId: encodeId({ type: 'Provider', provider }),
    nativeRoomId: roomId,
    room: encodeId({ type: 'Room', provider, roomId }),
    message: encodeId({ type: 'Message', provider, ref: { roomId, threadId, messageId } }),
    department: encodeId({ type: 'Department', provider, departmentId }),
    offlineMessage: encodeId({ type: 'OfflineMessage', provider, key: offlineKey }),
  }
}

/** Creates a room with a message, a department and an offline message at a provider; gives their native ids. */
export async function createThings(house: BothProviders, place: ProviderFixture): Promise<NativeIds> {
  const roomId = place.openRoom(house)
  const messageId = place.sendAsVisitor(house, roomId, 'hello')
  if (place.name === 'rocketchat') {
    const { _id: departmentId } = house.rocketChat.workspace.createDepartment({ name: 'Orders' })
    const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
    const { sendOfflineMessage: sent } = await fetchData(house.url, OfflineListSend, { input }, asAnonymous)
    if (sent.__typename !== 'SendOfflineMessagePayload') throw new Error(`not accepted: ${sent.__typename}`)
    const decoded = decodeId(sent.offlineMessage.id)
    const offlineKey = decoded?.type === 'OfflineMessage' ? decoded.key : ''
    return { roomId, messageId, threadId: null, departmentId, offlineKey }
  }
  const threadId = house.liveChat.chats.get(roomId).threads[0]?.id ?? null
  const offline = house.liveChat.addOfflineMessage({ visitorName: 'Bob', email: 'bob@mail.test', text: 'Hi' })
  return { roomId, messageId, threadId, departmentId: '0', offlineKey: offline.id }
}

/** Every field of Query, Mutation and Subscription that the schema has, as `Type.field`. */
export const rootFields: readonly string[] = [
  schema.getQueryType(),
  schema.getMutationType(),
  schema.getSubscriptionType(),
].flatMap((type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`))

/** An operation for each root field, about these things. */
export function operationsOn(things: Things): Readonly<Record<string, Operation>> {
  const { provider, nativeRoomId, room, message, offlineMessage } = things
  const { department, providerId } = things
  const person = { provider, name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
  const query = (fields: string) => ({ query: `query { ${fields} }` })
  const mutation = (name: string, input: Readonly<Record<string, string>>) => {
    const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`
    const selection = '{ __typename ... on UserError { code detail } }'
    return {
      query: `mutation($input: ${type}!) { ${name}(input: $input) ${selection} }`,
      variables: { input },
    }
  }
  const subscription = (fields: string) => ({ query: `subscription { ${fields} }` })
  const quoted = JSON.stringify
  return {
    'Query.viewer': query('viewer { role }'),
    'Query.providers': query('providers { name }'),
    'Query.node': query(`node(id: ${quoted(room)}) { __typename ... on Room { nativeId } }`),
    'Query.nodes': query(
      `nodes(ids: ${quoted([room, message, offlineMessage, department, providerId])}) { __typename }`,
    ),
    'Query.room': query(`room(id: ${quoted(room)}) { nativeId status }`),
    'Query.roomByNativeId': query(
      `roomByNativeId(provider: ${quoted(provider)}, nativeId: ${quoted(nativeRoomId)}) { nativeId status }`,
    ),
    'Query.rooms': query(`rooms(filter: { providers: [${quoted(provider)}] }) { nodes { nativeId } }`),
    'Query.offlineMessages': query(
      `offlineMessages(filter: { providers: [${quoted(provider)}] }) { nodes { email } }`,
    ),
    'Mutation.startRoom': mutation('startRoom', person),
    'Mutation.sendOfflineMessage': mutation('sendOfflineMessage', person),
    'Mutation.sendMessage': mutation('sendMessage', { roomId: room, text: 'Good day' }),
    'Mutation.updateMessage': mutation('updateMessage', { messageId: message, text: 'Good day' }),
    'Mutation.deleteMessage': mutation('deleteMessage', { messageId: message }),
    'Mutation.closeRoom': mutation('closeRoom', { roomId: room }),
    'Mutation.retryOfflineMessage': mutation('retryOfflineMessage', { offlineMessageId: offlineMessage }),
    'Mutation.discardOfflineMessage': mutation('discardOfflineMessage', { offlineMessageId: offlineMessage }),
    'Mutation.eraseOfflineMessages': mutation('eraseOfflineMessages', { email: 'nobody@mail.test' }),
    'Subscription.messageAdded': subscription(`messageAdded(roomId: ${quoted(room)}) { text }`),
    'Subscription.roomEvents': subscription(`roomEvents(roomId: ${quoted(room)}) { cursor }`),
    'Subscription.roomActivity': subscription(`roomActivity(providers: [${quoted(provider)}]) { nativeId }`),
    'Subscription.offlineMessageAdded': subscription(
      `offlineMessageAdded(providers: [${quoted(provider)}]) { email }`,
    ),
  }
}

/** What an operation is answered at once: JSON, or how a stream of events begins (with a comment where it is granted). */
export async function answerTo(url: string, operation: Operation, headers: Headers): Promise<string> {
  const isSubscription = operation.query.startsWith('subscription')
  const leaving = new AbortController()
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: isSubscription ? 'text/event-stream' : 'application/json',
      ...headers,
    },
    body: JSON.stringify(operation),
    signal: leaving.signal,
  })
  if (!isSubscription) return response.text()
  const { value } = (await response.body?.getReader().read()) ?? {}
  leaving.abort()
  return new TextDecoder().decode(value)
}
