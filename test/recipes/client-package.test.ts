import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { globalId, openBothProviders, providerFixtures } from '../live/both-providers.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { fillPlaceholders } from './support/recipe-page.ts'

const source = new URL('../../packages/client/src/index.ts', import.meta.url)
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** The program of the page, for this gateway, room and visitor. */
function readProgram(gateway: string, values: Readonly<Record<string, string>>): string {
  const page = readFileSync(new URL('../../docs/recipes.md', import.meta.url), 'utf8')
  const [, program = ''] = /## A room from TypeScript\n.*?```ts\n(.*?)```/s.exec(page) ?? []
  return fillPlaceholders(program, values)
    .replace('http://127.0.0.1:4000/graphql', gateway)
    .replace("'@switchboard/client'", JSON.stringify(source.href))
}

it.each(providerFixtures)('the program of the page follows a room at $name, and answers', async (fixture) => {
  const setup = await openBothProviders()
  const native = fixture.openRoom(setup)
  fixture.sendAsVisitor(setup, native, 'Hello')
  const values = {
    'visitor token': fixture.visitorTokenOf(setup, native),
    'room id': globalId(fixture, native),
  }
  const file = join(createTestDirectory(), 'program.mts')
  writeFileSync(file, readProgram(setup.url, values))
  const child = execFile(process.execPath, ['--import', tsx, file])
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  let errors = ''
  if (child.stdout) createInterface(child.stdout).on('line', (line) => lines.push(line))
  child.stderr?.on('data', (text) => {
    errors += text
  })
  const hasPrinted = (text: string) =>
    waitUntil(() => lines.some((line) => line.endsWith(text)) || errors !== '')
  await hasPrinted('Hello')
  await waitUntil(() => setup.gateway.liveCounts().subscribers > 0 || errors !== '')
  fixture.sendAsVisitor(setup, native, 'Are you there?')
  await hasPrinted('Yes, I am.')
  expect(errors).toBe('')
  expect(lines.map((line) => line.replace(/.*: /, ''))).toEqual(['Hello', 'Are you there?', 'Yes, I am.'])
})
