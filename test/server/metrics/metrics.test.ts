import { expect, it } from 'vitest'
import { openGatewayWithRoom } from '../../support/gateway-with-room.ts'
import { sendOperation, waitUntil } from '../../support/graphql-client.ts'
import { endpointUrl, request } from '../../support/http.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asOperator, asVisitor, OPERATOR_KEY } from '../../support/test-gateway.ts'
import { Added, Room, Rooms, Send } from '../documents.ts'

it('counts upstream calls and subscribers, in Prometheus text', async () => {
  const { url, gateway, token, roomId } = await openGatewayWithRoom()
  const socket = await connectAs(url, { visitorToken: token })
  for (const id of ['1', '2']) socket.subscribe(id, { query: Added.toString(), variables: { id: roomId } })
  await waitUntil(() => gateway.liveCounts().subscribers === 2)
  const { headers, text } = await request(endpointUrl(url, '/metrics'))
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(text).toMatch(
    /^switchboard_upstream_calls_total{provider="rocketchat",method="GET",route="[^"]+",outcome="200"} \d+$/m,
  )
  expect(text).toMatch(/^switchboard_upstream_call_seconds_bucket{.+} \d+$/m)
  expect(text).toMatch(/^switchboard_watched_rooms 1$/m)
  expect(text).toMatch(/^switchboard_watchers 2$/m)
  // Before the first sample of the event loop's lag, prom-client prints `Nan`.
  const valid = /^(# (HELP|TYPE) \w+ .+|\w+({.*})? [\d.e+-]+|nodejs_eventloop_lag_\w+ Nan)$/
  expect(text.split('\n').filter((line) => line !== '' && !valid.test(line))).toEqual([])
})

it('contains no credential and no id after traffic of all kinds', async () => {
  const { url, rocketChat, liveChat, token, nativeId, roomId } = await openGatewayWithRoom()
  rocketChat.injectFault({ kind: 'reset', times: 1 })
  await sendOperation(url, Room, { id: nativeId }, asVisitor(token))
  await sendOperation(url, Room, { id: nativeId }, asVisitor('a-wrong-visitor-token'))
  await sendOperation(url, Room, { id: 'an-unknown-room' }, asOperator)
  await sendOperation(url, Send, { input: { roomId, text: 'my secret words' } }, asVisitor(token))
  await sendOperation(url, Rooms, {}, asOperator)
  const { text } = await request(endpointUrl(url, '/metrics'))
  const secrets = [token, 'a-wrong-visitor-token', OPERATOR_KEY, ...Object.values(liveChat.credentials)]
  for (const secret of [...secrets, nativeId, roomId, 'an-unknown-room', 'my secret words'])
    expect(text).not.toContain(secret)
})
