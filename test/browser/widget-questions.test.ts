import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { apiFaults } from '../../sandbox/livechat/index.ts'
import { accessibilityViolations } from './accessibility.ts'
import { agentsEndOf } from './agents-end.ts'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'

const openPanel = (page: Page) => page.getByRole('button', { name: 'Chat', exact: true }).click()
const start = (page: Page) => page.getByRole('button', { name: 'Start the chat' }).click()
const isRequired = (page: Page, label: string) =>
  page.getByLabel(label).evaluate((field) => 'required' in field && field.required)

describeInBrowser('The questions before a conversation', (open) => {
  it('are those of Rocket.Chat’s registration form, required where it requires them', async () => {
    const gateway = await startBrowserGateway()
    const { settings, workspace } = gateway.rocketChat
    settings.Enterprise_License = 'any'
    const plan = { type: 'select', options: 'free,pro', required: true } as const
    workspace.defineCustomField({ _id: 'plan', label: 'Your plan', public: true, ...plan })
    workspace.defineCustomField({ _id: 'order', label: 'Order', public: true, regexp: '^\\d+$' })
    const page = await open(`${gateway.widget}?provider=rocketchat`)
    await openPanel(page)
    await page.getByLabel('Your name').and(page.locator(':focus')).waitFor()
    expect(await isRequired(page, 'Your name')).toBe(true)
    expect(await isRequired(page, 'Your e-mail')).toBe(true)
    expect(await isRequired(page, 'Your plan')).toBe(true)
    expect(await isRequired(page, 'Order (optional)')).toBe(false)
    expect(await accessibilityViolations(page)).toEqual([])

    await page.getByLabel('Your name').fill('Grace')
    await page.getByLabel('Your e-mail').fill('grace@shop.example')
    await page.getByLabel('Your plan').selectOption('pro')
    await page.getByLabel('How can we help?').fill('Which grinder?')
    await start(page)
    await page.getByRole('log').getByText('Which grinder?').waitFor()
    const token = workspace.rooms().at(-1)?.v.token ?? ''
    expect(workspace.visitor(token)).toMatchObject({
      name: 'Grace',
      visitorEmails: [{ address: 'grace@shop.example' }],
      livechatData: { plan: 'pro' },
    })
    expect(page.complaints).toEqual([])
  })

  it('are those of LiveChat’s group, also of the one that the visitor chooses', async () => {
    const gateway = await startBrowserGateway()
    const { chats } = gateway.liveChat
    chats.setPreChatForm(2, {
      id: 'orders',
      fields: [
        { id: '1', type: 'name', label: 'Name:' },
        { id: '2', type: 'question', label: 'Order number', required: true },
        { id: '3', type: 'textarea', label: 'What is wrong' },
        {
          id: '4',
          type: 'checkbox',
          label: 'Tell me about',
          required: true,
          options: [
            { id: '0', label: 'grinders' },
            { id: '1', label: 'beans' },
          ],
        },
      ],
    })
    const page = await open(`${gateway.widget}?provider=livechat`)
    await openPanel(page)
    await page.getByText('Chat purpose (optional)').waitFor()
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('About').selectOption({ label: 'Orders' })
    await page.getByLabel('Order number').fill('4711')
    // What was answered in both forms stays.
    expect(await page.getByLabel('Your name (optional)').inputValue()).toBe('Ada')
    await page.getByLabel('How can we help?').fill('It does not grind')
    await start(page)
    // One of the boxes must be checked.
    await page.getByLabel('grinders').and(page.locator(':invalid')).waitFor()
    await page.getByLabel('beans').check()
    expect(await accessibilityViolations(page)).toEqual([])
    await start(page)
    await page.getByRole('log').getByText('It does not grind').waitFor()
    const [form] = chats.all
      .flatMap(({ threads }) =>
        threads.flatMap(({ events }) => events.filter(({ type }) => type === 'filled_form')),
      )
      .slice(-1)
    expect(form?.fields).toMatchObject({
      form_id: 'orders',
      fields: [
        { id: '1', answer: 'Ada' },
        { id: '2', answer: '4711' },
        { id: '4', answers: [{ id: '1', label: 'beans' }] },
      ],
    })
    expect(page.complaints).toEqual([])
  })

  it('stand where the lines of the form begin, also in another direction, and stand out from their options', async () => {
    const gateway = await startBrowserGateway()
    const page = await open(`${gateway.widget}?provider=livechat&locale=ar&texts=texts.ar.json`)
    await page.getByRole('button', { expanded: false }).click()
    const rightOf = async (element: Locator) => {
      const box = await element.boundingBox()
      return box && Math.round(box.x + box.width)
    }
    const question = page.locator('bdi', { hasText: 'Chat purpose' })
    const right = await rightOf(page.getByLabel('Chat purpose'))
    expect(await rightOf(question)).toBe(right)
    expect(await rightOf(page.locator('bdi', { hasText: 'Contact me by' }))).toBe(right)
    const weightOf = (element: Locator) =>
      element.evaluate((node) => Number(getComputedStyle(node).fontWeight))
    expect(await weightOf(question)).toBeGreaterThan(
      await weightOf(page.getByText('e-mail', { exact: true })),
    )
  })

  it('are those of the page, if it has any: the provider is not asked', async () => {
    const gateway = await startBrowserGateway()
    const page = await open(`${gateway.widget}?provider=livechat&fields=phone?`)
    const operations: string[] = []
    page.on('request', (request) => operations.push(request.postData() ?? ''))
    await openPanel(page)
    await page.getByLabel('Your phone number, with country code (optional)').waitFor()
    expect(await page.getByLabel('Your name').count()).toBe(0)
    expect(operations.filter((operation) => operation.includes('WidgetForm'))).toEqual([])
  })

  it('are name and e-mail address if the provider cannot be asked', async () => {
    const gateway = await startBrowserGateway()
    gateway.liveChat.injectFault({
      ...apiFaults.serviceUnavailable,
      route: '/v3.6/customer/action/get_configuration',
    })
    const page = await open(`${gateway.widget}?provider=livechat`)
    await openPanel(page)
    await page.getByLabel('Your e-mail (optional)').waitFor()
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('How can we help?').fill('Hello')
    await start(page)
    await page.getByRole('log').getByText('Hello').waitFor()
    expect(agentsEndOf(gateway, 'livechat').visitorTexts()).toEqual(['Hello'])
  })

  it('are asked again if the provider refuses an answer', async () => {
    const gateway = await startBrowserGateway()
    const { settings, workspace } = gateway.rocketChat
    settings.Enterprise_License = 'any'
    settings.Livechat_name_field_registration_form = false
    settings.Livechat_email_field_registration_form = false
    workspace.defineCustomField({
      _id: 'order',
      label: 'Order',
      public: true,
      required: true,
      type: 'select',
      options: '1,2',
    })
    const page = await open(`${gateway.widget}?provider=rocketchat`)
    await openPanel(page)
    await page.getByLabel('Order').selectOption('2')
    await page.getByLabel('How can we help?').fill('Hello')
    // An administrator adds another question meanwhile.
    workspace.defineCustomField({ _id: 'consent', public: true, required: true })
    await start(page)
    await page.getByText('Please check your answers.').waitFor()
    expect(await page.getByLabel('How can we help?').inputValue()).toBe('Hello')
  })
})
