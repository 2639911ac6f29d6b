import { readFileSync } from 'node:fs'

const page = new URL('../../../docs/recipes.md', import.meta.url)

/** One operation of the page, with the variables that the page shows as JSON. */
export interface OperationStep {
  readonly query: string
  readonly variables: string
}

/** The operations and the shell commands of one chapter of docs/recipes.md. */
export interface RecipeChapter {
  /** By operation name, in the order of the page. */
  readonly operations: ReadonlyMap<string, OperationStep>
  /** By the heading of their step. */
  readonly commands: ReadonlyMap<string, string>
}

/** Reads the chapter with this heading. Throws if the page has none, or an operation has no name. */
export function readChapter(heading: string): RecipeChapter {
  const chapters = readFileSync(page, 'utf8').split(/^## /m)
  const text = chapters.find((chapter) => chapter.startsWith(`${heading}\n`))
  if (text === undefined) throw new Error(`docs/recipes.md has no chapter "${heading}"`)
  const operations = new Map<string, OperationStep>()
  const commands = new Map<string, string>()
  for (const step of text.split(/^### /m).slice(1)) {
    const [query] = fencedBlocks(step, 'graphql')
    const [command] = fencedBlocks(step, 'sh')
    if (query)
      operations.set(operationName(query), { query, variables: fencedBlocks(step, 'json')[0] ?? '{}' })
    if (command) commands.set(step.split('\n', 1)[0] ?? '', command)
  }
  return { operations, commands }
}

/** Replaces each placeholder, such as `<room id>`. Throws if a value is missing, or the text does not ask for it. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  const unused = new Set(Object.keys(values))
  const filled = text.replace(/<([^<>\n]+)>/g, (_placeholder, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no value for <${name}>`)
    unused.delete(name)
    return value
  })
  if (unused.size > 0) throw new Error(`the page does not show ${[...unused].join(', ')}`)
  return filled
}

function operationName(query: string): string {
  const name = /^(?:query|mutation) (\w+)/.exec(query)?.[1]
  if (name === undefined) throw new Error(`an operation of docs/recipes.md has no name: ${query}`)
  return name
}

function fencedBlocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, tag]) => tag === language)
    .map(([, , body = '']) => body)
}
