import type { Page } from 'playwright-core'
import type { Texts } from '../../apps/console/src/texts/en/index.ts'
import { encodeId } from '../../src/domain/ids.ts'
import type { BrowserGateway } from './browser-gateway.ts'

/** A page of the console, or a state of one, in the language of these texts. */
export interface View {
  readonly name: string
  /** Opens it, from wherever the console is. */
  readonly show: (operator: Page, t: Texts) => Promise<unknown>
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)
const LONG_WORD = 'Donaudampfschifffahrtsgesellschaftskapitänswitwe'

interface DemoRooms {
  /** At Rocket.Chat, served by the operator: own messages, files, long words. */
  readonly served: string
  readonly closed: string
  /** At LiveChat, served by the operator: a form, a note. */
  readonly noted: string
  readonly queued: string
  readonly ofAnother: string
}

/** Adds rooms in all states to the demo data of a gateway. */
export function addDemoRooms({ rocketChat, liveChat }: BrowserGateway): DemoRooms {
  const { workspace } = rocketChat
  const { userId } = workspace.serviceAccount()
  workspace.addRole(userId, 'livechat-agent')
  const { token } = workspace.createVisitor({
    name: `Wilhelmina ${LONG_WORD}`,
    email: `wilhelmina.${LONG_WORD.toLowerCase().replace('ä', 'ae')}@shop.example`,
    phone: '+49 221 1234567890',
  })
  const closed = workspace.openRoom({ token, agentId: userId })._id
  workspace.visitorSends(closed, `A parcel for https://shop.example/${'a'.repeat(120)}`)
  workspace.rateRoom(closed, { satisfaction: '4', additionalFeedback: 'Quick and friendly' })
  workspace.setTags(closed, ['delivery'])
  workspace.closeRoom(closed, 'Solved')
  const served = workspace.openRoom({ token, agentId: userId })._id
  workspace.setTags(served, ['vip', LONG_WORD])
  workspace.visitorSends(served, `${LONG_WORD}! See https://shop.example/${'b'.repeat(120)}`)
  workspace.sendsFile(served, 'visitor', { name: 'lamp.png', type: 'image/png', bytes: PIXEL })
  workspace.sendsFile(served, 'visitor', { name: `${LONG_WORD}.pdf`, type: 'application/pdf', bytes: PIXEL })
  workspace.edit(workspace.agentSends(served, 'Mistyped')._id, 'Corrected')
  const { chats, credentials } = liveChat
  const fields = [{ id: '1', type: 'question', label: 'What is it about?', answer: 'Sales' }]
  const form = { type: 'filled_form', fields: { form_id: 'f', fields } } as const
  const noted = chats.start({ customer: { name: 'Nora' }, groupId: 1, say: form }).id
  chats.transfer(noted, { agentId: credentials.login })
  chats.agentNotes(noted, 'Has called twice already.')
  const ofAnother = chats.start({ customer: { name: 'Olga' }, groupId: 1, say: 'Hello' }).id
  chats.transfer(ofAnother, { agentId: 'ben.osei@switchboard.test' })
  for (const { id } of chats.agents) chats.setRoutingStatus(id, 'not_accepting_chats')
  const queued = chats.start({ customer: { name: 'Quinn' }, groupId: 1, say: 'Is anybody there?' }).id
  chats.queueAt(queued, 3)
  return { served, closed, noted, queued, ofAnother }
}

/** The sign-in, after a key that the gateway does not know. */
export const signInView: View = {
  name: 'the sign-in',
  show: async (operator, { session }) => {
    await operator.getByLabel(session.key).fill('nobody-has-this-key')
    await operator.getByRole('button', { name: session.signIn }).click()
    await operator.getByText(session.unknownKey).waitFor()
  },
}

/** All pages and states of the console, except for the sign-in. */
export function consoleViews(
  { rocketChat: { workspace } }: BrowserGateway,
  rooms: DemoRooms,
): readonly View[] {
  const addressOf = (provider: string, roomId: string) =>
    `#/inbox/${encodeId({ type: 'Room', provider, roomId })}`
  const served = addressOf('rocketchat', rooms.served)
  const openServed = async (operator: Page) => {
    await goTo(operator, served)
    await operator.locator('.message', { hasText: 'Corrected' }).waitFor()
  }
  return [
    {
      name: 'the list',
      show: async (operator) => {
        await goTo(operator, '#/inbox')
        await operator.locator('.room').first().waitFor()
      },
    },
    {
      name: 'the list with news',
      show: async (operator) => {
        await goTo(operator, '#/inbox')
        await operator.locator('.room').first().hover()
        const { token } = workspace.createVisitor({ name: 'Nina' })
        workspace.visitorSends(workspace.openRoom({ token, agentId: null })._id, 'Hello')
        await operator.locator('.news button').waitFor()
      },
    },
    {
      name: 'the list with filters',
      show: async (operator, t) => {
        await goTo(operator, '#/inbox?tag=vip&sort=wait')
        await operator.getByRole('button', { name: t.inbox.filters }).click()
        await operator.locator('.filter-panel').waitFor()
      },
    },
    {
      name: 'a search without result',
      show: async (operator, t) => {
        await goTo(operator, '#/inbox?text=nothing-like-this')
        await operator.getByText(t.inbox.none).waitFor()
      },
    },
    { name: 'a conversation with files', show: openServed },
    {
      name: 'a message to be deleted, and files to be sent',
      show: async (operator, t) => {
        await openServed(operator)
        const uploads = operator.getByRole('list', { name: t.conversation.attachments })
        if ((await uploads.count()) === 0)
          await operator
            .locator('input[type=file]')
            .setInputFiles([{ name: `${LONG_WORD}.png`, mimeType: 'image/png', buffer: PIXEL }])
        await uploads.waitFor()
        const message = operator.locator('.message', { hasText: 'Corrected' })
        await message.hover()
        await message.getByRole('button', { name: t.room.delete }).click()
        await message.getByText(t.room.confirmDelete).waitFor()
      },
    },
    {
      name: 'a message that is edited',
      show: async (operator, t) => {
        await openServed(operator)
        const message = operator.locator('.message', { hasText: 'Corrected' })
        await message.hover()
        await message.getByRole('button', { name: t.room.edit }).click()
        await operator.getByLabel(t.room.editedText).waitFor()
      },
    },
    {
      name: 'a closed conversation',
      show: async (operator) => {
        await goTo(operator, addressOf('rocketchat', rooms.closed))
        await operator.locator('.reply-block').waitFor()
      },
    },
    {
      name: 'a conversation with a note',
      show: async (operator, t) => {
        await goTo(operator, addressOf('livechat', rooms.noted))
        await operator.locator('.message.note').waitFor()
        await operator.getByRole('button', { name: t.conversation.noteMode, exact: true }).click()
        await operator.getByLabel(t.conversation.noteLabel).waitFor()
      },
    },
    {
      name: 'a conversation in the queue',
      show: async (operator, t) => {
        await goTo(operator, addressOf('livechat', rooms.queued))
        await operator.locator('.room-header').getByText(t.details.position('3')).waitFor()
      },
    },
    {
      name: 'a conversation of another agent',
      show: async (operator) => {
        await goTo(operator, addressOf('livechat', rooms.ofAnother))
        await operator.locator('.take-over').waitFor()
      },
    },
    {
      name: 'a conversation that does not exist',
      show: async (operator, t) => {
        await goTo(operator, addressOf('rocketchat', 'unknown'))
        await operator.getByText(t.room.missing).waitFor()
      },
    },
    {
      name: 'the pane, with suggested tags',
      show: async (operator, t) => {
        await openServed(operator)
        const toggle = operator.getByRole('button', { name: t.details.details, exact: true })
        if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
        const pane = operator.getByRole('complementary', { name: t.details.details })
        await pane.getByRole('combobox', { name: t.details.addTag }).fill('deliv')
        await operator.locator('.tag-popover').waitFor()
      },
    },
    {
      name: 'the menu of agents',
      show: async (operator, t) => {
        await openServed(operator)
        await operator.locator('.assign-button').click()
        await operator.getByRole('option').first().waitFor()
        await operator.getByText(t.assignment.loadingAgents).waitFor({ state: 'detached' })
      },
    },
    {
      name: 'closing',
      show: async (operator, t) => {
        await openServed(operator)
        await operator.getByRole('button', { name: t.closing.close, exact: true }).click()
        await operator.getByRole('dialog', { name: t.closing.title }).waitFor()
      },
    },
    {
      name: 'the shortcuts',
      show: async (operator, t) => {
        await openServed(operator)
        await operator.getByRole('log').press('?')
        await operator.getByRole('dialog', { name: t.frame.shortcuts }).waitFor()
      },
    },
    {
      name: 'the settings',
      show: async (operator, t) => {
        await goTo(operator, '#/providers')
        await operator.getByRole('button', { name: t.frame.settings }).click()
        await operator.getByLabel(t.frame.language).waitFor()
      },
    },
    {
      name: 'the own status',
      show: async (operator, t) => {
        await goTo(operator, '#/inbox')
        await operator.locator('.rail .presence').click()
        await operator.getByRole('menu', { name: t.status.title }).waitFor()
      },
    },
    {
      name: 'the offline messages',
      show: async (operator) => {
        await goTo(operator, '#/offline')
        await operator.locator('.offline-item').first().waitFor()
      },
    },
    {
      name: 'no offline message found',
      show: async (operator, t) => {
        await goTo(operator, '#/offline')
        await operator.getByRole('searchbox', { name: t.offline.text }).fill('nothing-like-this')
        await operator.getByText(t.offline.noneFound).waitFor()
      },
    },
    {
      name: 'the providers',
      show: async (operator) => {
        await goTo(operator, '#/providers')
        await operator.locator('.provider-facts').first().waitFor()
      },
    },
  ]
}

/** Leaves everything that is open, and goes to a page of the console. */
async function goTo(operator: Page, hash: string): Promise<void> {
  await operator.keyboard.press('Escape')
  // Through another page: what was open there is not open any more.
  for (const next of ['#/providers', hash])
    await operator.evaluate(`new Promise((resolve) => {
      if (location.hash === '${next}') return resolve()
      addEventListener('hashchange', () => requestAnimationFrame(resolve), { once: true })
      location.hash = '${next}'
    })`)
}
