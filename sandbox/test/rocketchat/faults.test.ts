import { describe, expect, test } from 'vitest'
import { messageOf } from './api-client.ts'
import { startSandbox, startSandboxWithRoom } from './start-sandbox.ts'

const SEND = { method: 'POST', route: '/api/v1/livechat/message', times: 1 } as const

describe('what can go wrong between a caller and the server', () => {
  test('the answer is lost after the message was stored, and the repeat finds it', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    sandbox.injectFault({ kind: 'reset-after-commit', ...SEND })
    const body = { ...access, msg: 'Hello', _id: 'once' }
    await expect(api.post('livechat/message', body)).rejects.toThrow()
    expect(sandbox.workspace.message('once')?.msg).toBe('Hello')
    expect(messageOf(await api.post('livechat/message', body))).toMatchObject({ _id: 'once', msg: 'Hello' })
    expect(sandbox.counts()['POST /api/v1/livechat/message']).toBe(2)
  })

  test('a proxy drops the body of a DELETE', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    const { _id } = sandbox.workspace.visitorSends(access.rid, 'Hello')
    sandbox.injectFault({ kind: 'drop-body', method: 'DELETE' })
    const answer = await api.delete(`livechat/message/${_id}`, access)
    expect(answer.body).toMatchObject({ error: "must have required property 'token' [invalid-params]" })
    expect(sandbox.workspace.message(_id)).toBeDefined()
  })

  test('a proxy answers with a page of its own, and nothing is stored', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    sandbox.injectFault({ kind: 'answer', status: 502, body: '<html>Bad Gateway</html>', ...SEND })
    const answer = await api.post('livechat/message', { ...access, msg: 'Hello', _id: 'lost' })
    expect(answer).toMatchObject({ status: 502, body: '<html>Bad Gateway</html>' })
    expect(sandbox.workspace.message('lost')).toBeUndefined()
  })

  test('the clocks of server and caller are apart', async () => {
    const { api, access } = await startSandboxWithRoom({ now: () => Date.parse('2031-01-01T00:00:00.000Z') })
    const message = messageOf(await api.post('livechat/message', { ...access, msg: 'Hello' }))
    expect(message.ts).toBe('2031-01-01T00:00:00.000Z')
  })
})

test('a query may hold question marks of its own', async () => {
  const { api } = await startSandbox()
  const answer = await api.raw('/api/v1/livechat/room?token=who?me')
  expect(answer.body).toEqual({ success: false, error: 'invalid-token' })
})

test('a port that is taken is an error at the start', async () => {
  const { sandbox } = await startSandbox()
  await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toThrow(/EADDRINUSE/)
})
