import { expect, it } from 'vitest'
import { accessibilityViolations } from './accessibility.ts'
import { describeInBrowser, WAIT_TIMEOUT_MS } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { answerOperation, holdOperation, openConversation } from './page-actions.ts'

describeInBrowser('The work of agents in the console', (open) => {
  it('on Rocket.Chat: details, assignment, tags, closing', async () => {
    const { console: address, rocketChat } = await startBrowserGateway({ push: true })
    const { workspace, injectFault } = rocketChat
    const { userId } = workspace.serviceAccount()
    workspace.addRole(userId, 'livechat-agent')
    const ben = workspace.createAgent({ name: 'Ben Busy', statusLivechat: 'not-available' })
    const cleo = workspace.createAgent({ name: 'Cleo Clerk' })
    workspace.createDepartment({ name: 'Repairs', agentIds: [ben._id, cleo._id] })
    workspace.defineCustomField({ _id: 'plan' })
    const { token } = workspace.createVisitor({
      name: 'Grace',
      email: 'grace@shop.example',
      phone: '+49 221 1234',
      customFields: [{ key: 'plan', value: 'team', overwrite: true }],
    })
    const earlier = workspace.openRoom({ token })
    workspace.visitorSends(earlier._id, 'Where is my order?')
    workspace.closeRoom(earlier._id)
    workspace.setTags(earlier._id, ['delivery'])
    const { _id: rid } = workspace.openRoom({ token, agentId: null })
    workspace.visitorSends(rid, 'Is anybody there?')
    workspace.rateRoom(rid, { satisfaction: '4', additionalFeedback: 'Quick' })

    const operator = await open(address)
    await operator.locator('.room', { hasText: 'Is anybody there?' }).click()
    const pane = operator.getByRole('complementary', { name: 'Details' })
    await pane.getByRole('link', { name: 'grace@shop.example' }).waitFor()
    await pane.getByRole('link', { name: '+49 221 1234' }).waitFor()
    await pane.getByText('team').waitFor()
    await pane.getByText('4 of 5').waitFor()
    await pane.getByText('Quick').waitFor()
    await operator.locator('.room-header').getByText('waiting for').waitFor()

    // An operator that accepts no chats is refused, and offered what helps.
    await operator.getByRole('button', { name: 'Take', exact: true }).click()
    const failure = operator.locator('.failure', { hasText: 'does not accept chats' })
    await failure.waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await failure.getByRole('button', { name: 'Accept chats and take it' }).click()
    // While an assignment is under way the menu is disabled; push may show its result before its response arrives.
    const assigned = operator.getByRole('button', { name: 'Assigned to', disabled: false })
    await assigned.getByText(workspace.agent(userId).name).waitFor()
    expect(workspace.room(rid).servedBy?._id).toBe(userId)
    expect(workspace.agent(userId).statusLivechat).toBe('available')

    // By keyboard: a disabled entry says why and does nothing, another one is chosen.
    await assigned.press('Enter')
    await operator.locator(':focus').and(operator.getByRole('combobox')).waitFor()
    await operator.keyboard.type('ben')
    await operator.getByRole('option', { name: 'Ben Busy' }).getByText('does not accept chats').waitFor()
    await operator.keyboard.press('Enter')
    await operator.getByRole('option', { name: 'Ben Busy' }).waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.getByRole('combobox', { name: 'Search agents and departments' }).fill('ada')
    await operator.getByRole('option', { name: 'Ada Agent' }).waitFor()
    await operator.keyboard.press('Enter')
    await assigned.getByText('Ada Agent').waitFor()
    await operator.getByRole('button', { name: 'Assigned to' }).and(operator.locator(':focus')).waitFor()

    // By mouse: to a department. What the server cannot do is said, and changes nothing.
    await assigned.click()
    await operator.getByRole('option', { name: /^Repairs/ }).click()
    await assigned.getByText('Cleo Clerk').waitFor()
    await operator.locator('.room-header').getByText('Repairs').waitFor()
    await assigned.press('a')
    await operator.getByRole('option', { name: 'Back to the queue' }).click()
    const refusal = operator.locator('.failure', { hasText: 'queue' })
    await refusal.getByRole('button', { name: 'Dismiss' }).click()
    await refusal.waitFor({ state: 'detached' })
    expect(workspace.room(rid).servedBy?._id).toBe(cleo._id)

    // A tag is shown at once, and undone if the server refuses it; the next attempt succeeds.
    const tags = pane.getByRole('list', { name: 'Tags' })
    const field = pane.getByRole('combobox', { name: 'Add a tag' })
    const held = await holdOperation(operator, 'ConsoleSetTags')
    await field.fill('repair')
    await field.press('Enter')
    await held.sent
    await pane.locator('[aria-busy=true]').getByText('repair').waitFor()
    await held.release()
    await pane.locator('[aria-busy=false]').getByText('repair').waitFor()
    const heal = injectFault({
      kind: 'answer',
      route: '/api/v1/livechat/room.saveInfo',
      status: 500,
      body: {},
    })
    await pane.getByRole('button', { name: 'Remove the tag repair' }).click()
    await pane.getByRole('button', { name: 'Try again' }).waitFor()
    await tags.getByText('repair').waitFor()
    heal()
    await pane.getByRole('button', { name: 'Try again' }).click()
    await tags.waitFor({ state: 'detached' })
    await field.fill('deliv')
    await field.press('ArrowDown')
    await field.press('Enter')
    await pane.locator('[aria-busy=false]').getByText('delivery').waitFor()
    expect(workspace.room(rid).tags).toEqual(['delivery'])

    await pane.getByRole('button', { name: 'Search closed conversations' }).click()
    await pane.getByRole('link', { name: 'Where is my order?' }).waitFor()
    await pane.getByText('That is all.').waitFor()

    // Closing offers what the server knows: a comment that the visitor sees, tags, a transcript.
    await operator.getByRole('button', { name: 'Close', exact: true }).focus()
    await operator.keyboard.press('c')
    const dialog = operator.getByRole('dialog', { name: 'Close the conversation?' })
    await dialog.getByText('The visitor sees this comment.').waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await dialog.getByLabel('Comment').fill('It is on its way.')
    await dialog.getByRole('combobox', { name: 'Add a tag' }).fill('solved')
    await dialog.getByRole('combobox', { name: 'Add a tag' }).press('Enter')
    await dialog.getByLabel('Mail the transcript to grace@shop.example').check()
    await dialog.getByRole('button', { name: 'Close the conversation' }).click()
    await dialog.waitFor({ state: 'detached' })
    await pane.getByText('Closed by').waitFor()
    expect(workspace.room(rid)).toMatchObject({ tags: ['solved', 'delivery'] })
    expect(workspace.transcripts).toHaveLength(1)
    expect(operator.complaints).toEqual([])
  })

  it('on LiveChat: queue, form, taking over, failures of tags, a narrow window, the own status', async () => {
    const { console: address, liveChat } = await startBrowserGateway({ push: true })
    const { chats } = liveChat
    for (const agent of chats.agents) chats.setRoutingStatus(agent.id, 'not_accepting_chats')
    const fields = [{ id: '1', type: 'question', label: 'Purpose', answer: 'Sales' }]
    const say = { type: 'filled_form', fields: { form_id: 'f', fields } } as const
    const { id } = chats.start({ customer: { name: 'Grace' }, groupId: 1, say })
    chats.queueAt(id, 3)

    const operator = await open(address)
    await openConversation(operator, 'Grace')
    const pane = operator.getByRole('complementary', { name: 'Details' })
    await pane.getByText('LiveChat keeps all conversations of a visitor in one.').waitFor()
    await pane.getByText('Sales').waitFor()
    const header = operator.locator('.room-header')
    await header.getByText('Position 3').waitFor()
    chats.queueAt(id, 2)
    await header.getByText('Position 2').waitFor()
    await pane.getByText('Position 2').waitFor()
    chats.transfer(id, { agentId: 'ben.osei@switchboard.test' })
    await header.getByText('Position 2').waitFor({ state: 'detached' })
    // A signal is not repeated for a page that subscribes later.
    const countSeen = () => {
      chats.sees(id)
      return pane.getByText('Seen until').count()
    }
    await expect.poll(countSeen, { timeout: WAIT_TIMEOUT_MS }).toBe(1)
    const assigned = operator.getByRole('button', { name: 'Assigned to', disabled: false })
    await assigned.getByText('Ben Osei').waitFor()
    await operator.getByRole('button', { name: 'Take over' }).click()
    await assigned.getByText('Robin Hale').waitFor()

    // After a refusal for the rate it can be tried again when the wait is over; without an answer, the state is read again.
    const detail = 'Too many requests.'
    const limited = { __typename: 'RateLimitedError', code: 'RATE_LIMITED', detail, retryAfterMs: 2_000 }
    const unknown = { __typename: 'OutcomeUnknownError', code: 'OUTCOME_UNKNOWN', detail: 'No response.' }
    await answerOperation(operator, 'ConsoleSetTags', { setRoomTags: limited })
    const field = pane.getByRole('combobox', { name: 'Add a tag' })
    await field.fill('nonsense')
    // It stands there for two seconds.
    const wait = pane.getByRole('button', { name: /^Try again in/ }).waitFor()
    await field.press('Enter')
    await wait
    await answerOperation(operator, 'ConsoleSetTags', { setRoomTags: unknown })
    await pane.getByRole('button', { name: 'Try again', exact: true }).click()
    await pane.locator('.failure', { hasText: 'may or may not have been done' }).waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])

    // LiveChat knows only its own tags: another one is refused, and not shown any more.
    await pane.getByRole('button', { name: 'Try again', exact: true }).click()
    await pane.locator('.failure', { hasText: 'has no tag “nonsense”' }).waitFor()
    await pane.getByRole('list', { name: 'Tags' }).waitFor({ state: 'detached' })

    // Below 1200 pixels the pane covers the conversation, and gives the focus back.
    await operator.setViewportSize({ width: 320, height: 700 })
    await operator.getByRole('button', { name: 'Details', exact: true }).press('Enter')
    await pane.getByText('Technical support').waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.keyboard.press('Escape')
    await pane.waitFor({ state: 'detached' })
    expect(await operator.evaluate('document.activeElement.innerText')).toContain('Details')
    await assigned.click()
    await operator.getByRole('option', { name: 'Ada Kowalska' }).waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.keyboard.press('Escape')

    // The operator's own status, by keyboard.
    await operator.setViewportSize({ width: 1280, height: 800 })
    await operator.getByRole('button', { name: /accepting/i }).press('Enter')
    await operator.getByRole('menuitemcheckbox', { name: 'livechat' }).press('Enter')
    await operator.getByRole('menuitemcheckbox', { name: 'livechat', checked: true }).waitFor()
    expect(chats.agents.find(({ id: agentId }) => agentId === 'agent@switchboard.test')?.routingStatus).toBe(
      'accepting_chats',
    )
    expect(operator.complaints).toEqual([])
  })

  it('closes a conversation on LiveChat with tags, of which LiveChat must know each', async () => {
    const { console: address, liveChat } = await startBrowserGateway({ push: true })
    const { chats, credentials } = liveChat
    const { id } = chats.start({ customer: { name: 'Grace' }, groupId: 0, say: 'Hello' })
    chats.transfer(id, { agentId: credentials.login })
    const operator = await open(address)
    await openConversation(operator, 'Grace')
    await operator.getByRole('button', { name: 'Close', exact: true }).click()
    const dialog = operator.getByRole('dialog', { name: 'Close the conversation?' })
    const field = dialog.getByRole('combobox', { name: 'Add a tag' })
    for (const tag of ['vip', 'nonsense']) {
      await field.fill(tag)
      await field.press('Enter')
    }
    // LiveChat takes no comment and mails no transcript without an address.
    expect(await dialog.locator('textarea, [type=checkbox]').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Close the conversation' }).click()
    await dialog.locator('.failure', { hasText: 'has no tag “nonsense”' }).waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    expect(chats.get(id).threads.at(-1)?.active).toBe(true)

    await dialog.getByRole('button', { name: 'Remove the tag nonsense' }).click()
    await dialog.getByRole('button', { name: 'Close the conversation' }).click()
    await dialog.waitFor({ state: 'detached' })
    await operator.locator('.room-header').getByText('Closed').waitFor()
    expect(chats.get(id).threads.at(-1)).toMatchObject({ active: false, tags: ['vip'] })
    expect(operator.complaints).toEqual([])
  })
})
