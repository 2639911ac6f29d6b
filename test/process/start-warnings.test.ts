import { expect, it, onTestFinished } from 'vitest'
import { startProcess } from './gateway-process.ts'

/** The log lines of level `warn` or above between start and end of a gateway. */
async function warningsOf(settings: Readonly<Record<string, string>>) {
  const gateway = startProcess({ PORT: '0', ...settings })
  onTestFinished(gateway.dispose)
  await gateway.url
  gateway.signal('SIGTERM')
  const { stderr } = await gateway.ended
  expect(stderr).not.toContain('token-of-the-account')
  const lines = stderr.split('\n').filter((line) => line !== '')
  return lines.map((line): unknown => JSON.parse(line))
}

it('warns once of a provider whose credential is sent over plain http', async () => {
  const warnings = await warningsOf({
    // An address for documentation: the gateway sends no request before a client does.
    ROCKETCHAT_URL: 'http://192.0.2.7:3000',
    ROCKETCHAT_USER_ID: 'user',
    ROCKETCHAT_AUTH_TOKEN: 'token-of-the-account',
  })
  expect(warnings).toMatchObject([{ level: 40, provider: 'rocketchat', host: '192.0.2.7' }])
})

it('warns once of a sandbox that other machines can reach', async () => {
  const isOfHost = expect.objectContaining({ level: 40, host: '0.0.0.0' })
  expect(await warningsOf({ HOST: '0.0.0.0' })).toContainEqual(isOfHost)
  expect(await warningsOf({ HOST: '127.0.0.1' })).not.toContainEqual(
    expect.objectContaining({ level: 40, host: '127.0.0.1' }),
  )
})
