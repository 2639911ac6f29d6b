import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Options of a bundle. */
export interface BundleOptions {
  /** The path of the first module in the repository. */
  readonly entry: string
  readonly mode: 'development' | 'production'
  /** Modules that are not part of it. */
  readonly external?: readonly string[]
}

/** Bundles a module for browsers, as an application does, and returns the script. */
export async function bundle({ entry, mode, external = [] }: BundleOptions): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    mode,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    build: {
      write: false,
      minify: mode === 'production',
      lib: { entry, formats: ['iife'], name: 'bundle' },
      rolldownOptions: { external: [...external] },
    },
  })
  const outputs: readonly Rolldown.RolldownOutput[] = [built].flat().filter((one) => 'output' in one)
  const chunks = outputs.flatMap(({ output }) => output).filter((part) => part.type === 'chunk')
  return chunks.map(({ code }) => code).join('\n')
}
