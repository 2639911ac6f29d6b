import { describe, expect, it, onTestFinished } from 'vitest'
import { isApplicable } from './check.ts'
import { conformanceChecks } from './index.ts'
import { memorySubject } from './memory-provider/subject.ts'
import {
  liveChatCustomer,
  liveChatHelpDesk,
  liveChatOperator,
  rocketChatOperator,
  rocketChatOwnAgent,
  rocketChatVisitor,
} from './subjects.ts'

const subjects = {
  'Rocket.Chat, as a visitor': rocketChatVisitor,
  'Rocket.Chat, as an operator': rocketChatOperator,
  'Rocket.Chat, as an operator with its own agent': rocketChatOwnAgent,
  'LiveChat, as an operator': liveChatOperator,
  'LiveChat, as a customer': liveChatCustomer,
  'LiveChat with HelpDesk, as an operator with its own agent': liveChatHelpDesk,
  'the provider in memory, as an operator': memorySubject,
}

describe('the conformance checks', () => {
  it('has ids that never change', () => {
    expect(conformanceChecks.map(({ id }) => id)).toMatchInlineSnapshot(`
      [
        "M01",
        "M02",
        "M03",
        "M04",
        "M05",
        "R01",
        "R02",
        "R03",
        "R04",
        "R05",
        "R06",
        "R07",
        "R08",
        "R09",
        "R10",
        "P01",
        "P02",
        "P03",
        "P04",
        "P05",
        "P06",
        "P07",
        "W01",
        "W02",
        "W03",
        "W04",
        "W05",
        "W06",
        "W07",
        "W08",
        "O01",
        "O02",
        "O03",
        "O04",
        "O05",
        "A01",
        "A02",
        "A03",
        "A04",
        "A05",
        "G01",
        "G02",
        "G03",
        "G04",
        "G05",
        "G06",
        "G07",
        "V01",
        "V02",
        "V03",
        "V04",
        "V05",
        "T01",
        "T02",
        "T03",
        "T04",
        "T05",
        "T06",
        "T07",
        "T08",
        "T09",
        "T10",
        "S01",
        "S02",
        "S03",
        "S04",
        "S05",
        "S06",
        "F01",
        "F02",
        "F03",
        "F04",
        "U01",
        "U02",
        "U03",
        "U04",
        "U05",
        "U06",
      ]
    `)
  })
})

describe.each(Object.entries(subjects))('%s', async (_name, open) => {
  const probe = await open()
  const applicable = conformanceChecks.filter((check) => isApplicable(check, probe.subject))
  await probe.close()

  it.each(applicable)('$id $name', async (check) => {
    const { subject, close } = await open()
    onTestFinished(close)
    await expect(check.run(subject)).resolves.toBeUndefined()
  })
})
