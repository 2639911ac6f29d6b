import { expect, it } from 'vitest'
import { until } from '../util/client.ts'
import { asVisitor } from '../util/gateway.ts'
import { Added, Viewer } from './documents.ts'
import { openEvents } from './event-source.ts'
import { openRoomScene } from './room-scene.ts'

it('delivers subscription events in order', async () => {
  const { url, token, roomId, gateway, say } = await openRoomScene()
  const stream = await openEvents(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  expect(stream.contentType).toMatch(/^text\/event-stream/)
  await until(() => gateway.watched().watchers === 1)
  for (const text of ['one', 'two', 'three 🎁']) {
    say(text)
    expect(await stream.next()).toEqual({ event: 'next', data: { data: { messageAdded: { text } } } })
  }
})

it('stops watching when the client leaves', async () => {
  const { url, token, roomId, gateway } = await openRoomScene()
  const stream = await openEvents(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  await until(() => gateway.watched().rooms === 1)
  stream.leave()
  await until(() => gateway.watched().rooms === 0)
  expect(gateway.watched()).toEqual({ rooms: 0, watchers: 0 })
})

it('answers a refused subscription, and a query, with one event and the end', async () => {
  const { url } = await openRoomScene()
  const refused = await openEvents(url, { query: Added.toString(), variables: { id: 'no id' } })
  expect(await refused.next()).toMatchObject({
    event: 'next',
    data: { errors: [{ extensions: { code: 'INVALID_INPUT' } }] },
  })
  expect(await refused.next()).toMatchObject({ event: 'complete' })
  const query = await openEvents(url, { query: Viewer.toString() })
  expect(await query.next()).toMatchObject({ data: { data: { viewer: { role: 'ANONYMOUS' } } } })
  expect(await query.next()).toMatchObject({ event: 'complete' })
})

it('does not harm other streams when one client leaves', async () => {
  const { url, token, roomId, gateway, say } = await openRoomScene()
  const leaving = await openEvents(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  const staying = await openEvents(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  await until(() => gateway.watched().watchers === 2)
  leaving.leave()
  await until(() => gateway.watched().watchers === 1)
  say('hello')
  expect(await staying.next()).toMatchObject({ data: { data: { messageAdded: { text: 'hello' } } } })
})
