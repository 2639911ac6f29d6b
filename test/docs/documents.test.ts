import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it, test } from 'vitest'
import { knownVariables } from '../../src/config/index.ts'
import { findUnknownSettings } from '../../src/config/unknown-settings.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const schema = buildSchema(read('schema.graphql'))
const manual = readdirSync(join(root, 'docs'), { encoding: 'utf8', recursive: true }).filter((name) =>
  name.endsWith('.md'),
)
const pages = ['README.md', ...manual.map((name) => `docs/${name}`)]

/** Spelling mistakes that are shown as such, the beginning of a name, and what the examples read. */
const otherNames = ['LOG_LEVLE', 'DATABSE_URL', 'MAX_SUBSCRIPTIONS', 'OPERATOR_KEY']

describe.each(pages)('%s', (page) => {
  const text = read(page)

  it('shows GraphQL that the schema takes', () => {
    const faults = fencedBlocks(text, 'graphql').flatMap((document) => validate(schema, parse(document)))
    expect(faults.map(({ message }) => message)).toEqual([])
  })

  it('links to files and headings that are there', () => {
    expect(linksIn(text).filter((link) => !leadsSomewhere(page, link))).toEqual([])
  })

  it('names files of the repository that are there', () => {
    expect(filesNamedIn(text).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('names no setting that the gateway does not know', () => {
    const names = [...text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name)
    const wrong = findUnknownSettings(names, knownVariables).map(({ variable }) => variable)
    expect(wrong.filter((name) => !otherNames.includes(name))).toEqual([])
  })
})

test('.env.example names no setting that the gateway does not know', () => {
  const names = [...read('.env.example').matchAll(/^# ([A-Z_]+)=/gm)].map(([, name = '']) => name)
  expect(names.filter((name) => !knownVariables.includes(name))).toEqual([])
  expect(names).not.toEqual([])
})

test('docs/README.md lists every page', () => {
  const listed = linksIn(read('docs/README.md'))
  expect(manual.filter((name) => name !== 'README.md' && !listed.includes(name))).toEqual([])
})

/** The paths of files that stand in backticks; names in angle brackets stand for several files. */
function filesNamedIn(text: string): readonly string[] {
  return [
    ...text.matchAll(/`((?:src|test|bench|sandbox|apps|examples|scripts|docs)\/[^`\s<>*]+\.\w+)`/g),
  ].map(([, path = '']) => path)
}

/** The contents of the fenced blocks in a language. */
function fencedBlocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, tag]) => tag === language)
    .map(([, , body = '']) => body)
}

/** The relative links of a page, pictures among them; what stands in fenced blocks is no link. */
function linksIn(text: string): readonly string[] {
  const prose = text.replace(/^```.*?^```$/gms, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#', 2)
  const target = path === '' ? page : join(dirname(page), path)
  if (!existsSync(join(root, target))) return false
  return heading === undefined || anchorsOf(read(target)).includes(heading)
}

/** What the headings of a page are linked to by, as GitHub makes it of their text. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
}
