import { serveCommands } from '../shared/child.ts'
import { attacks, type Target } from './attacks.ts'

const commands = {
  /** Runs one attack; resolves with what it managed to do. */
  attack: async ({ name, target }: { readonly name: string; readonly target: Target }) =>
    attacks[name]?.(target) ?? '',
}
export type AttackerCommands = typeof commands
serveCommands(commands)
