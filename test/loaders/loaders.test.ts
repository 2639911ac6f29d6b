import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Batch, CallContext, ChatAdapter } from '../../src/domain/adapter.ts'
import { createRegistry } from '../../src/domain/adapter-registry.ts'
import { type Caller, createOperatorCaller } from '../../src/domain/caller.ts'
import { type CapabilityManifest, capabilities, unsupported } from '../../src/domain/capability.ts'
import { ChatError } from '../../src/domain/errors.ts'
import type { MessageWindow } from '../../src/domain/messages.ts'
import type { Department, MessageRef } from '../../src/domain/model.ts'
import { cacheKey } from '../../src/loaders/cache-key.ts'
import { OperationLoaders } from '../../src/loaders/loaders.ts'
import { unsupportedMethods } from '../../src/providers/shared/unsupported-methods.ts'
import { silentLog } from '../support/log.ts'

const operator = createOperatorCaller('tester')
const callOf = (caller: Caller): CallContext => ({
  caller,
  signal: new AbortController().signal,
  log: silentLog,
})

const supportedBy = (support: CapabilityManifest[keyof CapabilityManifest]): CapabilityManifest =>
  Object.fromEntries(capabilities.map((capability) => [capability, support])) as CapabilityManifest
const operatorsOnly = supportedBy({ roles: ['OPERATOR'], denialReason: 'Only operators.' })

/** An adapter that has a department for every id except `absent`, and records the requested ids. */
function stub(
  name: string,
  methods: Partial<ChatAdapter> = {},
  supports: CapabilityManifest = operatorsOnly,
) {
  const requested: string[][] = []
  const department = (nativeId: string): Department => ({
    type: 'Department',
    provider: name,
    nativeId,
    name: nativeId.toUpperCase(),
  })
  const adapter: ChatAdapter = {
    ...unsupportedMethods(name),
    name,
    kind: 'LIVECHAT',
    supports,
    hasViewPerRole: false,
    getHealth: async () => ({ status: 'UNKNOWN', checkedAt: null, reason: null }),
    getRoomCapabilities: async () => [],
    getDepartments: async (ids) => {
      requested.push([...ids])
      return ids.map((id) => (id === 'absent' ? null : department(id)))
    },
    close: async () => {},
    ...methods,
  }
  return { adapter, requested, department }
}

const loadersOf = (adapters: readonly ChatAdapter[], caller: Caller = operator) =>
  new OperationLoaders(createRegistry(adapters), callOf(caller), {
    find: async (_name, keys) => keys.map(() => null),
  })

describe('loaders of one operation', () => {
  it('send one batch per provider and return results in the order of the keys', async () => {
    const [one, other] = [stub('one'), stub('other')]
    const { departments } = loadersOf([one.adapter, other.adapter])
    const keys = [
      { provider: 'one', departmentId: 'a' },
      { provider: 'other', departmentId: 'a' },
      { provider: 'one', departmentId: 'b' },
      { provider: 'other', departmentId: 'absent' },
    ]
    const results = await departments.loadMany(keys)
    expect(results).toEqual([one.department('a'), other.department('a'), one.department('b'), null])
    expect([one.requested, other.requested]).toEqual([[['a', 'b']], [['a', 'absent']]])
  })

  it('read each object once', async () => {
    const { adapter, requested } = stub('one')
    const { departments } = loadersOf([adapter])
    const key = () => ({ provider: 'one', departmentId: 'a' })
    const [first, second] = await Promise.all([departments.load(key()), departments.load(key())])
    expect(await departments.load(key())).toBe(first)
    expect(second).toBe(first)
    expect(requested).toEqual([['a']])
  })

  it('do not share results with the next operation', async () => {
    const { adapter, requested } = stub('one')
    for (let operation = 0; operation < 2; operation += 1) {
      await loadersOf([adapter]).departments.load({ provider: 'one', departmentId: 'a' })
    }
    expect(requested).toEqual([['a'], ['a']])
  })

  it('return null for a provider that is not configured', async () => {
    const { adapter, requested } = stub('one')
    expect(await loadersOf([adapter]).departments.load({ provider: 'gone', departmentId: 'a' })).toBeNull()
    expect(requested).toEqual([])
  })

  it('identify a message by its room and thread too', async () => {
    const refs: MessageRef[] = []
    const getMessages = async (requested: readonly MessageRef[]): Promise<Batch<never>> => {
      refs.push(...requested)
      return requested.map(() => null)
    }
    const { messages } = loadersOf([stub('one', { getMessages }).adapter])
    const ref = { roomId: 'r', threadId: 't', messageId: 'm' }
    const requested = [ref, { ...ref }, { ...ref, threadId: null }, { ...ref, roomId: 'q' }]
    await messages.loadMany(requested.map((each) => ({ provider: 'one', ref: each })))
    expect(refs).toEqual([ref, { ...ref, threadId: null }, { ...ref, roomId: 'q' }])
  })
})

describe('pages of messages', () => {
  const newest: MessageWindow = {
    take: 'newest',
    limit: 5,
    after: null,
    before: null,
    since: null,
    until: null,
  }
  const at = { micros: 1, id: 'm' }

  function pages() {
    const requested: string[] = []
    const listMessages: ChatAdapter['listMessages'] = async (roomId, window, { caller }) => {
      requested.push(`${caller.role} ${roomId} ${JSON.stringify(window)}`)
      return { messages: [], hasEarlier: false, hasLater: false }
    }
    const { adapter } = stub('one', { listMessages })
    return { adapter, requested, loaders: loadersOf([adapter]) }
  }

  it('are read once per room and window', async () => {
    const { adapter, requested, loaders } = pages()
    const windows: readonly MessageWindow[] = [
      newest,
      { ...newest, limit: 6 },
      { ...newest, take: 'oldest' },
      { ...newest, after: at },
      { ...newest, before: at },
      { ...newest, before: { ...at, id: 'n' } },
      { ...newest, since: new Date(1) },
      { ...newest, until: new Date(1) },
    ]
    for (const roomId of ['r', 's']) {
      for (const window of windows) {
        const page = await loaders.readMessages(adapter, roomId, window)
        expect(await loaders.readMessages(adapter, roomId, { ...window })).toBe(page)
      }
    }
    expect(new Set(requested).size).toBe(2 * windows.length)
    expect(requested).toHaveLength(2 * windows.length)
  })

  it('are read again, as the new caller, after a renewal', async () => {
    const { adapter, requested, loaders } = pages()
    await loaders.readMessages(adapter, 'r', newest)
    loaders.renew(callOf({ role: 'VISITOR', token: 'token' }))
    await loaders.readMessages(adapter, 'r', newest)
    expect(requested.map((request) => request.split(' ')[0])).toEqual(['OPERATOR', 'VISITOR'])
  })
})

describe('a renewal', () => {
  it('drops what was loaded, and lets reads in progress end as the caller that began them', async () => {
    const callers: string[] = []
    const getDepartments: ChatAdapter['getDepartments'] = async (ids, { caller }) => {
      callers.push(caller.role)
      return ids.map(() => null)
    }
    const loaders = loadersOf([stub('one', { getDepartments }).adapter])
    const key = { provider: 'one', departmentId: 'a' }
    const before = loaders.departments.load(key)
    loaders.renew(callOf({ role: 'ANONYMOUS' }))
    await Promise.all([before, loaders.departments.load(key)])
    expect(callers).toEqual(['OPERATOR', 'ANONYMOUS'])
  })
})

it.each([
  ['a value that contains the separator', ['a:b'], ['a', 'b']],
  ['values that end elsewhere', ['ab', 'c'], ['a', 'bc']],
  ['a value that begins with digits', ['0'.repeat(11)], ['1', ...Array<string>(11).fill('')]],
  ['null and its sign', [null], ['-']],
])('keys differ: %s', (_name, some, others) => {
  expect(cacheKey(...some)).not.toBe(cacheKey(...others))
})

it('keys of different values differ, whatever characters they have', () => {
  const value = fc.option(fc.string({ unit: fc.constantFrom('1', ':', '-', 'a'), maxLength: 4 }))
  const values = fc.array(value, { maxLength: 4 })
  fc.assert(
    fc.property(values, values, (some, others) => {
      expect(cacheKey(...some) === cacheKey(...others)).toBe(JSON.stringify(some) === JSON.stringify(others))
    }),
  )
})

describe('a failure', () => {
  const down = new ChatError('PROVIDER_UNAVAILABLE', 'Down.', { provider: 'broken' })
  const keys = [
    { provider: 'well', departmentId: 'a' },
    { provider: 'broken', departmentId: 'a' },
    { provider: 'well', departmentId: 'b' },
  ]

  it('of one provider affects only its own keys', async () => {
    const well = stub('well')
    const broken = stub('broken', { getDepartments: () => Promise.reject(down) })
    const results = await loadersOf([well.adapter, broken.adapter]).departments.loadMany(keys)
    expect(results).toEqual([well.department('a'), down, well.department('b')])
  })

  it('that is unexpected affects only its own keys too', async () => {
    const well = stub('well')
    const broken = stub('broken', {
      getDepartments: () => {
        throw new TypeError('a bug')
      },
    })
    const results = await loadersOf([well.adapter, broken.adapter]).departments.loadMany(keys)
    expect(results).toEqual([well.department('a'), new TypeError('a bug'), well.department('b')])
  })

  it('of one key affects only that key', async () => {
    const absent = new ChatError('RATE_LIMITED', 'Slowly.', { provider: 'one' })
    const { adapter, department } = stub('one', {
      getDepartments: async (ids) => ids.map((id) => (id === 'b' ? absent : department(id))),
    })
    const results = await loadersOf([adapter]).departments.loadMany(
      ['a', 'b', 'c'].map((departmentId) => ({ provider: 'one', departmentId })),
    )
    expect(results).toEqual([department('a'), absent, department('c')])
  })
})

describe('a capability that the manifest denies', () => {
  const message = { provider: 'one', ref: { roomId: 'r', threadId: null, messageId: 'm' } }
  const read = (loaders: ReturnType<typeof loadersOf>) =>
    Promise.all(
      [
        loaders.rooms.load({ provider: 'one', roomId: 'r' }),
        loaders.messages.load(message),
        loaders.offlineMessages.load({ provider: 'one', key: 'k' }),
      ].map((loading) => loading.catch((error: unknown) => error)),
    )

  it.each([
    ['for visitors', { role: 'VISITOR', token: 'token' }, operatorsOnly, 'FORBIDDEN'],
    ['for anonymous callers', { role: 'ANONYMOUS' }, operatorsOnly, 'UNAUTHENTICATED'],
    ['for all callers', operator, supportedBy(unsupported('It cannot.')), 'UNSUPPORTED'],
  ] as const)('%s is an error without a call of the adapter', async (_whom, caller, supports, code) => {
    const requested: string[] = []
    const ask = (what: string) => async () => {
      requested.push(what)
      return []
    }
    const methods = {
      getRooms: ask('rooms'),
      getMessages: ask('messages'),
      getOfflineMessages: ask('offline messages'),
    }
    const { adapter } = stub('one', methods, supports)
    const results = await read(loadersOf([adapter], caller))
    for (const error of results) expect(error).toMatchObject({ code, provider: 'one' })
    expect(requested).toEqual([])
  })

  it('affects only the keys of its own provider', async () => {
    const offline = { getOfflineMessages: async (keys: readonly string[]) => keys.map(() => null) }
    const able = stub('able', offline)
    const unable = stub('unable', offline, supportedBy(unsupported('It cannot.')))
    const results = await loadersOf([able.adapter, unable.adapter]).offlineMessages.loadMany([
      { provider: 'unable', key: 'k' },
      { provider: 'able', key: 'k' },
    ])
    expect(results).toEqual([expect.objectContaining({ code: 'UNSUPPORTED', provider: 'unable' }), null])
  })

  it('does not hide departments, which anyone may read', async () => {
    const { adapter, department } = stub('one', {}, supportedBy(unsupported('It cannot.')))
    const { departments } = loadersOf([adapter], { role: 'ANONYMOUS' })
    expect(await departments.load({ provider: 'one', departmentId: 'a' })).toEqual(department('a'))
  })
})
