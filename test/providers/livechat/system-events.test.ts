import { readFileSync } from 'node:fs'
import { expect, it, test } from 'vitest'
import { systemEventOf } from '../../../src/providers/livechat/system-events.ts'

/** Groups of the table of system messages in docs/providers/livechat.md 21, and what the gateway reports for them. */
const kindsByGroup = {
  joined: 'JOINED',
  left: 'LEFT',
  moved: 'TRANSFERRED',
  queued: 'QUEUED',
  idle: 'OTHER',
  closed: 'CLOSED',
  rated: 'RATED',
  other: 'OTHER',
} as const

const page = readFileSync(new URL('../../../docs/providers/livechat.md', import.meta.url), 'utf8')
const section = page.slice(page.indexOf('## 21. System messages'), page.indexOf('## 22.'))

/** The documented types, with `routing.x_{a,b}` written out. */
const documented = Object.entries(kindsByGroup).flatMap(([group, kind]) => {
  const cell = new RegExp(`^\\| ${group} \\| (.*) \\|$`, 'm').exec(section)?.[1] ?? ''
  const types = [...cell.matchAll(/`([\w.]+)(?:\{([\w,]+)\})?`/g)].flatMap(([, type = '', ends]) =>
    ends === undefined ? [type] : ends.split(',').map((end) => type + end),
  )
  return types.filter((type) => type !== 'other').map((type) => ({ type, kind }))
})

test('the table names types of every group', () => {
  expect(new Set(documented.map(({ kind }) => kind))).toEqual(new Set(Object.values(kindsByGroup)))
  expect(documented.length).toBeGreaterThan(30)
})

it.each(documented)('a system message $type reports $kind', ({ type, kind }) => {
  expect(systemEventOf(type)).toBe(kind)
})

it.each([null, '', 'routing.assigned', 'an_app_of_ours'])('an unknown type %s reports OTHER', (type) => {
  expect(systemEventOf(type)).toBe('OTHER')
})
