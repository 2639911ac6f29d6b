import { DEPARTMENTS } from '../participants.ts'
import { agent, type Script, visitor } from '../script.ts'

const gasketCard = {
  attachments: [
    {
      title: 'Gasket MN2-0417',
      text: 'Fits the Mini 2, built 2021 and later.',
      fields: [
        { title: 'Size', value: '8 mm', short: true },
        { title: 'Price', value: '€ 6,90', short: true },
      ],
      actions: [{ type: 'button', text: 'Open in the shop', url: 'https://shop.example/parts/MN2-0417' }],
    },
  ],
}

const orderButtons = {
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: 'Shall we send it *today*?' } },
    {
      type: 'actions',
      elements: [
        { type: 'button', actionId: 'today', text: { type: 'plain_text', text: 'Today' }, value: 'today' },
        {
          type: 'button',
          actionId: 'track',
          text: { type: 'plain_text', text: 'Shipping times' },
          url: 'https://shop.example/shipping',
        },
      ],
    },
  ],
}

/** A leaking machine: a picture, a manual as a PDF, Japanese, a link, a card and buttons. */
export const leakingMachine: Script = {
  visitor: 'kenji',
  agent: 'yuki',
  departmentId: DEPARTMENTS.machines._id,
  livechatData: { machine: 'Mini 2', serial: 'MN2-2023-0815' },
  endedMinutesAgo: 12,
  steps: [
    visitor(10, 'こんにちは。エスプレッソマシンから水が漏れています 💧'),
    agent(50, 'こんにちは、田中です。どこから漏れていますか？'),
    visitor(70, '写真を送ります'),
    visitor(20, '', { file: { name: 'leak.png', type: 'image/png' } }),
    agent(120, 'That is the gasket of the group head. ご自分で交換できます。'),
    agent(15, 'The manual, page 12:'),
    agent(0, '', { file: { name: 'Mini 2 – manual.pdf', type: 'application/pdf' } }),
    visitor(400, 'Which part number?', { edited: 'Which part number do I need?' }),
    agent(60, '`MN2-0417`, 8 mm: https://shop.example/parts/MN2-0417', { content: gasketCard }),
    visitor(45, 'ありがとう！ ordered 🙇‍♂️'),
    agent(10, 'Shall we send it today?', { content: orderButtons }),
    { after: 20, event: 'joined', agent: 'mateo' },
    agent(40, 'It leaves today with the 16:00 van.'),
  ],
}

/** A queued room without an agent. */
export const queuedQuestion: Script = {
  visitor: 'lucia',
  departmentId: DEPARTMENTS.machines._id,
  endedMinutesAgo: 2,
  steps: [
    visitor(5, '¡Hola! ¿El molinillo funciona a 110 V?'),
    visitor(12, 'Me mudo a México en enero ✈️'),
    visitor(9, '¿Hay alguien?'),
  ],
}
