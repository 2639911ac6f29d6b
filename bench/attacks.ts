import { availableParallelism } from 'node:os'
import { startLiveChatSandbox } from '../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../sandbox/rocketchat/index.ts'
import { encodeId } from '../src/domain/ids.ts'
import type { AttackerCommands } from './attacks/attacker-process.ts'
import { attacks } from './attacks/attacks.ts'
import {
  type ClientMeasurements,
  LEGITIMATE_EMAIL,
  runLegitimateClient,
} from './attacks/legitimate-client.ts'
import { TargetGateway } from './attacks/target-gateway.ts'
import { startChild } from './shared/child.ts'

// npm run bench:attacks [-- WORD ...]: runs each attack against a fresh gateway, and measures a legitimate visitor meanwhile.

const ATTACK_MS = Number(process.env['ATTACK_MS'] ?? 6_000)
/** An attack that takes longer, because it opens thousands of sockets, is ended after this time. */
const MAX_ATTACK_MS = 60_000
const LISTED_IDS = 100

const words = process.argv.slice(2)
const print = (line: string) => void process.stdout.write(`${line}\n`)
print(
  `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.versions.node}\n`,
)
print(
  '| attack | attacker managed | alive | /health median / worst, ms | reads answered, worst ms | events delivered, worst ms | offline accepted, delivered | upstream calls | peak memory, disk |',
)
print('|---|---|---|---|---|---|---|---|---|')
for (const name of ['nothing', ...Object.keys(attacks)]) {
  if (words.length === 0 || words.some((word) => name.includes(word))) print(await replay(name))
}
process.exit()

async function replay(name: string): Promise<string> {
  const rocketChat = await startRocketChatSandbox({ seed: true })
  const liveChat = await startLiveChatSandbox({ seed: true })
  const [visitor] = rocketChat.demo.visitors
  if (!visitor) throw new Error('the sandbox has no visitor')
  const gateway = await TargetGateway.start({
    ...rocketChatSettings(rocketChat.url, rocketChat.demo.serviceAccount),
    ...liveChatSettings(liveChat),
    OPERATOR_KEYS: 'bench:a-key-of-the-benchmark',
    CONSOLE: 'on',
    // The legitimate client has a separate address by X-Forwarded-For.
    TRUSTED_PROXIES: '127.0.0.1',
  })
  const attacker = startChild<AttackerCommands>('attacks/attacker-process.ts', 'client')
  const roomId = encodeId({ type: 'Room', provider: 'rocketchat', roomId: visitor.roomId })
  const target = { url: gateway.url, roomId, liveChatIds: liveChatIds(), forMs: ATTACK_MS }
  const timeUp = new Promise<string>((resolve) => setTimeout(resolve, MAX_ATTACK_MS, 'cut off'))
  const attacking =
    name === 'nothing'
      ? new Promise<string>((resolve) => setTimeout(resolve, ATTACK_MS, ''))
      : Promise.race([attacker.call('attack', { name, target }), timeUp])
  const measurements = await runLegitimateClient(
    {
      url: gateway.url,
      roomId,
      visitorToken: visitor.token,
      writeMessage: () => rocketChat.workspace.visitorSends(visitor.roomId, 'Hello')._id,
    },
    attacking,
  )
  const delivered = rocketChat.workspace.mails.filter((mail) =>
    JSON.stringify(mail).includes(LEGITIMATE_EMAIL),
  ).length
  const calls = rocketChat.calls.length + liveChat.calls.length
  const { isAlive, peakMemoryMiB, diskMiB } = gateway
  const managed = await attacking
  attacker.stop()
  gateway.stop()
  await Promise.all([rocketChat.close(), liveChat.close()])
  const cells = [name, managed, isAlive ? 'yes' : '**no**', ...describe(measurements, delivered), calls]
  return `| ${cells.join(' | ')} | ${peakMemoryMiB} MiB, ${diskMiB} MiB |`
}

function describe(
  { healthMs, readMs, eventMs, offline }: ClientMeasurements,
  delivered: number,
): readonly string[] {
  const answered = (all: readonly number[]) => all.filter(Number.isFinite)
  const worst = (all: readonly number[]) => Math.round(Math.max(0, ...answered(all)))
  const share = (all: readonly number[]) => `${answered(all).length} of ${all.length}, ${worst(all)}`
  const median = answered(healthMs).toSorted((a, b) => a - b)[Math.floor(answered(healthMs).length / 2)]
  const lost = healthMs.length - answered(healthMs).length
  const health = `${Math.round(median ?? Number.NaN)} / ${worst(healthMs)}${lost > 0 ? `, ${lost} lost` : ''}`
  return [health, share(readMs), share(eventMs), `${offline.accepted} of ${offline.sent}, ${delivered}`]
}

function liveChatIds(): readonly string[] {
  return Array.from({ length: LISTED_IDS }, (_, index) =>
    encodeId({ type: 'Room', provider: 'livechat', roomId: `PJ0MRSHTD${index}` }),
  )
}

function rocketChatSettings(url: string, account: { readonly userId: string; readonly authToken: string }) {
  return { ROCKETCHAT_URL: url, ROCKETCHAT_USER_ID: account.userId, ROCKETCHAT_AUTH_TOKEN: account.authToken }
}

function liveChatSettings({ url, credentials }: Awaited<ReturnType<typeof startLiveChatSandbox>>) {
  const { accessToken, organizationId, clientId, clientSecret, refreshToken } = credentials
  return {
    LIVECHAT_API_URL: url,
    LIVECHAT_ACCOUNTS_URL: url,
    LIVECHAT_REST_URL: url,
    HELPDESK_URL: `${url}/v1`,
    LIVECHAT_TOKEN: accessToken,
    LIVECHAT_ORGANIZATION_ID: organizationId,
    LIVECHAT_CLIENT_ID: clientId,
    LIVECHAT_CLIENT_SECRET: clientSecret,
    LIVECHAT_REFRESH_TOKEN: refreshToken,
  }
}
