import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { graphql } from '../generated/index.ts'
import { RoomWorkCapabilities, TakeRoom } from '../schema/room/room-work-documents.ts'
import { makeKey, openJwtIssuer, sign } from '../server/identity/jwt-issuer.ts'
import { fetchData } from '../support/graphql-client.ts'
import { request } from '../support/http.ts'
import { loginsByRoute, type OwnAgentDriver, ownAgentDrivers } from '../support/own-agent-drivers.ts'
import { asAnn, asBen, type OwnAgentsGateway, openOwnAgentsGateway } from '../support/own-agents.ts'
import { asOperator } from '../support/test-gateway.ts'

const RoomId = graphql(`query OwnAgentsRoomId($provider: String!, $nativeId: String!) {
  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }
}`)
const Send = graphql(`mutation OwnAgentsSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    ... on SendMessagePayload { message { id nativeId text author { nativeId name role } } }
    ... on UserError { code detail }
  }
}`)
const Update = graphql(`mutation OwnAgentsUpdate($input: UpdateMessageInput!) {
  updateMessage(input: $input) {
    ... on UpdateMessagePayload { message { text editedBy { nativeId } author { nativeId } } }
    ... on UserError { code }
  }
}`)
const Delete = graphql(`mutation OwnAgentsDelete($input: DeleteMessageInput!) {
  deleteMessage(input: $input) { ... on DeleteMessagePayload { messageId } ... on UserError { code } }
}`)
const Close = graphql(`mutation OwnAgentsClose($input: CloseRoomInput!) {
  closeRoom(input: $input) { ... on CloseRoomPayload { room { status } } ... on UserError { code detail } }
}`)
const SetStatus = graphql(`mutation OwnAgentsSetStatus($input: SetAgentStatusInput!) {
  setAgentStatus(input: $input) {
    ... on SetAgentStatusPayload { agent { nativeId acceptingChats } } ... on UserError { code detail }
  }
}`)
const EveryWrite = graphql(`mutation OwnAgentsEveryWrite(
  $room: ID!, $queued: ID!, $own: ID!, $other: ID!, $department: ID!
) {
  sendMessage(input: { roomId: $room, text: "Hello" }) { __typename }
  note: sendMessage(input: { roomId: $room, text: "Note", visibility: AGENTS }) { __typename }
  setRoomTags(input: { roomId: $room, tags: ["vip"] }) { __typename }
  requestTranscript(input: { roomId: $room, email: "vera@example.test" }) { __typename }
  setAgentStatus(input: { agentId: $own, acceptingChats: true }) { __typename }
  takeRoom(input: { roomId: $queued }) { __typename }
  assignRoom(input: { roomId: $room, agentId: $other }) { __typename }
  transferRoom(input: { roomId: $room, departmentId: $department }) { __typename }
  closeRoom(input: { roomId: $room, comment: "Solved" }) { __typename }
}`)
const Author = graphql(`query OwnAgentsAuthor($id: ID!) {
  node(id: $id) { ... on Message { author { nativeId } attachments { name } } }
}`)
const Health = graphql(`query OwnAgentsHealth { providers { name health { status reason } } }`)

const providers = ['rocketchat', 'livechat'] as const
type Provider = (typeof providers)[number]

interface Message {
  readonly text?: string
  readonly idempotencyKey?: string
}

/** A gateway with a room that Ann serves. */
interface OpenRoom extends Omit<OwnAgentsGateway, 'agents'>, OwnAgentDriver {
  readonly roomId: string
  readonly nativeId: string
  send(headers: Readonly<Record<string, string>>, message?: Message, url?: string): Promise<Sent>
}

type Sent = Awaited<ReturnType<typeof sendMessage>>

async function sendMessage(
  url: string,
  headers: Readonly<Record<string, string>>,
  { text = 'Hello', ...rest }: Message & { readonly roomId: string },
) {
  return (await fetchData(url, Send, { input: { text, ...rest } }, headers)).sendMessage
}

const idOf = (sent: Sent): string => ('message' in sent ? sent.message.id : '')
const sentBy = ({ nativeId }: { readonly nativeId: string }) => ({ message: { author: { nativeId } } })

async function open(
  provider: Provider,
  { config, openRoom }: { config?: Partial<Config>; openRoom?: (gateway: OwnAgentsGateway) => string } = {},
): Promise<OpenRoom> {
  const gateway = await openOwnAgentsGateway(config)
  const driver = ownAgentDrivers[provider](gateway)
  const nativeId = openRoom?.(gateway) ?? driver.openRoom()
  const { roomByNativeId } = await fetchData(gateway.url, RoomId, { provider, nativeId }, asOperator)
  const roomId = roomByNativeId?.id ?? ''
  driver.sandbox.clearCalls()
  return {
    ...gateway,
    ...driver,
    get log() {
      return gateway.log
    },
    roomId,
    nativeId,
    send: (headers, message, url = gateway.url) => sendMessage(url, headers, { roomId, ...message }),
  }
}

describe.each(providers)('at %s', (provider) => {
  it('two operators write in one room as their own agents, a third as the service account', async () => {
    const { agents, assign, nativeId, send } = await open(provider)
    const writers = [
      [asAnn, agents.ann],
      [asBen, agents.ben],
      [asOperator, agents.service],
    ] as const
    for (const [headers, agent] of writers) {
      assign(nativeId, agent)
      const { nativeId: id, name } = agent
      expect(await send(headers, { text: `I am ${name}` })).toMatchObject({
        message: { text: `I am ${name}`, author: { nativeId: id, name, role: 'AGENT' } },
      })
    }
  })

  it('an operator’s agent only writes: the service account reads, with the calls that it makes for all', async () => {
    const { agents, assign, nativeId, sandbox, send, serviceLogin } = await open(provider)
    const own = agents.ann.credential.agentId
    await send(asAnn)
    const calls = loginsByRoute(sandbox.calls)
    expect(calls).toEqual(
      provider === 'rocketchat'
        ? { 'rooms.info': [serviceLogin], 'chat.sendMessage': [own] }
        : { send_event: [own], get_chat: [serviceLogin] },
    )
    assign(nativeId, agents.service)
    sandbox.clearCalls()
    await send(asOperator)
    expect(Object.keys(loginsByRoute(sandbox.calls))).toEqual(Object.keys(calls))
  })

  it('an operator’s agent closes the room', async () => {
    const { closedByAnn, closer, nativeId, roomId, url } = await open(provider)
    const input = { roomId, comment: 'Solved' }
    const { closeRoom } = await fetchData(url, Close, { input }, asAnn)
    expect(closeRoom).toEqual({ room: { status: 'CLOSED' } })
    expect(closer(nativeId)).toBe(closedByAnn)
  })

  it('an operator takes a room for its own agent', async () => {
    const { agents, openQueuedRoom, url } = await open(provider)
    const input = { roomId: encodeId({ type: 'Room', provider, roomId: openQueuedRoom() }) }
    const { nativeId, name } = agents.ann
    expect((await fetchData(url, TakeRoom, { input }, asAnn)).result).toMatchObject({
      room: { status: 'OPEN', agents: [{ nativeId, name }] },
    })
    expect((await fetchData(url, TakeRoom, { input }, asBen)).result).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining(name),
    })
  })

  it('a file is sent by the operator’s agent', async () => {
    const { agents, roomId, url } = await open(provider)
    const { origin } = new URL(url)
    const headers = { 'content-type': 'image/png', ...asAnn }
    const path = `/rooms/${roomId}/files?name=leak.png`
    const reply = await request(origin + path, { method: 'POST', headers, body: new Uint8Array(8) })
    expect(reply.status).toBe(201)
    const { id } = JSON.parse(reply.text).message
    expect((await fetchData(url, Author, { id }, asOperator)).node).toEqual({
      author: { nativeId: agents.ann.nativeId },
      attachments: [{ name: 'leak.png' }],
    })
  })

  it('an operator’s agent sets its own status', async () => {
    const { agents, sandbox, statusRoute, url } = await open(provider)
    const { nativeId, credential } = agents.ann
    const input = { agentId: encodeId({ type: 'Agent', provider, agentId: nativeId }), acceptingChats: false }
    const { setAgentStatus } = await fetchData(url, SetStatus, { input }, asAnn)
    expect(setAgentStatus).toEqual({ agent: { nativeId, acceptingChats: false } })
    expect(loginsByRoute(sandbox.calls)[statusRoute]).toEqual([credential.agentId])
  })

  it('every write carries the login of the operator’s agent, and every read that of the service account', async () => {
    const room = await open(provider)
    const { agents, isWrite, openQueuedRoom, roomId, sandbox, serviceLogin, url, writes } = room
    const variables = {
      room: roomId,
      queued: encodeId({ type: 'Room', provider, roomId: openQueuedRoom() }),
      own: encodeId({ type: 'Agent', provider, agentId: agents.ann.nativeId }),
      other: encodeId({ type: 'Agent', provider, agentId: agents.ben.nativeId }),
      department: encodeId({ type: 'Department', provider, departmentId: room.createDepartment() }),
    }
    await fetchData(url, EveryWrite, variables, asAnn)
    const logins = loginsByRoute(sandbox.calls.filter(isWrite))
    expect(Object.keys(logins)).toEqual(expect.arrayContaining([...writes]))
    expect([...new Set(Object.values(logins).flat())]).toEqual([agents.ann.credential.agentId])
    const reads = sandbox.calls.filter((call) => !isWrite(call))
    expect([...new Set(Object.values(loginsByRoute(reads)).flat())]).toEqual([serviceLogin])
  })

  it('a revoked token is an error of its operator only, and names the configuration', async () => {
    const room = await open(provider)
    const { agents, assign, label, nativeId, revoke, send, url } = room
    const setting = `ann.agents.${provider} in OPERATORS_FILE`
    const rejection = { level: 50, msg: `${label} rejects the agent of an operator`, provider, setting }
    const renew = revoke()
    for (let count = 0; count < 3; count += 1)
      expect(await send(asAnn)).toEqual({
        code: 'PROVIDER_ERROR',
        detail: `${label} rejects ${setting}.`,
      })
    const { providers: reported } = await fetchData(url, Health, {}, asAnn)
    expect(reported).toContainEqual({ name: provider, health: { status: 'UP', reason: null } })
    assign(nativeId, agents.service)
    expect(await send(asOperator)).toMatchObject(sentBy(agents.service))
    expect(room.log).toMatchObject([rejection])
    renew()
    assign(nativeId, agents.ann)
    expect(await send(asAnn)).toMatchObject(sentBy(agents.ann))
    revoke()
    expect(await send(asAnn)).toMatchObject({ code: 'PROVIDER_ERROR' })
    expect(room.log).toMatchObject([rejection, rejection])
    expect(JSON.stringify(room.log)).not.toContain(agents.ann.credential.token)
  })

  it('an idempotency key belongs to the agent that writes', async () => {
    const { agents, assign, nativeId, send } = await open(provider)
    const key = { idempotencyKey: 'key-4711' }
    const first = idOf(await send(asAnn, key))
    expect(idOf(await send(asAnn, key))).toBe(first)
    assign(nativeId, agents.ben)
    const bens = await send(asBen, key)
    expect(bens).toMatchObject(sentBy(agents.ben))
    expect(idOf(bens)).not.toBe(first)
    expect(await send(asAnn, { ...key, text: 'Another text' })).toMatchObject({ code: 'CONFLICT' })
  })

  it('a message whose response was lost is found, and not sent again', async () => {
    const { agents, sandbox, send, sendRoute } = await open(provider)
    sandbox.injectFault({ kind: 'reset-after-commit', route: sendRoute, times: 1 })
    expect(await send(asAnn)).toMatchObject(sentBy(agents.ann))
    expect(sandbox.counts()[`POST ${sendRoute}`]).toBe(1)
  })

  it('an operator with a JWT writes as the agent of its entry, from any replica', async () => {
    const key = await makeKey('ES256')
    const { jwt } = await openJwtIssuer(key)
    const { agents, send, startReplica } = await open(provider, { config: { jwt } })
    const replica = await startReplica({ jwt })
    const token = await sign(key, { sub: 'idp|ann', permissions: ['READ', 'WRITE'] })
    expect(await send({ authorization: `Bearer ${token}` }, {}, replica.url)).toMatchObject(
      sentBy(agents.ann),
    )
  })
})

describe('at rocketchat', () => {
  it('an operator’s agent edits and deletes its own messages, and no others', async () => {
    const { agents, assign, nativeId, send, url } = await open('rocketchat')
    const own = idOf(await send(asAnn))
    const service = idOf(await send(asOperator))
    assign(nativeId, agents.ben)
    const bens = idOf(await send(asBen))
    const update = async (messageId: string) =>
      (await fetchData(url, Update, { input: { messageId, text: 'Edited' } }, asAnn)).updateMessage
    const remove = async (messageId: string) =>
      (await fetchData(url, Delete, { input: { messageId } }, asAnn)).deleteMessage
    const { nativeId: ann } = agents.ann
    expect(await update(own)).toEqual({
      message: { text: 'Edited', editedBy: { nativeId: ann }, author: { nativeId: ann } },
    })
    for (const others of [bens, service]) {
      expect(await update(others)).toEqual({ code: 'FORBIDDEN' })
      expect(await remove(others)).toEqual({ code: 'FORBIDDEN' })
    }
    expect(await remove(own)).toEqual({ messageId: own })
  })

  it.each(['close-livechat-room', 'close-others-livechat-room'] as const)(
    'the permission %s that the operator’s agent lacks is named with the agent',
    async (permission) => {
      const { rocketChat, roomId, url } = await open('rocketchat')
      rocketChat.workspace.setPermissionRoles(permission, ['livechat-manager'])
      const input = { roomId, comment: 'Solved' }
      const { closeRoom } = await fetchData(url, Close, { input }, asBen)
      expect(closeRoom).toEqual({
        code: 'FORBIDDEN',
        detail: `The agent ben.agents.rocketchat in OPERATORS_FILE lacks the permission ${permission}.`,
      })
    },
  )

  it('an operator’s agent that neither serves a room nor has joined it cannot write there', async () => {
    const { send } = await open('rocketchat')
    expect(await send(asBen)).toMatchObject({
      code: 'FORBIDDEN',
      detail: expect.stringContaining('only in rooms that it serves'),
    })
  })

  it('an operator’s agent that is no manager cannot set the status of others', async () => {
    const { agents, url } = await open('rocketchat')
    const id = { type: 'Agent', provider: 'rocketchat', agentId: agents.ben.nativeId } as const
    const input = { agentId: encodeId(id), acceptingChats: false }
    expect((await fetchData(url, SetStatus, { input }, asAnn)).setAgentStatus).toEqual({
      code: 'FORBIDDEN',
      detail:
        'The agent ann.agents.rocketchat in OPERATORS_FILE lacks the permission manage-livechat-agents.',
    })
  })
})

describe('at livechat', () => {
  it('the operator’s agent joins a chat that nobody serves', async () => {
    const openRoom = ({ liveChat }: OwnAgentsGateway) =>
      liveChat.chats.start({ offline: true, say: 'anyone?' }).id
    const { agents, liveChat, nativeId, sandbox, send, serviceLogin } = await open('livechat', { openRoom })
    const own = agents.ann.credential.agentId
    expect(await send(asAnn)).toMatchObject(sentBy(agents.ann))
    expect(liveChat.chats.get(nativeId).users).toMatchObject([
      { type: 'customer' },
      { id: agents.ann.nativeId, present: true },
    ])
    expect(loginsByRoute(sandbox.calls)).toEqual({
      send_event: [own, own],
      list_agents: [serviceLogin],
      add_user_to_chat: [own],
      get_chat: [serviceLogin],
    })
  })

  it('the capabilities of a room are those of the caller’s own agent', async () => {
    const { nativeId, url } = await open('livechat')
    const variables = { provider: 'livechat', id: nativeId }
    const mayWrite = async (headers: Readonly<Record<string, string>>) => {
      const { roomByNativeId } = await fetchData(url, RoomWorkCapabilities, variables, headers)
      return roomByNativeId?.capabilities.find(({ capability }) => capability === 'SEND_MESSAGE')?.allowed
    }
    expect([await mayWrite(asAnn), await mayWrite(asBen), await mayWrite(asOperator)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('a chat that another agent serves is a conflict', async () => {
    const { send } = await open('livechat')
    expect(await send(asBen)).toEqual({
      code: 'CONFLICT',
      detail:
        'Another agent serves this chat, and LiveChat allows only one. Assign the chat to yourself to write in it.',
    })
  })

  it('two operators with one key at the same time send two messages', async () => {
    const { agents, liveChat, send } = await open('livechat')
    liveChat.switches.publicAgentLimit = 2
    const key = { idempotencyKey: 'key-4711' }
    const sent = await Promise.all([send(asAnn, key), send(asBen, key)])
    expect(sent).toMatchObject([sentBy(agents.ann), sentBy(agents.ben)])
  })

  it('a token without the scope to write is an error of its operator only', async () => {
    const { agents, assign, liveChat, nativeId, send } = await open('livechat')
    liveChat.tokens.restrict(agents.ann.credential.token, ['chats--all:ro'])
    expect(await send(asAnn)).toEqual({
      code: 'FORBIDDEN',
      detail: 'The agent’s LiveChat token lacks a scope for this.',
    })
    assign(nativeId, agents.service)
    expect(await send(asOperator)).toMatchObject(sentBy(agents.service))
  })
})
