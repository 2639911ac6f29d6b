import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { findConfigWarnings, loadConfig } from '../../src/config/index.ts'
import { startGateway } from '../../src/gateway.ts'
import { createAdapter, offlineSpacingMs } from '../../src/providers/adapter-factory.ts'
import { issueLines } from '../config/support/config-lines.ts'
import { silentLog } from '../support/log.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'

// The one line of docs/add-a-provider.md: everything below follows from it.
vi.mock('../../src/providers/index.ts', async (importOriginal) => {
  const { providerDefinitions } = await importOriginal<typeof import('../../src/providers/index.ts')>()
  const { memory } = await import('../conformance/memory-provider/definition.ts')
  return { providerDefinitions: [...providerDefinitions, memory] }
})

const OPERATOR_KEY = 'operator-key-for-tests'
const noFiles = { readText: () => undefined }

describe('a third provider, registered by its line in src/providers/index.ts', () => {
  it('is configured by the environment and answers queries on the wire', async () => {
    const config = loadConfig(
      {
        MEMORY_GREETING: 'Hello from memory',
        OPERATOR_KEYS: `operator:${OPERATOR_KEY}`,
        PORT: '0',
        DATA_DIR: createTestDirectory(),
      },
      noFiles,
    )
    const gateway = await startGateway(config, { log: silentLog })
    onTestFinished(() => gateway.close())
    const query = `{
      providers { name kind capabilities }
      rooms(first: 5) { nodes { provider { kind } messages(last: 1) { nodes { text } } } }
      __type(name: "ProviderKind") { enumValues { name } }
    }`
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${OPERATOR_KEY}` },
      body: JSON.stringify({ query }),
    })
    expect(await response.json()).toEqual({
      data: {
        providers: [
          {
            name: 'memory',
            kind: 'MEMORY',
            capabilities: [
              'LIST_ROOMS',
              'READ_MESSAGES',
              'SEND_MESSAGE',
              'UPDATE_MESSAGE',
              'DELETE_MESSAGE',
              'CLOSE_ROOM',
              'LIST_OFFLINE_MESSAGES',
            ],
          },
        ],
        rooms: {
          nodes: [{ provider: { kind: 'MEMORY' }, messages: { nodes: [{ text: 'Hello from memory' }] } }],
        },
        __type: { enumValues: [{ name: 'LIVECHAT' }, { name: 'MEMORY' }, { name: 'ROCKET_CHAT' }] },
      },
    })
  })

  it('is read from PROVIDERS_FILE and OPERATORS_FILE, and misspelled settings are found', () => {
    const files = {
      'providers.json': JSON.stringify({ desk: { kind: 'MEMORY', greeting: 'Hi' } }),
      'operators.json': JSON.stringify({
        ann: { key: OPERATOR_KEY, agents: { desk: { agentId: 'a', token: 't' } } },
      }),
    }
    const readText = (path: string) => Object.entries(files).find(([name]) => name === path)?.[1]
    const env = { PROVIDERS_FILE: 'providers.json', OPERATORS_FILE: 'operators.json' }
    const config = loadConfig(env, { readText })
    expect(config.providers).toEqual([{ name: 'desk', kind: 'MEMORY', greeting: 'Hi' }])
    expect(config.operators).toMatchObject([{ agents: { desk: { agentId: 'a' } } }])
    expect(findConfigWarnings(config)).toEqual([])
    expect(issueLines({ MEMORY_GREETNG: 'x' })).toEqual([
      'MEMORY_GREETNG: is not a known setting; did you mean MEMORY_GREETING?',
    ])
    expect(offlineSpacingMs('MEMORY', 5_000)).toBe(0)
  })
})

it('an account of an unknown kind is refused', () => {
  const account = { name: 'x', kind: 'UNKNOWN' }
  const dependencies: Parameters<typeof createAdapter>[1] = {
    keyedWrites: { run: async () => '' },
    visitorSecret: Buffer.alloc(32),
    accountTokens: { runWithToken: (_token, work) => work(), markAccepted() {}, ownsToken: () => true },
    upstream: { timeoutMs: 1_000 },
  }
  expect(() => createAdapter(account, dependencies)).toThrow('there is no provider of kind UNKNOWN')
})

describe('docs/add-a-provider.md', () => {
  const page = readFileSync('docs/add-a-provider.md', 'utf8')
  const index = readFileSync('src/providers/index.ts', 'utf8')

  it('shows the line of src/providers/index.ts as it is, with one name more', () => {
    const [line = '', names = ''] =
      /^export const providerDefinitions = \[(.*)\] as const$/m.exec(index) ?? []
    expect(page).toContain(line.replace(names, `${names}, memory`))
  })

  it.each([...page.matchAll(/`((?:src|test)\/[\w/.-]+\.ts)`/g)].map(([, path = '']) => path))(
    'names %s, which is there',
    (path) => expect(() => readFileSync(path)).not.toThrow(),
  )
})
