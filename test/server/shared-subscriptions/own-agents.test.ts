import { expect, it } from 'vitest'
import { createOperatorCaller, visibilityKey } from '../../../src/domain/caller.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import { ownAgentDrivers } from '../../support/own-agent-drivers.ts'
import { asAnn, asBen, openOwnAgentsGateway } from '../../support/own-agents.ts'
import { OwnCapabilities } from './documents.ts'

it('shows each operator what it may do as its own agent', async () => {
  const gateway = await openOwnAgentsGateway()
  const nativeId = ownAgentDrivers.rocketchat(gateway).openRoom()
  const variables = { room: encodeId({ type: 'Room', provider: 'rocketchat', roomId: nativeId }) }
  const streams = [asAnn, asBen].map((headers) =>
    subscribe(openSocketClient(gateway.url, headers), OwnCapabilities, variables),
  )
  const taken = streams.map((stream) => stream.take(1))
  await waitUntil(() => gateway.gateway.liveCounts().subscribers === 2)
  gateway.rocketChat.workspace.visitorSends(nativeId, 'hello')
  const results = (await Promise.all(taken)).flat()
  const takeRoom = results.map(({ data }) =>
    data?.messageAdded.room.capabilities.find(({ capability }) => capability === 'TAKE_ROOM'),
  )
  expect(takeRoom).toEqual([
    { capability: 'TAKE_ROOM', allowed: true, reason: null },
    { capability: 'TAKE_ROOM', allowed: false, reason: 'An agent serves the room already.' },
  ])
})

it('is shared by operators without own agents, and by all where the agent does not matter', () => {
  const keyOf = (name: string, hasOwnAgents: boolean, dependsOnOwnAgent: boolean) =>
    visibilityKey(createOperatorCaller(name, {}, hasOwnAgents), dependsOnOwnAgent)
  expect(keyOf('ann', false, true)).toEqual(keyOf('ben', false, true))
  expect(keyOf('ann', true, false)).toEqual(keyOf('ben', true, false))
  expect(keyOf('ann', true, true)).not.toEqual(keyOf('ben', true, true))
})
