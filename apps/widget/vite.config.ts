import { defineConfig } from 'vite'

const GATEWAY = 'http://127.0.0.1:4000'

export default defineConfig({
  // Relative addresses: the page works wherever it is put.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    modulePreload: { polyfill: false },
    // Plain names: other pages link to these two files.
    rolldownOptions: { output: { entryFileNames: 'widget.js', assetFileNames: 'widget[extname]' } },
  },
  server: { proxy: { '/graphql': { target: GATEWAY, ws: true } } },
})
