import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** The client package as its sources, so that nothing has to be built before the pages. The types follow `tsconfig.json`. */
const CLIENT = fileURLToPath(new URL('../../packages/client/src/index.ts', import.meta.url))

export default defineConfig({
  resolve: { alias: { '@switchboard/client': CLIENT } },
  css: {
    // The colours for the dark are those of a media query: none needs what replaces `light-dark()` (lightningcss: Features.LightDark).
    lightningcss: { exclude: 1_048_576 },
  },
  oxc: {
    // Its calls are shorter than those of the automatic runtime.
    jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' },
    jsxInject: "import { Fragment, h } from 'preact'",
  },
  build: {
    modulePreload: { polyfill: false },
    // One script under a fixed name, which other pages load: everything is in it.
    rolldownOptions: { input: 'src/main.tsx', output: { format: 'iife', entryFileNames: 'widget.js' } },
  },
})
