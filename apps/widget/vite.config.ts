import { defineConfig } from 'vite'

export default defineConfig({
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
