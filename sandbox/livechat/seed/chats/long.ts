import { agent, type ChatScript, customer, note, type Step } from './script.ts'

const TALK: readonly (readonly [question: string, answer: string])[] = [
  ['The import stops at row {n}.', 'Which encoding has the file?'],
  ['UTF-8 with a BOM, I think.', 'Please save it without the BOM and try again.'],
  ['Now it stops at row {n}0.', 'Better! Could you send me that row?'],
  ['"Müller; Straße 5; 😀"', 'The semicolon inside the quotes is fine. Is there a line break?'],
  ['Yes, one in the address.', 'Then switch on “multi-line fields” in step {n}.'],
  ['Where is that?', 'Top right, under the gear ⚙️'],
  ['Found it, running…', 'Take your time ☕'],
  ['Row {n}00 and counting!', 'That looks good 🎉'],
  ['It finished, but {n} rows are red.', 'Red rows have no e-mail address.'],
  ['Can I leave them out?', 'Yes: filter by “invalid”, then remove.'],
  ['Done. What about duplicates?', 'The report of run {n} lists them.'],
  ['I see {n} of them.', 'Merge them with the button below the list.'],
]

/** A long chat: five threads, well over 120 events. */
export const longChat = (self: string): ChatScript => ({
  customer: { name: 'Tom Ashworth', email: 'tom.ashworth@import.test', sessionFields: [{ account: '4711' }] },
  groupId: 1,
  agentId: self,
  threads: [28_000, 21_000, 13_500, 7_100, 75].map((minutesAgo, part) => ({
    minutesAgo,
    steps: part === 4 ? session(part).slice(0, -2) : session(part),
    ...(part < 4 && { closedBy: part % 2 ? ('customer' as const) : ('agent' as const), tags: ['support'] }),
  })),
})

function session(part: number): Step[] {
  const steps = TALK.flatMap(([question, answer], n) => {
    const number = String(part * TALK.length + n + 1)
    return [customer(question.replace('{n}', number)), agent(answer.replace('{n}', number))]
  })
  return [...steps.slice(0, 12), note(`Day ${part + 1} with the import of account 4711.`), ...steps.slice(12)]
}
