import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { runSteps } from './image-steps.ts'
import { type CommandOptions, readAddress } from './started-gateway.ts'

/** Builds by the Dockerfile without a container engine, and runs what the container would: as its user, with its variables. */
export async function checkImage({ cwd: context, env }: CommandOptions, directory: string): Promise<void> {
  mkdirSync(directory)
  const { NODE_ENV: _developmentToo, ...environment } = env
  const image = runSteps({ context, directory, environment })
  // Another user must reach the folder.
  for (const folder of [directory, image.root]) chmodSync(folder, 0o755)
  const [uid, gid] = image.user
  assert.ok(uid && gid, 'the image runs as a user that is not root')
  const options = {
    cwd: image.cwd,
    env: { PATH: env['PATH'], ...image.environment, PORT: await findFreePort(), HOST: '127.0.0.1' },
    ...(process.getuid?.() === 0 && { uid, gid }),
  }
  const [program = '', ...entrypoint] = image.entrypoint
  const isHealthy = () => spawnSync(image.healthcheck[0] ?? '', image.healthcheck.slice(1), options).status
  assert.equal(isHealthy(), 1, 'unhealthy before the start')
  const gateway = spawn(program, entrypoint, options)
  const ended = once(gateway, 'exit')
  await readAddress(gateway, ended)
  assert.equal(isHealthy(), 0, 'healthy after the start')
  gateway.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null], 'stops on SIGTERM')
}

async function findFreePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  assert.ok(typeof address === 'object' && address)
  return String(address.port)
}
