import { expect, it } from 'vitest'
import { ask, until } from '../util/client.ts'
import { asOperator, asVisitor, OPERATOR_KEY } from '../util/gateway.ts'
import { Added, Room, Rooms, Send } from './documents.ts'
import { door, request } from './http.ts'
import { openAs } from './raw-socket.ts'
import { openRoomScene } from './room-scene.ts'

it('counts upstream calls and watchers, in Prometheus text', async () => {
  const { url, gateway, token, roomId } = await openRoomScene()
  const socket = await openAs(url, { visitorToken: token })
  for (const id of ['1', '2']) socket.subscribe(id, { query: Added.toString(), variables: { id: roomId } })
  await until(() => gateway.watched().watchers === 2)
  const { headers, text } = await request(door(url, '/metrics'))
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(text).toMatch(
    /^switchboard_upstream_calls_total{provider="rocketchat",method="GET",route="[^"]+",outcome="200"} \d+$/m,
  )
  expect(text).toMatch(/^switchboard_upstream_call_seconds_bucket{.+} \d+$/m)
  expect(text).toMatch(/^switchboard_watched_rooms 1$/m)
  expect(text).toMatch(/^switchboard_watchers 2$/m)
  const lines = text.split('\n').filter((line) => line !== '')
  expect(lines.filter((line) => !/^(# (HELP|TYPE) \w+ .+|\w+({.*})? [\d.e+-]+)$/.test(line))).toEqual([])
})

it('holds no credential and no id after traffic of all kinds', async () => {
  const { url, rocketChat, liveChat, token, nativeId, roomId } = await openRoomScene()
  rocketChat.fail({ kind: 'reset', times: 1 })
  await ask(url, Room, { id: nativeId }, asVisitor(token))
  await ask(url, Room, { id: nativeId }, asVisitor('a-wrong-visitor-token'))
  await ask(url, Room, { id: 'an-unknown-room' }, asOperator)
  await ask(url, Send, { input: { roomId, text: 'my secret words' } }, asVisitor(token))
  await ask(url, Rooms, {}, asOperator)
  const { text } = await request(door(url, '/metrics'))
  const secrets = [token, 'a-wrong-visitor-token', OPERATOR_KEY, ...Object.values(liveChat.credentials)]
  for (const secret of [...secrets, nativeId, roomId, 'an-unknown-room', 'my secret words'])
    expect(text).not.toContain(secret)
})
