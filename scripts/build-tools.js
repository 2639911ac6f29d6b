import { createRequire } from 'node:module'

// Plain JavaScript: it runs where the tools that it looks for are absent.

/** Development dependencies that `npm run build` and `npm run pages` run. */
const BUILD_TOOLS = ['tsx', 'typescript', 'vite']

/**
 * Returns those build tools that are not installed: all of them after `npm ci --omit=dev` and `npm prune --omit=dev`.
 *
 * @returns {readonly string[]}
 */
export function findMissingTools() {
  const { resolve } = createRequire(import.meta.url)
  return BUILD_TOOLS.filter((name) => {
    try {
      resolve(`${name}/package.json`)
      return false
    } catch {
      return true
    }
  })
}

/**
 * Ends the process with code 1 if build tools are not installed, and names what to do, instead of a program that the shell
 * does not find.
 *
 * @param {string} command The command that needs them.
 */
export function requireTools(command) {
  const missing = findMissingTools()
  if (missing.length === 0) return
  const how = `run "npm ci --include=dev" first, and "npm prune --omit=dev" after the build (docs/operating.md)`
  process.stderr.write(`${command} needs development dependencies (${missing.join(', ')}): ${how}\n`)
  process.exit(1)
}
