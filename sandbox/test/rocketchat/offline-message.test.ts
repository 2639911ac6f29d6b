import { describe, expect, test } from 'vitest'
import { startSandbox } from './start-sandbox.ts'

const FORM = { name: 'Vera', email: 'vera@example.com', message: 'Please call' }

describe('an offline message', () => {
  test('becomes one mail per call', async () => {
    const { sandbox, api } = await startSandbox({ now: () => 5000 })
    const answer = await api.post('livechat/offline.message', { ...FORM, host: 'https://shop.example/cart' })
    expect(answer.body).toEqual({ success: true, message: 'Livechat offline message sent' })
    await api.post('livechat/offline.message', FORM)
    const mail = { ...FORM, to: 'support@roastery.example', at: new Date(5000) }
    expect(sandbox.workspace.mails).toEqual([{ ...mail, host: 'https://shop.example/cart' }, mail])
  })

  test('goes to the department, by id or name, where it has an address', async () => {
    const { sandbox, api } = await startSandbox()
    const orders = sandbox.workspace.createDepartment({ name: 'Orders', email: 'orders@roastery.example' })
    sandbox.workspace.createDepartment({ name: 'Wholesale' })
    for (const department of [orders._id, 'Orders', 'Wholesale', 'Unknown']) {
      await api.post('livechat/offline.message', { ...FORM, department })
    }
    expect(sandbox.workspace.mails.map(({ to }) => to)).toEqual([
      'orders@roastery.example',
      'orders@roastery.example',
      'support@roastery.example',
      'support@roastery.example',
    ])
  })

  test('takes null for the two optional fields, and no other field', async () => {
    const { api } = await startSandbox()
    const nulls = await api.post('livechat/offline.message', { ...FORM, department: null, host: null })
    const surplus = await api.post('livechat/offline.message', { ...FORM, phone: '1' })
    expect(nulls.status).toBe(200)
    expect(surplus.body).toMatchObject({ error: 'must NOT have additional properties [invalid-params]' })
  })

  test('takes exactly three fields in 0.70', async () => {
    const { api } = await startSandbox({ profile: '0.70' })
    expect((await api.post('livechat/offline.message', FORM)).status).toBe(200)
    const answer = await api.post('livechat/offline.message', { ...FORM, department: 'Orders' })
    expect(answer.body).toMatchObject({ message: 'Match error: Unknown key in field department' })
  })

  test.each([
    ['the form is off', { Livechat_display_offline_form: false }, FORM],
    ['the address is empty', {}, { ...FORM, email: '' }],
    ['the domain takes no mail', {}, { ...FORM, email: 'vera@nowhere.invalid' }],
    ['nobody is to receive it', { Livechat_offline_email: '' }, FORM],
  ])('fails with the same text when %s', async (_name, settings, form) => {
    const { sandbox, api } = await startSandbox({ settings })
    const answer = await api.post('livechat/offline.message', form)
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ success: false, error: 'Error sending livechat offline message' })
    expect(sandbox.workspace.mails).toEqual([])
  })

  test('is answered in the language of the server', async () => {
    const { sandbox, api } = await startSandbox({ settings: { Language: 'de' } })
    const sent = await api.post('livechat/offline.message', FORM)
    sandbox.settings.Livechat_display_offline_form = false
    const failed = await api.post('livechat/offline.message', FORM)
    expect(sent.body).toMatchObject({ message: 'Livechat-Offline-Nachricht gesendet' })
    expect(failed.body).toMatchObject({ error: 'Fehler beim Senden der Livechat-Offline-Nachricht' })
  })

  test('is not looked up by domain while that check is off', async () => {
    const { api } = await startSandbox({ settings: { Livechat_validate_offline_email: false } })
    const answer = await api.post('livechat/offline.message', { ...FORM, email: 'vera@nowhere.invalid' })
    expect(answer.status).toBe(200)
  })
})
