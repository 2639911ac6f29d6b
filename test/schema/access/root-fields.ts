import { decodeId, encodeId } from '../../../src/domain/ids.ts'
import { schema } from '../../../src/schema/index.ts'
import type { BothProviders, ProviderFixture } from '../../live/both-providers.ts'
import { OfflineListSend } from '../../offline/list-documents.ts'
import { fetchData } from '../../support/graphql-client.ts'
import type { Operation } from '../../support/http.ts'
import { asAnonymous } from '../../support/test-gateway.ts'

type Headers = Readonly<Record<string, string>>

/** Ids of one object of each type at one provider. All are global ids except `nativeRoomId`. */
export interface GlobalIds {
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

/** Encodes the global ids of objects with these native ids at a provider. */
export function globalIdsAt(provider: string, native: NativeIds): GlobalIds {
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

/** Creates a room with a message, a department and an offline message at a provider; returns their native ids. */
export async function createObjects(setup: BothProviders, fixture: ProviderFixture): Promise<NativeIds> {
  const roomId = fixture.openRoom(setup)
  const messageId = fixture.sendAsVisitor(setup, roomId, 'hello')
  if (fixture.name === 'rocketchat') {
    const { _id: departmentId } = setup.rocketChat.workspace.createDepartment({ name: 'Orders' })
    const input = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
    const { sendOfflineMessage: sent } = await fetchData(setup.url, OfflineListSend, { input }, asAnonymous)
    if (sent.__typename !== 'SendOfflineMessagePayload') throw new Error(`not accepted: ${sent.__typename}`)
    const decoded = decodeId(sent.offlineMessage.id)
    const offlineKey = decoded?.type === 'OfflineMessage' ? decoded.key : ''
    return { roomId, messageId, threadId: null, departmentId, offlineKey }
  }
  const threadId = setup.liveChat.chats.get(roomId).threads[0]?.id ?? null
  const offline = setup.liveChat.addOfflineMessage({ visitorName: 'Bob', email: 'bob@mail.test', text: 'Hi' })
  return { roomId, messageId, threadId, departmentId: '0', offlineKey: offline.id }
}

/** Every field of Query, Mutation and Subscription that the schema has, as `Type.field`. */
export const rootFields: readonly string[] = [
  schema.getQueryType(),
  schema.getMutationType(),
  schema.getSubscriptionType(),
].flatMap((type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`))

/** An operation for each root field that uses these ids. */
export function operationsOn(ids: GlobalIds): Readonly<Record<string, Operation>> {
  const { provider, nativeRoomId, room, message, offlineMessage } = ids
  const { department, providerId } = ids
  const agent = encodeId({ type: 'Agent', provider, agentId: 'nobody' })
  const person = { provider, name: 'Ada', email: 'ada@mail.test', text: 'Hello' }
  const query = (fields: string) => ({ query: `query { ${fields} }` })
  const mutation = (name: string, input: Readonly<Record<string, unknown>>) => {
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
    'Query.agents': query(`agents(filter: { providers: [${quoted(provider)}] }) { nativeId }`),
    'Query.statistics': query(`statistics(providers: [${quoted(provider)}]) { open }`),
    'Query.offlineMessages': query(
      `offlineMessages(filter: { providers: [${quoted(provider)}] }) { nodes { email } }`,
    ),
    'Mutation.startRoom': mutation('startRoom', person),
    'Mutation.renewVisitor': mutation('renewVisitor', { renewalToken: 'no-renewal-token' }),
    'Mutation.sendOfflineMessage': mutation('sendOfflineMessage', person),
    'Mutation.sendMessage': mutation('sendMessage', { roomId: room, text: 'Good day' }),
    'Mutation.updateMessage': mutation('updateMessage', { messageId: message, text: 'Good day' }),
    'Mutation.deleteMessage': mutation('deleteMessage', { messageId: message }),
    'Mutation.closeRoom': mutation('closeRoom', { roomId: room }),
    'Mutation.setAgentStatus': mutation('setAgentStatus', {
      agentId: encodeId({ type: 'Agent', provider, agentId: 'another agent' }),
      acceptingChats: false,
    }),
    'Mutation.takeRoom': mutation('takeRoom', { roomId: room }),
    'Mutation.assignRoom': mutation('assignRoom', { roomId: room, agentId: agent }),
    'Mutation.transferRoom': mutation('transferRoom', { roomId: room, departmentId: department }),
    'Mutation.requeueRoom': mutation('requeueRoom', { roomId: room }),
    'Mutation.setRoomTags': mutation('setRoomTags', { roomId: room, tags: ['vip'] }),
    'Mutation.rateRoom': mutation('rateRoom', { roomId: room, score: 5 }),
    'Mutation.requestTranscript': mutation('requestTranscript', { roomId: room, email: 'ada@mail.test' }),
    'Mutation.setTyping': mutation('setTyping', { roomId: room, typing: true }),
    'Mutation.markSeen': mutation('markSeen', { roomId: room, messageId: message }),
    'Mutation.retryOfflineMessage': mutation('retryOfflineMessage', { offlineMessageId: offlineMessage }),
    'Mutation.discardOfflineMessage': mutation('discardOfflineMessage', { offlineMessageId: offlineMessage }),
    'Mutation.eraseOfflineMessages': mutation('eraseOfflineMessages', { email: 'nobody@mail.test' }),
    'Subscription.messageAdded': subscription(`messageAdded(roomId: ${quoted(room)}) { text }`),
    'Subscription.roomEvents': subscription(`roomEvents(roomId: ${quoted(room)}) { cursor }`),
    'Subscription.roomSignals': subscription(`roomSignals(roomId: ${quoted(room)}) { __typename }`),
    'Subscription.roomActivity': subscription(`roomActivity(providers: [${quoted(provider)}]) { nativeId }`),
    'Subscription.offlineMessageAdded': subscription(
      `offlineMessageAdded(providers: [${quoted(provider)}]) { email }`,
    ),
  }
}

/** Sends an operation and returns the JSON, or the first bytes of an event stream (a comment if it is accepted). */
export async function firstResponse(url: string, operation: Operation, headers: Headers): Promise<string> {
  const isSubscription = operation.query.startsWith('subscription')
  const abort = new AbortController()
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: isSubscription ? 'text/event-stream' : 'application/json',
      ...headers,
    },
    body: JSON.stringify(operation),
    signal: abort.signal,
  })
  if (!isSubscription) return response.text()
  const { value } = (await response.body?.getReader().read()) ?? {}
  abort.abort()
  return new TextDecoder().decode(value)
}
