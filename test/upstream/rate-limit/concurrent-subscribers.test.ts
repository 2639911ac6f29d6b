import { expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import { openSocketClient, sendOperation, waitUntil } from '../../support/graphql-client.ts'
import { asVisitor, createTestGateway } from '../../support/test-gateway.ts'
import { Added, Send } from './documents.ts'

const HISTORY = '/api/v1/livechat/messages.history/:rid'
const SEND = '/api/v1/livechat/message'
const ROOMS = 200

it('two hundred visitors that subscribe at once at a rate-limited server are queued: all are accepted, none is rejected', async () => {
  const limits = { [`GET ${HISTORY}`]: { calls: 120, windowMs: 1_000 } }
  const testGateway = await createTestGateway({
    rocketChat: { limits, limiter: true },
    config: { upstreamTimeoutMs: 120_000 },
  })
  const { rocketChat, url } = testGateway
  const { workspace } = rocketChat
  workspace.createAgent({ username: 'agent', name: 'Agent' })
  const failures: unknown[] = []
  const heard = new Set<string>()
  const rooms = Array.from({ length: ROOMS }, (_, number) => {
    const token = `visitor-${number}`
    workspace.createVisitor({ token })
    const { _id: rid } = workspace.openRoom({ token })
    const query = { query: Added.toString(), variables: { room: globalId(rid) } }
    openSocketClient(url, { visitorToken: token }).subscribe(query, {
      next: ({ errors }) => (errors ? failures.push(errors) : heard.add(rid)),
      error: (error) => failures.push(error),
      complete: () => failures.push('complete'),
    })
    return { token, rid }
  })
  await waitUntil(() => testGateway.gateway.liveCounts().subscribers === ROOMS)
  const polls = () => rocketChat.calls.filter(({ route }) => route === HISTORY)
  const [speaker] = rooms
  if (!speaker) throw new Error('there is no room')
  const [before, waiting] = [polls().length, rocketChat.counts()[`POST ${SEND}`] ?? 0]
  const sent = sendOperation(
    url,
    Send,
    { room: globalId(speaker.rid), text: 'Hello?' },
    asVisitor(speaker.token),
  )
  await waitUntil(() => (rocketChat.counts()[`POST ${SEND}`] ?? 0) > waiting)
  // A request behind hundreds of polls would see as many of them sent before it.
  expect(polls().length - before).toBeLessThan(ROOMS / 2)
  expect(await sent).toMatchObject({ data: { sendMessage: { __typename: 'SendMessagePayload' } } })
  for (const { rid } of rooms) workspace.visitorSends(rid, 'Is anybody there?')
  await waitUntil(() => heard.size === ROOMS)
  expect(new Set(polls().map(({ path }) => path)).size).toBe(ROOMS)
  expect(failures).toEqual([])
  expect(rocketChat.calls.filter(({ status }) => status === 429)).toEqual([])
})

function globalId(rid: string): string {
  return encodeId({ type: 'Room', provider: 'rocketchat', roomId: rid })
}
