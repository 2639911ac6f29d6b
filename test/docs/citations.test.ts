import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'

/**
 * Comments cite facts about the providers by page and section: `docs/providers/rocketchat.md 4.1`, several sections as
 * `3.2, 4`, `3.5 and 9`, `1 to 4.1` or `1.1-1.4`. Each must lead to a heading of a page in this repository.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const codeFolders = ['src', 'sandbox', 'apps', 'test', 'bench', 'examples', 'scripts']
const pages = readdirSync(join(root, 'docs/providers')).filter((name) => name.endsWith('.md'))
const sectionsByPage = new Map(pages.map((name) => [`docs/providers/${name}`, sectionsOf(name)]))

/** A Markdown file, and the numbers that follow it. */
const mention = /([\w./-]*\w\.md)((?: \d+(?:\.\d+)*(?:(?:, | and | to |-)\d+(?:\.\d+)*)*)?)/g

interface Citation {
  readonly page: string
  readonly sections: readonly string[]
  /** For the message of a failed test. */
  readonly where: string
}

describe('citations of provider pages in the code', () => {
  const citations = codeFiles().flatMap((file) => citationsIn(file))

  it('exist', () => {
    expect(citations).not.toEqual([])
  })

  it('name a page by its path in the repository', () => {
    const unresolved = citations.filter(({ page }) => !sectionsByPage.has(page))
    expect(unresolved.map(({ where }) => where)).toEqual([])
  })

  it('name sections that the page has', () => {
    const unresolved = citations.filter(({ page, sections }) =>
      sections.some((section) => sectionsByPage.get(page)?.includes(section) === false),
    )
    expect(unresolved.map(({ where }) => where)).toEqual([])
  })
})

test.each([...sectionsByPage])('%s gives each section a number of its own', (_page, sections) => {
  expect(sections.filter((section, index) => sections.indexOf(section) !== index)).toEqual([])
})

/** The citations in a file, with those that a comment breaks over two lines. Other Markdown files are not cited. */
function citationsIn(file: string): readonly Citation[] {
  const text = read(file).replace(/\n\s*(?:\*|\/\/) */g, ' ')
  return [...text.matchAll(mention)]
    .map(([whole, page = '', numbers = '']) => ({
      page,
      sections: [...numbers.matchAll(/\d+(?:\.\d+)*/g)].map(([number]) => number),
      where: `${file}: ${whole}`,
    }))
    .filter(
      ({ page, sections }) =>
        page.startsWith('docs/providers/') || pages.includes(page) || sections.length > 0,
    )
}

function codeFiles(): readonly string[] {
  return codeFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { encoding: 'utf8', recursive: true }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => /\.(?:[cm]?[jt]sx?|css|sql)$/.test(path))
    .filter((path) => !path.includes('node_modules') && path !== join('test', 'docs', 'citations.test.ts'))
}

/** The numbers that the headings of a provider page begin with: `## 4. Rooms`, `### 4.1 Endpoints`. */
function sectionsOf(name: string): readonly string[] {
  const headings = read(`docs/providers/${name}`).matchAll(/^##+ (\d+(?:\.\d+)*)\.? /gm)
  return [...headings].map(([, number = '']) => number)
}
