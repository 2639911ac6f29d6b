import { describe, expect, it } from 'vitest'
import { apiFaults } from '../../../sandbox/livechat/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { graphql } from '../../generated/index.ts'
import { fetchData, openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { ownAgentDrivers } from '../../support/own-agent-drivers.ts'
import { asAnn, asBen, type OwnAgentsGateway, openOwnAgentsGateway } from '../../support/own-agents.ts'
import { asOperator } from '../../support/test-gateway.ts'

const Page = graphql(`query IsMinePage($room: ID!) {
  room(id: $room) { messages(last: 50) { nodes { text kind isMine } } }
}`)
const Send = graphql(`mutation IsMineSend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    ... on SendMessagePayload { message { text isMine } }
    ... on UserError { detail }
  }
}`)
const Events = graphql(`subscription IsMineEvents($room: ID!) {
  roomEvents(roomId: $room) { __typename ... on MessageAddedEvent { message { text isMine } } }
}`)
type Provider = 'rocketchat' | 'livechat'
type Headers = Readonly<Record<string, string>>

/** The call that names LiveChat's agents. */
const AGENT_LIST = '/v3.6/configuration/action/list_agents'

const visitorTokens = {
  rocketchat: ({ rocketChat }: OwnAgentsGateway, nativeId: string) =>
    rocketChat.workspace.room(nativeId).v.token,
  livechat: ({ liveChat: { chats, tokens } }: OwnAgentsGateway, nativeId: string) =>
    tokens.customerToken(chats.customerOf(nativeId).id),
}

/** What the visitor of a room that a driver opens has said. */
const openedWith = { rocketchat: [], livechat: ['hello'] }

/** Opens a gateway with a room that Ann serves. */
async function open(provider: Provider) {
  const gateway = await openOwnAgentsGateway()
  const driver = ownAgentDrivers[provider](gateway)
  const nativeId = driver.openRoom()
  const roomId = encodeId({ type: 'Room', provider, roomId: nativeId })
  const visitorToken = visitorTokens[provider](gateway, nativeId)
  const asVisitor = { 'x-visitor-token': visitorToken, visitorToken }
  const send = async (text: string, headers: Headers) => {
    const { sendMessage } = await fetchData(gateway.url, Send, { input: { roomId, text } }, headers)
    return sendMessage
  }
  /** The texts of the messages that are the caller's own. */
  const readMine = async (headers: Headers) => {
    const { room: found } = await fetchData(gateway.url, Page, { room: roomId }, headers)
    return found?.messages.nodes.filter(({ isMine }) => isMine).map(({ text }) => text)
  }
  return { ...gateway, driver, roomId, nativeId, asVisitor, send, readMine }
}

describe.each<Provider>(['rocketchat', 'livechat'])('at %s', (provider) => {
  it('is a message of its author alone, in pages, results and events', async () => {
    const { url, gateway, driver, roomId, nativeId, asVisitor, send, readMine } = await open(provider)
    const callers = { ann: asAnn, ben: asBen, service: asOperator } as const
    const everyone = [...Object.values(callers), asVisitor]
    const seen = everyone.map(async (headers) => {
      const stream = subscribe(openSocketClient(url, headers), Events, { room: roomId })
      const mine: string[] = []
      for (;;) {
        const [event] = await stream.take(1)
        const added = event?.data?.roomEvents
        const message = added && 'message' in added ? added.message : null
        if (message?.isMine) mine.push(message.text)
        if (message?.text === 'goodbye') return mine
      }
    })
    await waitUntil(() => gateway.liveCounts().subscribers === everyone.length)
    for (const name of ['ann', 'ben', 'service'] as const) {
      driver.assign(nativeId, driver.agents[name])
      const text = `from ${name}`
      expect(await send(text, callers[name])).toEqual({ message: { text, isMine: true } })
    }
    expect(await send('goodbye', asVisitor)).toEqual({ message: { text: 'goodbye', isMine: true } })
    const expected = [['from ann'], ['from ben'], ['from service']]
    expect(await Promise.all(seen)).toEqual([...expected, ['goodbye']])
    expect(await Promise.all(everyone.map(readMine))).toEqual([
      ...expected,
      [...openedWith[provider], 'goodbye'],
    ])
  })

  it('costs no call per message', async () => {
    const { driver, nativeId, send, readMine } = await open(provider)
    driver.assign(nativeId, driver.agents.ann)
    await send('one', asAnn)
    await send('two', asAnn)
    driver.sandbox.clearCalls()
    expect(await readMine(asAnn)).toEqual(['one', 'two'])
    expect(await readMine(asBen)).toEqual([])
    const { calls } = driver.sandbox
    expect(calls.filter(({ route }) => route === AGENT_LIST).length).toBeLessThanOrEqual(1)
    expect(calls.filter(({ route }) => /users\.|livechat\/users/.test(route))).toEqual([])
  })
})

it('is false without an error while LiveChat does not say which agent writes', async () => {
  const { liveChat, agents, nativeId, readMine } = await open('livechat')
  liveChat.chats.agentSends(nativeId, 'from ann', agents.livechat.ann.nativeId)
  const heal = liveChat.injectFault({ ...apiFaults.serviceUnavailable, route: AGENT_LIST })
  expect(await readMine(asAnn)).toEqual([])
  heal()
  expect(await readMine(asAnn)).toEqual(['from ann'])
})
