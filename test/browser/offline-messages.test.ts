import { expect, it } from 'vitest'
import { send } from '../offline/offline-gateway.ts'
import { accessibilityViolations } from './accessibility.ts'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'

describeInBrowser('Offline messages in the console', (open) => {
  it('that failed can be sent again or discarded, also if another operator was faster', async () => {
    const { console: address, rocketChat } = await startBrowserGateway()
    const { settings, workspace } = rocketChat
    settings.Livechat_display_offline_form = false
    for (const text of ['Please call me back.', 'Never mind.', 'Where is my parcel?'])
      await send({ url: `${address}graphql` }, { text })
    const operator = await open(`${address}#/offline`)
    const cardOf = (text: string) => operator.locator('.offline-item', { hasText: text })
    const stateOf = (text: string, state: string) => cardOf(text).locator('.state', { hasText: state })
    const press = (text: string, name: string) =>
      cardOf(text).getByRole('button', { name, exact: true }).click()
    for (const text of ['Please call me back.', 'Never mind.', 'Where is my parcel?'])
      await stateOf(text, 'Failed').waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])

    // Refused once more, then accepted.
    await press('Please call me back.', 'Send again')
    await cardOf('Please call me back.').getByText('2 attempts').waitFor()
    await stateOf('Please call me back.', 'Failed').waitFor()
    settings.Livechat_display_offline_form = true
    await press('Please call me back.', 'Send again')
    await stateOf('Please call me back.', 'Sent').waitFor()
    expect(workspace.mails).toHaveLength(1)

    await press('Never mind.', 'Discard')
    await stateOf('Never mind.', 'Discarded').waitFor()
    expect(
      await cardOf('Never mind.')
        .getByRole('button', { name: /Send again|Discard/ })
        .count(),
    ).toBe(0)

    // Another operator has discarded it, which this list does not know yet.
    const colleague = await open(`${address}#/offline`)
    const parcel = colleague.locator('.offline-item', { hasText: 'Where is my parcel?' })
    await parcel.getByRole('button', { name: 'Discard' }).click()
    await parcel.locator('.state', { hasText: 'Discarded' }).waitFor()
    await press('Where is my parcel?', 'Send again')
    await cardOf('Where is my parcel?').getByText('It was discarded.').waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await press('Where is my parcel?', 'Read the list again')
    await stateOf('Where is my parcel?', 'Discarded').waitFor()
    expect(workspace.mails).toHaveLength(1)
    expect(operator.complaints).toEqual([])
  })
})
