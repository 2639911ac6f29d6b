import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Texts } from '../../apps/widget/src/texts/english.ts'
import { agentsEndOf } from './agents-end.ts'
import { WAIT_TIMEOUT_MS } from './browser.ts'
import type { BrowserGateway } from './browser-gateway.ts'

/** A view of the widget. */
export interface WidgetView {
  readonly name: string
  /** Brings the page there from the view before it, in a window in which the panel leaves the launcher visible. */
  readonly show: () => Promise<unknown>
}

/** A picture of one pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)
const FILES = [
  { name: 'photo.png', mimeType: 'image/png', buffer: PICTURE },
  { name: `${'long-name-'.repeat(8)}.txt`, mimeType: 'text/plain', buffer: Buffer.from('twelve') },
]
const EXECUTABLE = { name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: PICTURE }

/** Ends the widget's pause, as its button does, which is gone if the pause ends by itself. */
const TRY_NOW = "dispatchEvent(new Event('online'))"

/** All views of the widget, which begins at LiveChat, in an order in which each leads to the next. At Rocket.Chat no agent is online. */
export function widgetViews(page: Page, texts: Texts, gateway: BrowserGateway): readonly WidgetView[] {
  return [
    ...viewsBefore(page, texts, gateway),
    ...viewsDuring(page, texts, gateway),
    ...viewsAfter(page, texts, gateway),
  ]
}

const buttonOf = (page: Page) => (name: string) => page.getByRole('button', { name, exact: true })
const launcherOf = (page: Page) => page.locator('.launcher')

/** Fills a field of the form, which has the text of the page's language as its label. */
const fill = (page: Page, name: string, value: string) => page.locator(`[name=${name}]`).fill(value)

function viewsBefore(page: Page, texts: Texts, gateway: BrowserGateway): readonly WidgetView[] {
  const button = buttonOf(page)
  return [
    { name: 'the launcher', show: () => button(texts.launcher).waitFor() },
    {
      name: 'the questions of the provider',
      show: async () => {
        await button(texts.launcher).click()
        await page.getByText('Contact me by').waitFor()
      },
    },
    {
      name: 'a start that fails',
      show: async () => {
        await gateway.stop()
        await fill(page, 'name', 'Grace')
        await fill(page, 'text', 'Which grinder?')
        await button(texts.start).click()
        await page.getByText(texts.away).waitFor()
      },
    },
  ]
}

function viewsDuring(page: Page, texts: Texts, gateway: BrowserGateway): readonly WidgetView[] {
  const button = buttonOf(page)
  const end = agentsEndOf(gateway, 'livechat')
  const attach = (files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) =>
    page.locator('input[type=file]').setInputFiles(files)
  return [
    {
      name: 'a conversation with texts, files and an agent who types',
      show: async () => {
        await gateway.start()
        await page.evaluate(TRY_NOW)
        await page.getByRole('log').getByText('Which grinder?').waitFor()
        end.says(`See https://shop.example/${'a'.repeat(80)}`)
        await attach(FILES)
        await page.getByRole('img').waitFor()
        await page.locator('button.file', { hasText: 'long-name' }).waitFor()
        // A signal is not repeated for a page that subscribes later.
        const countTypists = () => {
          end.types()
          return page.locator('.typing').count()
        }
        await expect.poll(countTypists, { timeout: WAIT_TIMEOUT_MS }).toBe(1)
      },
    },
    {
      name: 'a file that is refused',
      show: async () => {
        await attach([EXECUTABLE])
        await page.getByText(texts.invalidFile).waitFor()
      },
    },
    {
      name: 'a conversation without the gateway',
      show: async () => {
        await button(texts.discardMessage).click()
        await gateway.stop()
        await page.getByText(texts.reconnecting).waitFor()
        await page.getByLabel(texts.message).fill('Are you there?')
        await button(texts.send).click()
        await page.getByText(texts.delayed).waitFor()
      },
    },
    {
      name: 'the launcher with an unread message',
      show: async () => {
        await gateway.start()
        await page.evaluate(TRY_NOW)
        await page.getByText(texts.delayed).waitFor({ state: 'detached' })
        await launcherOf(page).click()
        end.says('Still there?')
        await page.locator('.badge').waitFor()
      },
    },
    {
      name: 'the menu',
      show: async () => {
        await launcherOf(page).click()
        await button(texts.menu).click()
        await button(texts.end).waitFor()
      },
    },
    {
      name: 'the request for a copy',
      show: async () => {
        await button(texts.transcript).click()
        await page.getByLabel(texts.transcriptEmail).waitFor()
      },
    },
    {
      name: 'the question whether to end',
      show: async () => {
        await button(texts.cancel).click()
        await button(texts.menu).click()
        await button(texts.end).click()
        await page.getByRole('alertdialog').waitFor()
      },
    },
  ]
}

function viewsAfter(page: Page, texts: Texts, { liveChat }: BrowserGateway): readonly WidgetView[] {
  const button = buttonOf(page)
  return [
    {
      name: 'a conversation that is over',
      show: async () => {
        await page.getByRole('alertdialog').getByRole('button', { name: texts.end }).click()
        await page.getByText(texts.rate).waitFor()
      },
    },
    {
      name: 'the rating',
      show: async () => {
        await page.getByTitle(texts.bad).click()
        await button(texts.sendRating).waitFor()
      },
    },
    {
      name: 'the form for a visitor who comes back',
      show: async () => {
        await button(texts.startNew).click()
        await button(texts.start).waitFor()
      },
    },
    {
      name: 'a chat without agents',
      show: async () => {
        for (const { id } of liveChat.chats.agents) liveChat.chats.setRoutingStatus(id, 'offline')
        await fill(page, 'text', 'Is anybody there?')
        await button(texts.start).click()
        await page.getByText(texts.unavailable).waitFor()
      },
    },
    {
      name: 'the offline form',
      show: async () => {
        // This LiveChat takes no offline messages.
        await page.goto(page.url().replace('livechat', 'rocketchat'))
        await button(texts.startNew).click()
        await page.getByText(texts.nobodyHere).waitFor()
      },
    },
    {
      name: 'the offline message that was left',
      show: async () => {
        await fill(page, 'name', 'Grace')
        await fill(page, 'email', 'grace@shop.example')
        await button(texts.leaveMessage).click()
        await page.getByText(texts.messageLeft).waitFor()
      },
    },
  ]
}
