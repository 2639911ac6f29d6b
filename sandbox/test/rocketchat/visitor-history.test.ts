import { expect, test } from 'vitest'
import { createAgentApi, startSandboxWithAgent } from './agent-client.ts'

const path = (rid: string, visitorId: string) =>
  `livechat/visitors.chatHistory/room/${rid}/visitor/${visitorId}`

test('the history of a visitor has all rooms, newest first, in pages', async () => {
  const { sandbox, service, access } = await startSandboxWithAgent()
  const { workspace } = sandbox
  const { _id: visitorId } = workspace.visitor(access.token)
  workspace.closeRoom(access.rid)
  const { _id: second } = workspace.openRoom({ token: access.token })
  const stranger = workspace.createVisitor({ token: 'stranger' })
  const { _id: foreign } = workspace.openRoom({ token: 'stranger' })
  const { body } = await service.get(path(second, visitorId))
  expect(body).toMatchObject({
    history: expect.arrayContaining([
      expect.objectContaining({
        _id: second,
        open: true,
        v: expect.objectContaining({ token: access.token }),
      }),
      expect.objectContaining({ _id: access.rid, closedAt: expect.any(String) }),
    ]),
    count: 2,
    offset: 0,
    total: 2,
  })
  const page = await service.get(path(second, visitorId), { count: '1', offset: '1' })
  expect(page.body).toMatchObject({ count: 1, total: 2 })
  // Access to the room in the path is all that is checked.
  expect((await service.get(path(second, stranger._id))).body).toMatchObject({ history: [{ _id: foreign }] })
})

test('the history needs access to the room in the path, and the permission to view rooms', async () => {
  const { sandbox, api, agent, access } = await startSandboxWithAgent()
  const { workspace } = sandbox
  const { _id: visitorId } = workspace.visitor(access.token)
  expect((await agent.get(path(access.rid, visitorId))).status).toBe(200)
  const other = workspace.createAgent({ name: 'Bea' })
  const bea = createAgentApi(api, workspace.login(other._id))
  expect((await bea.get(path(access.rid, visitorId))).body).toMatchObject({ errorType: 'error-not-allowed' })
  expect((await bea.get(path('none', visitorId))).body).toMatchObject({ error: 'invalid-room' })
  workspace.setPermissionRoles('view-l-room', ['admin'])
  expect((await bea.get(path(access.rid, visitorId))).status).toBe(403)
  expect((await api.get(path(access.rid, visitorId))).status).toBe(401)
})
