import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { knownVariables, loadConfig } from '../../src/config/index.ts'
import { createTestGateway } from '../support/test-gateway.ts'

const run = promisify(execFile)
/** Variables that must be set before the composition starts. */
const variables: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'password',
  OPERATOR_KEYS: `tester:${'k'.repeat(32)}`,
  ROCKETCHAT_URL: 'https://chat.example.com',
}
/** How long a gateway may take to stop after DRAIN_SECONDS. */
const FINISH_SECONDS = 10

const network = z.object({ default: z.object({ ipv4_address: z.ipv4() }) })
const replicaSchema = z.object({
  environment: z.record(z.string(), z.string().nullable()),
  stop_grace_period: z.string().regex(/^\d+s$/),
  healthcheck: z.object({
    test: z.tuple([z.literal('CMD'), z.literal('node'), z.literal('-e'), z.string()]),
  }),
  networks: network,
})
const composition = z
  .object({
    services: z.object({
      'replica-1': replicaSchema,
      'replica-2': replicaSchema,
      'replica-3': replicaSchema,
      nginx: z.object({ networks: network, ports: z.array(z.string()) }),
      postgres: z.object({ environment: z.record(z.string(), z.string()) }),
    }),
  })
  .parse(parse(readFileSync('examples/replicas/compose.yaml', 'utf8'), { merge: true }))
const { nginx, postgres, ...replicas } = composition.services
const configuration = readFileSync('examples/replicas/nginx.conf', 'utf8')

describe.each(Object.entries(replicas))('%s of examples/replicas/compose.yaml', (_name, replica) => {
  const environment = Object.fromEntries(
    Object.entries(replica.environment).flatMap(([name, value]) => {
      const given = value === null ? variables[name] : insertVariables(value)
      return given === undefined ? [] : [[name, given] as const]
    }),
  )

  it('has settings that the gateway knows and accepts', () => {
    expect(Object.keys(replica.environment).filter((name) => !knownVariables.includes(name))).toEqual([])
    const { databaseUrl = '' } = loadConfig(environment, { readText: () => undefined })
    const { hostname, username, password, pathname } = new URL(databaseUrl)
    expect([hostname, username, password, pathname.slice(1)]).toEqual([
      'postgres',
      ...['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB'].map((name) =>
        insertVariables(postgres.environment[name] ?? ''),
      ),
    ])
  })

  it('has the time to stop', () => {
    const { drainSeconds = 0 } = loadConfig(environment, { readText: () => undefined })
    expect(Number.parseInt(replica.stop_grace_period, 10)).toBeGreaterThanOrEqual(
      drainSeconds + FINISH_SECONDS,
    )
  })

  it('trusts nginx, which passes requests to it', () => {
    expect(environment['TRUSTED_PROXIES']).toBe(nginx.networks.default.ipv4_address)
    const address = `${replica.networks.default.ipv4_address}:${environment['PORT']}`
    expect(configuration.match(/(?<=^ *server )[\d.:]+/gm)).toContain(address)
  })

  it('is healthy while the gateway is ready', async () => {
    const { url, gateway } = await createTestGateway()
    const [, program, option, script] = replica.healthcheck.test
    expect(script).toContain(`127.0.0.1:${environment['PORT']}/`)
    const check = () =>
      run(program, [option, script.replace(`127.0.0.1:${environment['PORT']}`, new URL(url).host)])
    await expect(check()).resolves.toBeDefined()
    await gateway.close()
    await expect(check()).rejects.toMatchObject({ code: 1 })
  })
})

it('nginx listens on the port that is published', () => {
  expect(nginx.ports.map((port) => port.split(':').at(-1))).toEqual(
    [...configuration.matchAll(/listen (\d+);/g)].map(([, port]) => port),
  )
})

/** Inserts variables as Docker Compose does: `${NAME}`, `${NAME:-default}`, and `${NAME:?why it is required}`. */
function insertVariables(text: string): string {
  return text.replace(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_match, name: string, operator: string, rest: string) => {
      const value = variables[name] ?? (operator === '-' ? rest : undefined)
      if (value === undefined) throw new Error(`${name} is not set`)
      return value
    },
  )
}
