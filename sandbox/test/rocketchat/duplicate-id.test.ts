import { describe, expect, test } from 'vitest'
import { messageOf } from './api-client.ts'
import { startSandboxWithRoom } from './start-sandbox.ts'

describe('a second send with a used _id', () => {
  test.each([
    ['4.x', { success: false }],
    ['6.13', { success: false, error: 'Cannot convert undefined or null to object' }],
  ] as const)('is refused by %s', async (profile, body) => {
    const { sandbox, api, access } = await startSandboxWithRoom({ profile })
    await api.post('livechat/message', { ...access, msg: 'first', _id: 'twice' })
    const again = await api.post('livechat/message', { ...access, msg: 'first', _id: 'twice' })
    expect(again).toMatchObject({ status: 400, body })
    expect(sandbox.workspace.message('twice')?.msg).toBe('first')
  })

  test('lets 0.70 show the database error object, which has no error key', async () => {
    const { api, access } = await startSandboxWithRoom({ profile: '0.70' })
    await api.post('livechat/message', { ...access, msg: 'first', _id: 'twice' })
    const again = await api.post('livechat/message', { ...access, msg: 'first', _id: 'twice' })
    expect(again).toMatchObject({
      status: 400,
      body: { success: false, errmsg: expect.stringMatching(/^E11000/), code: 11000 },
    })
    expect(again.body).not.toHaveProperty('error')
  })

  test.each(['7.13', '8.8', '9.0'] as const)(
    'gets the stored message from %s, whatever the repeat says',
    async (profile) => {
      const { sandbox, api, access } = await startSandboxWithRoom({ profile })
      const other = sandbox.workspace.createVisitor()
      const otherRoom = sandbox.workspace.openRoom({ token: other.token })
      const first = await api.post('livechat/message', { ...access, msg: 'first', _id: 'twice' })
      const again = await api.post('livechat/message', {
        token: other.token,
        rid: otherRoom._id,
        msg: 'second',
        _id: 'twice',
      })
      expect(again.status).toBe(200)
      expect(messageOf(again)).toEqual(messageOf(first))
      expect(messageOf(again)).toMatchObject({ rid: access.rid, msg: 'first' })
    },
  )

  test('fails with E11000 for one of two that run at the same time', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom({ profile: '8.8' })
    const held = sandbox.workspace.holdInserts()
    const both = ['one', 'two'].map((msg) => api.post('livechat/message', { ...access, msg, _id: 'raced' }))
    await held.waiting(2)
    held.release()
    const answers = await Promise.all(both)
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    expect(answers.find(({ status }) => status === 400)?.body).toEqual({
      success: false,
      error: expect.stringMatching(/^E11000 duplicate key error .*"raced"/),
    })
    expect(sandbox.workspace.messages(access.rid).filter(({ _id }) => _id === 'raced')).toHaveLength(1)
  })

  test('can be told apart by reading the message', async () => {
    const { api, access } = await startSandboxWithRoom({ profile: '6.13' })
    await api.post('livechat/message', { ...access, msg: 'first', _id: 'twice' })
    const stored = await api.get('livechat/message/twice', access)
    expect(messageOf(stored)).toMatchObject({ rid: access.rid, msg: 'first' })
  })
})
