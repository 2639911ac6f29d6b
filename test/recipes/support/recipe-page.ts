import { readFileSync } from 'node:fs'
import type { Provider } from './recipe-gateway.ts'

const page = new URL('../../../docs/recipes.md', import.meta.url)

/** The upstream calls that the page states for a step, by provider. */
export type StatedCosts = Readonly<Record<Provider, CallRange>>

interface CallRange {
  readonly min: number
  readonly max: number
}

/** One operation of the page, with the variables that the page shows as JSON. */
export interface OperationStep {
  readonly query: string
  readonly variables: string
  readonly costs: StatedCosts
}

export interface CommandStep {
  readonly command: string
  readonly costs: StatedCosts
}

/** The operations and the shell commands of one chapter of docs/recipes.md. */
export interface RecipeChapter {
  /** By operation name, in the order of the page. */
  readonly operations: ReadonlyMap<string, OperationStep>
  /** By the heading of their step. */
  readonly commands: ReadonlyMap<string, CommandStep>
}

/** Reads the chapter with this heading. Throws if the page has none, or a step has no name or no costs. */
export function readChapter(heading: string): RecipeChapter {
  const chapters = readFileSync(page, 'utf8').split(/^## /m)
  const text = chapters.find((chapter) => chapter.startsWith(`${heading}\n`))
  if (text === undefined) throw new Error(`docs/recipes.md has no chapter "${heading}"`)
  const operations = new Map<string, OperationStep>()
  const commands = new Map<string, CommandStep>()
  for (const step of text.split(/^### /m).slice(1)) {
    const [query] = fencedBlocks(step, 'graphql')
    const [command] = fencedBlocks(step, 'sh')
    const [variables = '{}'] = fencedBlocks(step, 'json')
    const title = step.split('\n', 1)[0] ?? ''
    const costs = statedCosts(step, title)
    if (query) operations.set(operationName(query), { query, variables, costs })
    if (command) commands.set(title, { command, costs })
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

const COSTS = /^Costs (\d+)(?: to (\d+))? calls? at Rocket\.Chat, (\d+)(?: to (\d+))? at LiveChat/m

function statedCosts(step: string, title: string): StatedCosts {
  const [, ...numbers] = COSTS.exec(step) ?? []
  if (numbers.length === 0) throw new Error(`the step "${title}" of docs/recipes.md states no costs`)
  const [rocketChatMin, rocketChatMax, liveChatMin, liveChatMax] = numbers
  return {
    rocketchat: { min: Number(rocketChatMin), max: Number(rocketChatMax ?? rocketChatMin) },
    livechat: { min: Number(liveChatMin), max: Number(liveChatMax ?? liveChatMin) },
  }
}

function fencedBlocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, tag]) => tag === language)
    .map(([, , body = '']) => body)
}
