import { DEPARTMENTS } from '../participants.ts'
import { agent, type Script, visitor } from '../script.ts'

/** A leaking machine: a picture, a manual as a PDF, Japanese, and a link. */
export const leakingMachine: Script = {
  visitor: 'kenji',
  agent: 'yuki',
  departmentId: DEPARTMENTS.machines._id,
  endedMinutesAgo: 12,
  steps: [
    visitor(10, 'こんにちは。エスプレッソマシンから水が漏れています 💧'),
    agent(50, 'こんにちは、田中です。どこから漏れていますか？'),
    visitor(70, '写真を送ります'),
    visitor(20, '', { file: { name: 'leak.png', type: 'image/png', size: 912_000 } }),
    agent(120, 'That is the gasket of the group head. ご自分で交換できます。'),
    agent(15, 'The manual, page 12:'),
    agent(0, '', { file: { name: 'Mini 2 – manual.pdf', type: 'application/pdf', size: 2_411_724 } }),
    visitor(400, 'Which part number?', { edited: 'Which part number do I need?' }),
    agent(60, '`MN2-0417`, 8 mm: https://shop.example/parts/MN2-0417'),
    visitor(45, 'ありがとう！ ordered 🙇‍♂️'),
    { after: 30, event: 'joined', agent: 'mateo' },
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
