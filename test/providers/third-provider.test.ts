import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createAdapter } from '../../src/providers/adapter-factory.ts'
import { silentLog } from '../support/log.ts'
import { pushSocketOptions } from '../support/push-socket-options.ts'
import { createProcessDirectory, createTestDirectory } from '../support/temporary-directory.ts'

const OPERATOR_KEY = 'operator-key-for-tests'
const LINE = /^export const providerDefinitions = \[(.*)\] as const$/m
const index = readFileSync('src/providers/index.ts', 'utf8')
const [line = '', names = ''] = LINE.exec(index) ?? []
const lineWithMemory = line.replace(names, `${names}, memory`)

/** Does what docs/add-a-provider.md says, in a copy of `src`: one folder, and one line with its import. */
function copySourceWithMemoryProvider(): string {
  const root = createProcessDirectory()
  const folder = join(root, 'src/providers/memory')
  cpSync('src', join(root, 'src'), { recursive: true })
  cpSync('test/conformance/memory-provider', folder, { recursive: true })
  for (const file of readdirSync(folder)) {
    const source = readFileSync(join(folder, file), 'utf8')
    writeFileSync(join(folder, file), source.replaceAll("'../../../src/", "'../../"))
  }
  writeFileSync(
    join(root, 'src/providers/index.ts'),
    `import { memory } from './memory/definition.ts'\n${index.replace(line, lineWithMemory)}`,
  )
  copyFileSync('package.json', join(root, 'package.json'))
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  return root
}

let root = ''
beforeAll(() => {
  root = copySourceWithMemoryProvider()
})

function start(env: Readonly<Record<string, string>>) {
  const { PATH } = process.env
  const gateway = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: { PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void gateway.kill('SIGKILL'))
  return gateway
}

describe('a third provider, added by its folder and its line in src/providers/index.ts', () => {
  it('is configured by the environment and answers queries on the wire', async () => {
    const operators = { ann: { key: OPERATOR_KEY, agents: { memory: { agentId: 'a', token: 't' } } } }
    writeFileSync(join(root, 'operators.json'), JSON.stringify(operators))
    const { stdout } = start({
      MEMORY_GREETING: 'Hello from memory',
      OPERATORS_FILE: 'operators.json',
      INTROSPECTION: 'operators',
      PORT: '0',
      DATA_DIR: createTestDirectory(),
    })
    let output = ''
    for await (const chunk of stdout) {
      output += chunk
      if (output.includes('listening on')) break
    }
    const query = `{
      providers { name kind capabilities }
      rooms(first: 5) { nodes { provider { kind } messages(last: 1) { nodes { text } } } }
      __type(name: "ProviderKind") { enumValues { name } }
    }`
    const response = await fetch(/listening on (\S+)/.exec(output)?.[1] ?? '', {
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
              'SET_TAGS',
              'RATE_ROOM',
              'REQUEST_TRANSCRIPT',
              'SEND_NOTE',
              'SEND_FILE',
              'LIST_AGENTS',
              'SET_AGENT_STATUS',
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

  it('has its own keys in PROVIDERS_FILE, and its own variables', async () => {
    writeFileSync(join(root, 'accounts.json'), JSON.stringify({ desk: { kind: 'MEMORY', greetng: 'Hi' } }))
    const gateway = start({ PROVIDERS_FILE: 'accounts.json', MEMORY_GREETNG: 'x' })
    const [lines, [code]] = await Promise.all([text(gateway.stderr), once(gateway, 'exit')])
    expect(code).toBe(2)
    expect(lines.trim().split('\n')).toEqual([
      'PROVIDERS_FILE: desk has an unknown key "greetng"; did you mean greeting?',
      'PROVIDERS_FILE: desk.greeting is missing',
      'MEMORY_GREETNG: is not a known setting; did you mean MEMORY_GREETING?',
    ])
  })
})

it('an account of an unknown kind is refused', () => {
  const account = { name: 'x', kind: 'UNKNOWN' }
  const dependencies: Parameters<typeof createAdapter>[1] = {
    idempotentWrites: { run: async () => '' },
    visitorSecret: Buffer.alloc(32),
    accountTokens: { runWithToken: (_token, work) => work(), markAccepted() {}, ownsToken: () => true },
    upstream: { timeoutMs: 1_000 },
    agentCredentials: new Map(),
    log: silentLog,
    pushSocketOptions: pushSocketOptions(),
  }
  expect(() => createAdapter(account, dependencies)).toThrow('there is no provider of kind UNKNOWN')
})

describe('docs/add-a-provider.md', () => {
  const page = readFileSync('docs/add-a-provider.md', 'utf8')

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
