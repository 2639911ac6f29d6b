import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { knownVariables } from '../../src/config/index.ts'
import { packageVersion } from '../../src/gateway/package-version.ts'

const FOLDER = 'deploy/helm/switchboard'
/** How long a gateway may take to stop after DRAIN_SECONDS. */
const FINISH_SECONDS = 10

const read = (path: string) => readFileSync(path, 'utf8')
const text = read(`${FOLDER}/values.yaml`)
const values = z
  .object({
    settings: z.object({ DRAIN_SECONDS: z.string() }),
    secretSettings: z.object({}),
    terminationGracePeriodSeconds: z.number(),
  })
  .parse(parse(text))
const deployment = read(`${FOLDER}/templates/deployment.yaml`)

it('names only settings that the gateway knows', () => {
  const names = [...text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name)
  expect(names.filter((name) => !knownVariables.includes(name))).toEqual([])
  expect(names).toContain('DATABASE_URL')
})

it('has the version of the gateway', () => {
  expect(parse(read(`${FOLDER}/Chart.yaml`))).toMatchObject({ appVersion: packageVersion() })
})

it('uses the port of the image', () => {
  const [, port] = /^EXPOSE (\d+)$/m.exec(read('Dockerfile')) ?? []
  expect(deployment).toContain(`containerPort: ${port}\n`)
  expect(deployment).toContain(`name: PORT\n              value: '${port}'`)
})

it('gives pods the time to stop', () => {
  const drainSeconds = Number(values.settings.DRAIN_SECONDS)
  expect(values.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drainSeconds + FINISH_SECONDS)
})

it('contains no secret', () => {
  expect(values.secretSettings).toEqual({})
})
