import { expect, it } from 'vitest'
import { anonymousCaller, type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import { createClientMessageId } from '../../../src/providers/shared/client-message-id.ts'
import { authorOf, createForOwnAgents, findOwn } from '../../../src/providers/shared/operator-agents.ts'
import { silentLog } from '../../support/log.ts'

const credentials = new Map([
  ['ann', { agentId: 'a', token: 'token-of-a' }],
  ['ben', { agentId: 'b', token: 'token-of-b' }],
])
const callAs = (caller: Caller) => ({ caller, signal: new AbortController().signal, log: silentLog })
const [ann, ben, cy, dan] = ['ann', 'ben', 'cy', 'dan'].map((name) => callAs(createOperatorCaller(name)))
const visitor = callAs({ role: 'VISITOR', token: 'ann' })

it('only an operator has an agent of its own, by its name', () => {
  const settings = createForOwnAgents(credentials, 'support', (_credential, setting) => setting)
  const found = [ann, cy, visitor, callAs(anonymousCaller)].map((call) => call && findOwn(settings, call))
  expect(found).toEqual(['ann.agents.support in OPERATORS_FILE', null, null, null])
})

it('each own agent is an author, and so are all operators without one together', () => {
  const idOf = (call = callAs(anonymousCaller)) =>
    createClientMessageId('room', authorOf(call, credentials), 'key')
  expect(idOf(cy)).toBe(idOf(dan))
  expect(new Set([ann, ben, cy, visitor].map(idOf)).size).toBe(4)
  const renamed = new Map([['dan', { agentId: 'a' }]])
  expect(createClientMessageId('room', authorOf(dan ?? visitor, renamed), 'key')).toBe(idOf(ann))
})
