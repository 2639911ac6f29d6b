import { describe, expect, test } from 'vitest'
import { startSandbox, startSandboxWithRoom } from './start-sandbox.ts'

describe('registering a visitor', () => {
  test('takes plain fields, gives lists, and updates by token', async () => {
    const { api } = await startSandbox()
    const visitor = { token: 'tok', name: 'Vera', email: 'vera@example.com', phone: '123', surplus: 1 }
    const first = await api.post('livechat/visitor', { visitor })
    expect(first.body).toMatchObject({
      success: true,
      visitor: {
        token: 'tok',
        username: 'guest-1',
        name: 'Vera',
        visitorEmails: [{ address: 'vera@example.com' }],
        phone: [{ phoneNumber: '123' }],
      },
    })
    const second = await api.post('livechat/visitor', { visitor: { token: 'tok', name: 'Vera V.' } })
    expect(second.body).toMatchObject({ visitor: { username: 'guest-1', name: 'Vera V.', phone: [{}] } })
    expect((await api.get('livechat/visitor/tok')).body).toMatchObject({ visitor: { name: 'Vera V.' } })
  })

  test('renames their open room', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    await api.post('livechat/visitor', { visitor: { token: access.token, name: 'Renamed' } })
    expect(sandbox.workspace.room(access.rid)).toMatchObject({ fname: 'Renamed', v: { name: 'Renamed' } })
  })

  test('keeps custom fields unless told to overwrite', async () => {
    const { sandbox, api } = await startSandbox()
    sandbox.workspace.defineCustomField({ _id: 'plan' })
    const send = (value: string, overwrite: boolean) =>
      api.post('livechat/visitor', {
        visitor: { token: 'tok', customFields: [{ key: 'plan', value, overwrite }] },
      })
    await send('free', true)
    expect((await send('pro', false)).body).toMatchObject({ visitor: { livechatData: { plan: 'free' } } })
    expect((await send('pro', true)).body).toMatchObject({ visitor: { livechatData: { plan: 'pro' } } })
  })

  test('drops unknown fields and those of rooms, and demands the required ones once any field is given', async () => {
    const { sandbox, api } = await startSandbox()
    sandbox.workspace.defineCustomField({ _id: 'plan', required: true })
    sandbox.workspace.defineCustomField({ _id: 'order', scope: 'room' })
    const send = (customFields: readonly object[]) =>
      api.post('livechat/visitor', { visitor: { token: 'tok', customFields } })
    const field = (key: string) => ({ key, value: 'x', overwrite: true })
    expect((await send([])).status).toBe(200)
    expect((await send([field('order')])).body).toEqual({
      success: false,
      error: 'Missing required custom fields: plan',
    })
    const { body } = await send([field('plan'), field('order'), field('unknown')])
    expect(body).toMatchObject({ visitor: { livechatData: { plan: 'x' } } })
    expect(sandbox.workspace.visitor('tok').livechatData).toEqual({ plan: 'x' })
  })

  test('finds a department by id or name, and refuses others', async () => {
    const { sandbox, api } = await startSandbox()
    const { _id } = sandbox.workspace.createDepartment({ name: 'Orders' })
    const answer = await api.post('livechat/visitor', { visitor: { token: 'tok', department: 'Orders' } })
    expect(answer.body).toMatchObject({ visitor: { department: _id } })
    const unknown = await api.post('livechat/visitor', { visitor: { token: 'tok', department: 'None' } })
    expect(unknown.body).toMatchObject({ errorType: 'error-invalid-department' })
  })
})

test.each([
  ['names', '4.x', true],
  ['does not name', '0.70', false],
] as const)('a visitor %s the room that was opened last, on %s', async (_what, profile, isNamed) => {
  const { sandbox, api, access } = await startSandboxWithRoom({ profile })
  const { token, rid: _id } = access
  sandbox.workspace.closeRoom(_id)
  const read = await api.get(`livechat/visitor/${token}`)
  const registered = await api.post('livechat/visitor', { visitor: { token } })
  const named = isNamed ? { lastChat: { _id, ts: expect.any(String) } } : {}
  for (const { body } of [read, registered])
    expect(body).toEqual({ success: true, visitor: expect.objectContaining(named) })
  expect(JSON.stringify([read, registered]).includes('lastChat')).toBe(isNamed)
})

test('a visitor can be removed once no room is open, and their rooms go with them', async () => {
  const { sandbox, api, access } = await startSandboxWithRoom()
  const refused = await api.delete(`livechat/visitor/${access.token}`)
  expect(refused.body).toMatchObject({ success: false, errorType: 'visitor-has-open-rooms' })
  sandbox.workspace.closeRoom(access.rid)
  const { _id } = sandbox.workspace.visitor(access.token)
  const removed = await api.delete(`livechat/visitor/${access.token}`)
  expect(removed.body).toMatchObject({ success: true, visitor: { _id, ts: expect.any(String) } })
  expect(sandbox.workspace.messages(access.rid)).toEqual([])
  expect(sandbox.workspace.findRoom(access.rid)).toBeUndefined()
})

describe('the widget configuration', () => {
  test('shows the limits to anybody', async () => {
    const { api } = await startSandbox({
      settings: { Livechat_enable_message_character_limit: true, Livechat_message_character_limit: 300 },
    })
    const { body } = await api.get('livechat/config')
    expect(body).toMatchObject({
      config: { enabled: true, online: false, settings: { limitTextLength: 300, displayOfflineForm: true } },
    })
    expect(body).not.toHaveProperty('config.guest')
  })

  test('shows a visitor their own room and agent', async () => {
    const { api, access, agentId } = await startSandboxWithRoom()
    const { body } = await api.get('livechat/config', { token: access.token })
    expect(body).toMatchObject({
      config: {
        online: true,
        guest: { token: access.token },
        room: { _id: access.rid },
        agent: { _id: agentId },
      },
    })
  })

  test('has the registration form; its public fields only with a licence', async () => {
    const { sandbox, api } = await startSandbox({
      settings: { Livechat_name_field_registration_form: false },
    })
    sandbox.workspace.defineCustomField({ _id: 'plan', public: true, type: 'select', options: 'free,pro' })
    sandbox.workspace.defineCustomField({ _id: 'internal' })
    const settings = {
      registrationForm: true,
      nameFieldRegistrationForm: false,
      emailFieldRegistrationForm: true,
    }
    expect((await api.get('livechat/config')).body).toMatchObject({ config: { settings, customFields: [] } })
    sandbox.settings.Enterprise_License = 'any'
    const plan = {
      _id: 'plan',
      label: 'plan',
      regexp: '',
      required: false,
      type: 'select',
      options: 'free,pro',
    }
    expect((await api.get('livechat/config')).body).toMatchObject({ config: { customFields: [plan] } })
  })

  test('is almost nothing while omnichannel is off', async () => {
    const { api } = await startSandbox({ settings: { Livechat_enabled: false } })
    expect((await api.get('livechat/config')).body).toEqual({ success: true, config: { enabled: false } })
  })
})

describe('custom fields', () => {
  const field = (key: string, value = 'x', overwrite = true) => ({ key, value, overwrite })

  test('are set by their scope: the visitor, or the visitor’s open rooms', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom()
    sandbox.workspace.defineCustomField({ _id: 'plan' })
    sandbox.workspace.defineCustomField({ _id: 'order', scope: 'room' })
    const { token, rid } = access
    const one = await api.post('livechat/custom.field', { token, ...field('plan') })
    expect(one.body).toEqual({ success: true, field: field('plan') })
    const several = await api.post('livechat/custom.fields', { token, customFields: [field('order', '7')] })
    expect(several.body).toEqual({ success: true, fields: [{ Key: 'order', value: '7', overwrite: true }] })
    expect(sandbox.workspace.visitor(token).livechatData).toEqual({ plan: 'x' })
    expect(sandbox.workspace.room(rid).livechatData).toEqual({ order: '7' })
    sandbox.workspace.closeRoom(rid)
    await api.post('livechat/custom.field', { token, ...field('order', '8') })
    await api.post('livechat/custom.field', { token, ...field('plan', 'y', false) })
    expect(sandbox.workspace.room(rid).livechatData).toEqual({ order: '7' })
    expect(sandbox.workspace.visitor(token).livechatData).toEqual({ plan: 'x' })
  })

  test('are refused for an unknown key or token, and by a translated text for a value', async () => {
    const { sandbox, api, access } = await startSandboxWithRoom({ settings: { Language: 'de' } })
    sandbox.workspace.defineCustomField({ _id: 'plan', regexp: '^pro$' })
    const send = async (token: string, key: string) =>
      (await api.post('livechat/custom.fields', { token, customFields: [field(key)] })).body
    expect(await send(access.token, 'color')).toEqual({ success: false, error: 'invalid-custom-field' })
    expect(await send('nobody', 'plan')).toEqual({ success: false, error: 'invalid-token' })
    expect(await send(access.token, 'plan')).toEqual({
      success: false,
      error: 'Ungültiger Wert für das Feld plan',
    })
  })
})
