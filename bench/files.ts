import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { encodeId } from '../src/domain/ids.ts'
import type { GatewayCommands } from './files/gateway-process.ts'
import type { ProviderCommands } from './files/provider-process.ts'
import { startChild } from './shared/child.ts'

// npm run bench:files: the memory that transfers of files add to a gateway process, which does nothing else.

const MIB = 1024 * 1024
const SIZE = 25 * MIB
const CHUNK = Buffer.alloc(64 * 1024, 'x')
const TOKEN = 'bench-visitor-token'
const WARM_UPS = 5
const REPEATS = 5

const provider = startChild<ProviderCommands>('files/provider-process.ts', 'client')
const gateway = startChild<GatewayCommands>('files/gateway-process.ts', 'server')
const { url: providerUrl, roomId } = await provider.call('start', TOKEN)
const url = await gateway.call('start', providerUrl)
const room = encodeId({ type: 'Room', provider: 'rocketchat', roomId })
const headers = { 'x-visitor-token': TOKEN }

/** Sends a file of 25 MiB and returns the path of its attachment. */
async function upload(): Promise<string> {
  const sent = request(new URL(`/rooms/${room}/files?name=big.bin`, url), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': SIZE },
  })
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  await pipeline(Readable.from(chunks()), sent)
  const [response] = await answered
  const body = JSON.parse(Buffer.concat(await response.toArray()).toString())
  if (response.statusCode !== 201) throw new Error(`upload failed: ${JSON.stringify(body)}`)
  return body.message.attachments[0].url
}

function* chunks() {
  for (let sent = 0; sent < SIZE; sent += CHUNK.length) yield CHUNK
}

async function download(path: string): Promise<void> {
  const sent = request(new URL(path, url), { headers }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  let bytes = 0
  for await (const chunk of response) bytes += chunk.length
  if (bytes !== SIZE) throw new Error(`download has ${bytes} bytes`)
}

/** The most memory that one transfer adds, in MiB, in several repeats. */
async function measure(transfer: () => Promise<unknown>) {
  const added: { rss: number; used: number }[] = []
  for (let index = 0; index < REPEATS; index += 1) {
    const before = await gateway.call('startSampling')
    await transfer()
    const peak = await gateway.call('stopSampling')
    added.push({ rss: (peak.rss - before.rss) / MIB, used: (peak.used - before.used) / MIB })
  }
  return added
}

let path = ''
for (let index = 0; index < WARM_UPS; index += 1) {
  path = await upload()
  await download(path)
}
const rows = [
  ['one upload of 25 MiB', await measure(upload)],
  ['one download of 25 MiB', await measure(() => download(path))],
  ['eight uploads of 25 MiB at a time', await measure(() => Promise.all(Array.from({ length: 8 }, upload)))],
] as const
process.stdout.write(
  '| transfer | heap and buffers: median, most, MiB | resident: median, most, MiB |\n|---|---|---|\n',
)
for (const [name, added] of rows) {
  const columns = (['used', 'rss'] as const).map((kind) => {
    const sorted = added.map((each) => each[kind]).toSorted((a, b) => a - b)
    return `${(sorted[REPEATS >> 1] ?? 0).toFixed(1)}, ${(sorted.at(-1) ?? 0).toFixed(1)}`
  })
  process.stdout.write(`| ${name} | ${columns.join(' | ')} |\n`)
}
gateway.stop()
provider.stop()
process.exit()
