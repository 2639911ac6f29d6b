import assert from 'node:assert/strict'
import type { OfflineMessageItem, OfflineMessageQuery } from '../../src/domain/offline-messages.ts'
import { type ConformanceCheck, callAs, type Subject } from './check.ts'

const everything: OfflineMessageQuery = { from: null, to: null, departmentId: null, text: null }

export const offlineChecks: readonly ConformanceCheck[] = [
  {
    id: 'O01',
    name: 'MUST list offline messages newest first, each with its day or time',
    requiredCapabilities: ['LIST_OFFLINE_MESSAGES'],
    async run(subject) {
      await leaveSome(subject)
      const items = await read(subject, everything, null)
      const days = items.map(({ message }) => message.receivedOn ?? message.receivedAt?.toISOString() ?? '')
      assert.ok(days.every((day) => day !== ''))
      assert.deepEqual(days, [...days].sort().reverse())
      assert.deepEqual(new Set(texts(items)), new Set(['today', 'also today', 'yesterday', 'long ago']))
    },
  },
  {
    id: 'O02',
    name: 'MUST continue after a resume token without repeating or losing one',
    requiredCapabilities: ['LIST_OFFLINE_MESSAGES'],
    async run(subject) {
      await leaveSome(subject)
      const all = await read(subject, everything, null)
      for (const [index, { resumeToken }] of all.entries()) {
        assert.deepEqual(texts(await read(subject, everything, resumeToken)), texts(all).slice(index + 1))
      }
    },
  },
  {
    id: 'O03',
    name: 'MUST find an offline message by its key, null for an absent one',
    requiredCapabilities: ['LIST_OFFLINE_MESSAGES'],
    async run(subject) {
      await leaveSome(subject)
      const [first] = await read(subject, everything, null)
      const keys = ['M0NOSUCHID', first?.message.key ?? '']
      const found = await subject.adapter.getOfflineMessages(keys, callAs(subject.caller))
      assert.deepEqual(
        found.map((message) => (message && 'type' in message ? message.text : message)),
        [null, first?.message.text],
      )
    },
  },
  {
    id: 'O04',
    name: 'MUST list only the requested days',
    requiredCapabilities: ['LIST_OFFLINE_MESSAGES'],
    async run(subject) {
      await leaveSome(subject)
      const [newest] = await read(subject, everything, null)
      const day = newest?.message.receivedOn ?? newest?.message.receivedAt?.toISOString().slice(0, 10) ?? ''
      const items = await read(subject, { ...everything, from: day, to: day }, null)
      assert.deepEqual(new Set(texts(items)), new Set(['today', 'also today']))
    },
  },
  {
    id: 'O05',
    name: 'SHOULD count what it lists, or say that it cannot',
    requiredCapabilities: ['LIST_OFFLINE_MESSAGES'],
    async run(subject) {
      await leaveSome(subject)
      const count = await subject.adapter.countOfflineMessages(everything, callAs(subject.caller))
      assert.ok(count === null || count === 4)
    },
  },
]

async function leaveSome(subject: Subject): Promise<void> {
  await subject.addOfflineMessage('long ago', 4)
  await subject.addOfflineMessage('yesterday', 1)
  await subject.addOfflineMessage('today', 0)
  await subject.addOfflineMessage('also today', 0)
}

async function read(
  { adapter, caller }: Subject,
  query: OfflineMessageQuery,
  resumeToken: string | null,
): Promise<OfflineMessageItem[]> {
  const items: OfflineMessageItem[] = []
  for await (const item of adapter.listOfflineMessages(query, resumeToken, callAs(caller))) items.push(item)
  return items
}

function texts(items: readonly OfflineMessageItem[]): string[] {
  return items.map(({ message }) => message.text)
}
