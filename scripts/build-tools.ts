import { createRequire } from 'node:module'

/** Development dependencies that `npm run build` and `npm run pages` run. */
const BUILD_TOOLS = ['typescript', 'vite'] as const

/** Returns those build tools that are not installed: all of them after `npm ci --omit=dev` and `npm prune --omit=dev`. */
export function findMissingTools(): readonly string[] {
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
