import { expect, it } from 'vitest'
import type { Message } from '../../../../sandbox/rocketchat/index.ts'
import { Messages } from '../support/operator-documents.ts'
import { openOperatorGateway } from '../support/operator-gateway.ts'

/** Sends a message with these fields as the agent of a room, and returns it as the gateway shows it. */
async function readSent(msg: string, fields: Partial<Message>) {
  const { asOperator, openRoomFor, workspace } = await openOperatorGateway()
  const room = openRoomFor('Vera')
  const { _id } = workspace.agentSends(room._id, msg, fields)
  const { data } = await asOperator(Messages, { id: room._id, last: 10 })
  return data?.roomByNativeId?.messages.nodes.find(({ nativeId }) => nativeId === _id)
}

const plain = (text: string) => ({ type: 'plain_text', text })

it('blocks are readable as text, with their buttons', async () => {
  const blocks = [
    { type: 'section', text: plain('Shall we send it?'), fields: [plain('To: Lima'), plain('Today')] },
    {
      type: 'actions',
      elements: [
        { type: 'button', text: plain('Yes'), value: 'yes', actionId: 'a' },
        { type: 'button', text: plain('Prices'), url: 'https://shop.test/prices', actionId: 'b' },
        { type: 'static_select', placeholder: plain('When?'), actionId: 'c' },
      ],
    },
    {
      type: 'context',
      elements: [
        { type: 'mrkdwn', text: '_Offer of today_' },
        { type: 'image', imageUrl: 'x' },
      ],
    },
    { type: 'section', accessory: { type: 'button', text: plain('Help'), url: 'javascript:alert(1)' } },
    { type: 'preview', title: [plain('Lima')], description: [plain('A city')] },
    { type: 'something new' },
  ]
  expect(await readSent('Shall we send it?', { blocks })).toMatchObject({
    kind: 'RICH',
    text: [
      'Shall we send it?',
      'To: Lima',
      'Today',
      'Yes',
      'Prices: https://shop.test/prices',
      '_Offer of today_',
      'Help',
      'Lima',
      'A city',
    ].join('\n'),
    buttons: [
      { text: 'Yes', url: null },
      { text: 'Prices', url: 'https://shop.test/prices' },
      { text: 'Help', url: null },
    ],
    form: null,
    systemEvent: null,
  })
})

it('a card among the attachments is readable as text, with its buttons', async () => {
  const card = {
    pretext: 'We found',
    title: 'Gasket',
    text: 'Fits the Mini 2',
    fields: [{ title: 'Size', value: '8 mm', short: true }, { value: 'in stock' }],
    actions: [
      { type: 'button', text: 'Shop', url: 'https://shop.test/gasket' },
      { type: 'button', text: 'Order it', msg: 'order' },
    ],
  }
  expect(await readSent('', { attachments: [card] })).toMatchObject({
    kind: 'RICH',
    text: 'We found\nGasket\nFits the Mini 2\nSize: 8 mm\nin stock\nShop: https://shop.test/gasket\nOrder it',
    buttons: [
      { text: 'Shop', url: 'https://shop.test/gasket' },
      { text: 'Order it', url: null },
    ],
  })
})

it.each([
  ['a plain message', {}, { kind: 'TEXT', text: 'Hello' }],
  [
    'a quotation',
    {
      attachments: [
        { message_link: 'https://chat.test/live/1?msg=2', text: 'Where is it?', author_name: 'vera' },
      ],
    },
    { kind: 'TEXT', text: 'Hello' },
  ],
  [
    'a file with a description',
    {
      attachments: [
        { type: 'file', title: 'a.pdf', title_link: '/file-upload/1/a.pdf', description: 'The manual' },
      ],
    },
    { kind: 'FILE', text: 'Hello\nThe manual' },
  ],
  [
    'a picture by its address',
    { attachments: [{ image_url: 'https://img.test/a.png' }] },
    { kind: 'TEXT', text: 'Hello' },
  ],
])('%s is not rich', async (_name, fields, expected) => {
  expect(await readSent('Hello', fields)).toMatchObject({ ...expected, buttons: [] })
})

it('a deleted rich message has neither text nor buttons', async () => {
  const attachments = [{ text: 'Fits', actions: [{ type: 'button', text: 'Order it' }] }]
  const message = await readSent('Hello', { t: 'rm', attachments })
  expect(message).toMatchObject({ state: 'DELETED', text: '', buttons: [], systemEvent: null })
})

it.each([
  ['uj', {}, 'JOINED'],
  ['au', {}, 'JOINED'],
  ['command', { msg: 'connected' }, 'JOINED'],
  ['command', { msg: 'promptTranscript' }, 'OTHER'],
  ['ul', {}, 'LEFT'],
  ['ru', {}, 'LEFT'],
  ['livechat_transfer_history', { transferData: { scope: 'agent' } }, 'TRANSFERRED'],
  ['livechat_transfer_history', { transferData: { scope: 'department' } }, 'TRANSFERRED'],
  ['livechat_transfer_history', {}, 'TRANSFERRED'],
  ['livechat_transfer_history', { transferData: { scope: 'queue' } }, 'QUEUED'],
  ['livechat_transfer_history_fallback', {}, 'TRANSFERRED'],
  ['livechat-close', {}, 'CLOSED'],
  ['livechat-started', {}, 'OTHER'],
  ['omnichannel_placed_chat_on_hold', {}, 'OTHER'],
  ['a-type-of-tomorrow', {}, 'OTHER'],
] as const)('a system message %s %j reports %s', async (t, fields, systemEvent) => {
  const { msg = '', ...rest }: Partial<Message> = fields
  expect(await readSent(msg, { t, ...rest })).toMatchObject({ kind: 'SYSTEM', systemEvent, form: null })
})
