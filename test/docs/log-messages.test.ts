import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

it('docs/operating.md lists only log messages that the source contains', () => {
  const [, table = ''] =
    /## Logs\n[\s\S]*?\|---\|---\|\n([\s\S]*?)\n\n/.exec(
      readFileSync(join(root, 'docs/operating.md'), 'utf8'),
    ) ?? []
  const messages = table
    .split('\n')
    .flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text))
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
    .join('\n')
  expect(messages.filter((message) => !sources.includes(message))).toEqual([])
  expect(messages.length).toBeGreaterThan(15)
})
