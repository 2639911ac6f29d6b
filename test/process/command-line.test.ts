import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { gatewayCommand } from './gateway-command.ts'
import { startProcess } from './gateway-process.ts'

const CLASSIC_KEY = 'classic-key-4711'
const AUTH_TOKEN = 'auth-token-4711'

/** Runs the gateway's command to its end, in an empty directory with only these settings. */
function runCommand(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const command = startProcess(settings, undefined, [...gatewayCommand, ...args])
  onTestFinished(command.dispose)
  return command.ended
}

it('prints its version, and its commands and options', async () => {
  const [, version] = /"version": "(.+)"/.exec(readFileSync('package.json', 'utf8')) ?? []
  for (const option of ['--version', '-v'])
    expect(await runCommand([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  const help = await runCommand(['--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  for (const word of ['serve', 'check', '--help', '--version', 'docs/configuration.md'])
    expect(help.stdout).toContain(word)
})

it.each([
  ['an unknown command', ['server'], "Unexpected argument 'server'"],
  ['a second command', ['check', 'twice'], "Unexpected argument 'twice'"],
  ['an unknown option', ['--port', '4000'], "Unknown option '--port'"],
])('refuses %s with code 2', async (_what, args, problem) => {
  const { code, stdout, stderr } = await runCommand(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(problem)
  expect(stderr).toContain('Run switchboard --help.')
})

it('serve is the default command', async () => {
  const gateway = startProcess({ PORT: '0' }, undefined, [...gatewayCommand, 'serve'])
  onTestFinished(gateway.dispose)
  expect(await gateway.url).toMatch(/\/graphql$/)
})

it('check reports all wrong settings at once, each by its name, with code 2', async () => {
  const { code, stdout, stderr } = await runCommand(['check'], {
    PORT: '99999',
    OPERATOR_KEYS: 'ann:short',
    LIVECHAT_TOKN: 'abc123',
  })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  const lines = stderr.trimEnd().split('\n')
  expect(lines.map((line) => line.split(': ', 1)[0]).sort()).toEqual([
    'LIVECHAT_TOKN',
    'OPERATOR_KEYS',
    'PORT',
  ])
  expect(stderr).not.toMatch(/short|abc123/)
})

it('check refuses a trusted document that is not valid for the schema', async () => {
  const text = '{ viewer { nothing } }'
  const id = createHash('sha256').update(text).digest('hex')
  const path = join(createTestDirectory(), 'documents.json')
  writeFileSync(path, JSON.stringify({ [id]: text }))
  const result = await runCommand(['check'], { TRUSTED_DOCUMENTS: 'public', TRUSTED_DOCUMENTS_FILE: path })
  expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`document ${id}`) })
})

it('check without a provider starts no sandbox', async () => {
  const stdout = 'settings  valid\nNo provider is configured: the gateway would start its sandbox.\n'
  expect(await runCommand(['check'])).toEqual({ code: 0, stdout, stderr: '' })
})

it('check asks each provider, and succeeds if all respond and accept their credentials', async () => {
  const { rocketChat, liveChat, settings } = await openProviders()
  const { code, stdout, stderr } = await runCommand(['check'], settings)
  expect(stdout).toBe(
    [
      'settings  valid',
      `rocketchat  Rocket.Chat: service account, visitors, push  ${rocketChat.url}`,
      '  server       responds',
      '  credentials  accepted',
      `livechat  LiveChat: service account, customers, classic offline messages, push for customers  ${liveChat.url}`,
      '  server       responds',
      '  credentials  accepted\n',
    ].join('\n'),
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  // One to the server, and one with the credential.
  expect(rocketChat.calls).toHaveLength(2)
  expect(liveChat.calls).toHaveLength(2)
})

it('check names the credential that a provider rejects, with code 1, and shows none', async () => {
  const { settings } = await openProviders()
  const { code, stdout, stderr } = await runCommand(['check'], {
    ...settings,
    ROCKETCHAT_AUTH_TOKEN: AUTH_TOKEN,
    LIVECHAT_API_KEY: CLASSIC_KEY,
  })
  expect(code).toBe(1)
  expect(stdout.match(/^ {2}server .*$/gm)).toEqual(['  server       responds', '  server       responds'])
  expect(stdout.match(/^ {2}credentials .*$/gm)).toEqual([
    '  credentials  rejected: Rocket.Chat rejects userId and authToken (ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN in the environment).',
    '  credentials  rejected: LiveChat rejects login and apiKey (LIVECHAT_LOGIN and LIVECHAT_API_KEY in the environment).',
  ])
  expect(stdout + stderr).not.toMatch(/4711/)
})

it('check tells a server that does not respond, or is another one, from a wrong credential', async () => {
  const { liveChat, settings } = await openProviders()
  const { code, stdout } = await runCommand(['check'], {
    ...settings,
    ROCKETCHAT_URL: liveChat.url,
    LIVECHAT_API_URL: 'http://127.0.0.1:9',
    LIVECHAT_ACCOUNTS_URL: 'http://127.0.0.1:9',
  })
  expect(code).toBe(1)
  expect(stdout.match(/^ {2}(?:server|credentials) .*$/gm)).toEqual([
    '  server       does not work: The server is not Rocket.Chat: it responds in another format.',
    '  credentials  not checked',
    '  server       does not work: The provider’s host refuses connections (ECONNREFUSED).',
    '  credentials  not checked',
  ])
})

it('check says what an accepted credential may not do', async () => {
  const { rocketChat, settings } = await openProviders()
  rocketChat.injectFault({
    kind: 'answer',
    route: '/api/v1/livechat/department',
    status: 403,
    body: { success: false, error: 'unauthorized' },
  })
  const { code, stdout } = await runCommand(['check'], settings)
  expect(code).toBe(1)
  expect(stdout).toContain(
    '  credentials  accepted, but a request fails: The service account lacks the permission',
  )
})

async function openProviders() {
  const rocketChat = await startRocketChatSandbox({ seed: true })
  const liveChat = await startLiveChatSandbox({ seed: true })
  onTestFinished(async () => {
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  const { userId, authToken } = rocketChat.demo.serviceAccount
  const { login, apiKey, accessToken, organizationId } = liveChat.credentials
  const settings = {
    ROCKETCHAT_URL: rocketChat.url,
    ROCKETCHAT_USER_ID: userId,
    ROCKETCHAT_AUTH_TOKEN: authToken,
    LIVECHAT_API_URL: liveChat.url,
    LIVECHAT_REST_URL: liveChat.url,
    LIVECHAT_TOKEN: accessToken,
    LIVECHAT_ORGANIZATION_ID: organizationId,
    LIVECHAT_LOGIN: login,
    LIVECHAT_API_KEY: apiKey,
  }
  return { rocketChat, liveChat, settings }
}
