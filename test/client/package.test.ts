import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { z } from 'zod'
import * as documents from '../../packages/client/src/documents.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const source = join(root, 'packages/client')
const run = promisify(execFile)
const compile = (...args: readonly string[]) =>
  run(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), ...args])

const packed = z.array(z.object({ files: z.array(z.object({ path: z.string() })) }))

/** An application that uses what the package exports, with its types. */
const APPLICATION = `import { createClient, GatewayError, type Outcome } from '@switchboard/client'
import { useMessages } from '@switchboard/client/react'

const client = createClient({ url: 'http://127.0.0.1:9/graphql', credential: { visitorToken: 'token' } })
export async function texts(roomId: string): Promise<string[]> {
  const found: string[] = []
  for await (const item of client.follow(roomId))
    if (item.__typename === 'MessageAddedEvent') found.push(item.message.text)
  return found
}
export const sent: Promise<Outcome<{ readonly message: { readonly text: string } }>> = client.send('room', 'Hello')
// @ts-expect-error A page has no text.
export const wrong: string = (await client.follow('room').next()).value?.text
export const Texts = (roomId: string) => useMessages(client, roomId).messages.map(({ text }) => text)
export { GatewayError }
`

it('contains what it exports and nothing else, and works with its types where it is installed', async () => {
  const application = createTestDirectory()
  const installed = join(application, 'node_modules/@switchboard/client')
  mkdirSync(installed, { recursive: true })
  for (const file of ['package.json', 'README.md', 'LICENSE'])
    cpSync(join(source, file), join(installed, file))
  await compile('-p', source, '--outDir', join(installed, 'dist'))

  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: installed })
  const paths = packed.parse(JSON.parse(stdout)).flatMap(({ files }) => files.map(({ path }) => path))
  expect(paths.filter((path) => !/^dist\/[\w/-]+\.(d\.ts|js)$/.test(path)).toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
  ])
  for (const path of ['dist/index.js', 'dist/index.d.ts', 'dist/react/index.js', 'dist/react/index.d.ts'])
    expect(paths).toContain(path)

  for (const name of ['react', '@types', 'csstype'])
    symlinkSync(join(root, 'node_modules', name), join(application, 'node_modules', name))
  writeFileSync(join(application, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(application, 'main.ts'), APPLICATION)
  const options = [
    '--strict',
    // Types of JavaScript and the DOM are not what is tested; those of the package and of React are checked.
    '--skipDefaultLibCheck',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--lib',
    'es2023,dom',
    '--types',
    'react',
  ]
  await compile(...options, '--outDir', application, join(application, 'main.ts'))
  const script = "import('@switchboard/client').then(({ createClient }) => console.log(typeof createClient))"
  const started = await run(process.execPath, ['-e', script], { cwd: application })
  expect(started.stdout).toBe('function\n')
})

it('has no dependencies, and its documents are among the trusted ones', () => {
  const { dependencies, exports } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  expect(dependencies).toBeUndefined()
  expect(Object.keys(exports)).toEqual(['.', './react'])
  const trusted = Object.values(JSON.parse(readFileSync(join(root, 'apps/trusted-documents.json'), 'utf8')))
  for (const document of Object.values(documents)) expect(trusted).toContain(String(document))
})

it('makes no production installation of the gateway larger', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  expect(packages['packages/client']).toMatchObject({ name: '@switchboard/client' })
  expect(packages['node_modules/react']).toMatchObject({ dev: true })
})
