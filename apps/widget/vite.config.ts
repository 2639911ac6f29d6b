import { defineConfig } from 'vite'

const GATEWAY = 'http://127.0.0.1:4000'

export default defineConfig({
  // Relative addresses: the page works at any path.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    modulePreload: { polyfill: false },
    // Fixed names: other pages link to these two files.
    rolldownOptions: { output: { entryFileNames: 'widget.js', assetFileNames: 'widget[extname]' } },
  },
  server: { proxy: { '/graphql': { target: GATEWAY, ws: true } } },
})
