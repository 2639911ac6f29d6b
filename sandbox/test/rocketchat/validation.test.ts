import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { firstViolation, type Shape } from '../../rocketchat/wire/request-shape.ts'
import {
  access,
  botMessages,
  changedMessage,
  config,
  customField,
  customFields,
  deletedMessage,
  history,
  newMessage,
  offlineMessage,
  survey,
  transcript,
} from '../../rocketchat/wire/visitor-shapes.ts'
import { loadVendorValidators } from './vendor-validators.ts'

let ask: Awaited<ReturnType<typeof loadVendorValidators>>
beforeAll(async () => {
  ask = await loadVendorValidators()
})

/** Our shapes by the vendor's names for them. GET room and POST visitor have no validator in the server: see below. */
const PAIRS: readonly [string, Shape<unknown>][] = [
  ['isPOSTLivechatMessageParams', newMessage],
  ['isGETLivechatMessageIdParams', access],
  ['isPUTLivechatMessageIdParams', changedMessage],
  ['isDELETELivechatMessageIdParams', deletedMessage],
  ['isGETLivechatMessagesHistoryRidParams', history],
  ['isGETLivechatMessagesParams', botMessages],
  ['isPOSTLivechatOfflineMessageParams', offlineMessage],
  ['isPOSTLivechatRoomCloseParams', access],
  ['isGETLivechatConfigParams', config],
  ['isPOSTLivechatCustomFieldParams', customField],
  ['isPOSTLivechatCustomFieldsParams', customFields],
  ['isPOSTLivechatRoomSurveyParams', survey],
  ['isPOSTLivechatTranscriptParams', transcript],
]

/** Both verdicts and what coercion made of the value. */
function compare(name: string, shape: Shape<unknown>, value: unknown) {
  const [ours, theirs] = [structuredClone(value), structuredClone(value)]
  const violation = firstViolation(shape.schema, ours)
  return { ours: { violation, value: ours }, theirs: { ...ask(name, theirs), value: theirs } }
}

const BODIES: readonly unknown[] = [
  {},
  [],
  { token: 't' },
  { token: 't', rid: 'r' },
  { token: 't', rid: 'r', msg: 'm' },
  { token: 't', rid: 'r', msg: '' },
  { token: 't', rid: 'r', msg: null },
  { token: 't', rid: 'r', msg: 123 },
  { token: 't', rid: 'r', msg: true },
  { token: 't', rid: 'r', msg: {} },
  { token: 't', rid: 'r', msg: ['m'] },
  { token: 't', rid: 'r', msg: 'm', _id: null },
  { token: 't', rid: 'r', msg: 'm', _id: 7 },
  { token: 't', rid: 'r', msg: 'm', agent: null },
  { token: 't', rid: 'r', msg: 'm', agent: { agentId: 'a' } },
  { token: 't', rid: 'r', msg: 'm', agent: { agentId: 'a', username: 'u' } },
  { token: 't', rid: 'r', msg: 'm', surplus: 1 },
  { token: 't', limit: '5', offset: '2' },
  { token: 't', limit: '' },
  { token: 't', limit: 'abc' },
  { token: 't', ts: '2026-01-01T00:00:00.000Z' },
  { token: 't', ls: null, end: '', sort: '{}', count: 'x' },
  { token: 't', department: null, businessUnit: 'b' },
  { visitor: { token: 't' }, messages: [] },
  { visitor: { token: 't' }, messages: [{ msg: 'm' }, { msg: 5 }] },
  { visitor: { token: 't' }, messages: [{ msg: 'm', _id: 'x' }] },
  { visitor: { token: 't', name: 'n' }, messages: [{ msg: 'm' }] },
  { token: 't', rid: 'r', email: 'e' },
  { token: 't', rid: 'r', data: [] },
  { token: 't', rid: 'r', data: [{ name: 'satisfaction', value: 5 }] },
  { token: 't', rid: 'r', data: [{ name: 'n' }] },
  { name: 'n', email: 'e' },
  { name: 'n', email: '', message: 'm' },
  { name: 'n', email: 'e', message: 'm', department: null, host: 'h' },
  { name: 'n', email: 'e', message: 'm', phone: 'p' },
]

const keys = ['token', 'rid', 'msg', '_id', 'agent', 'limit', 'offset', 'count', 'sort', 'ls', 'end', 'ts']
const formKeys = [
  'name',
  'email',
  'message',
  'department',
  'host',
  'visitor',
  'messages',
  'businessUnit',
  'surplus',
]
const plainValue = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom(null, '', '0', '5', 'abc'),
)
const value = fc.oneof(
  { weight: 4, arbitrary: plainValue },
  fc.array(fc.record({ msg: plainValue }, { requiredKeys: [] }), { maxLength: 2 }),
  fc.record({ token: plainValue, agentId: plainValue, username: plainValue }, { requiredKeys: [] }),
)
const body = fc.dictionary(fc.constantFrom(...keys, ...formKeys), value, {
  maxKeys: 6,
  noNullPrototype: true,
})

describe.each(PAIRS)('the sandbox and %s', (name, shape) => {
  test('give the same first violation and the same coerced value for known bodies', () => {
    for (const example of BODIES) {
      const { ours, theirs } = compare(name, shape, example)
      expect(ours, JSON.stringify(example)).toEqual(theirs)
    }
  })

  test('agree on any body', () => {
    fc.assert(
      fc.property(body, (example) => {
        const { ours, theirs } = compare(name, shape, example)
        expect(ours).toEqual(theirs)
      }),
      { numRuns: 300 },
    )
  })
})

describe('where the sandbox differs from the published validators on purpose', () => {
  test('GET room: the published one lets unknown parameters pass, the route checks by hand and does not', () => {
    expect(ask('isGETLivechatRoomParams', { token: 't', surplus: 'x' }).violation).toBeUndefined()
  })

  test('8.x queries: one value may stand for a list of one', () => {
    const query = { token: ['t'] }
    expect(ask('isGETLivechatMessagesHistoryRidParams', structuredClone(query)).violation).toBe(
      'must be string',
    )
    expect(firstViolation(history.schema, query, { arrayCoercion: true })).toBeUndefined()
    expect(query).toEqual({ token: 't' })
  })
})
