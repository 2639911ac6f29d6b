import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** What every page needs, in a file that browsers keep while only the console itself changes. */
const LIBRARIES = /node_modules\/(react|react-dom|scheduler|@ariakit|@floating-ui)\//

/** The client package as its sources, so that nothing has to be built before the pages. The types follow `tsconfig.json`. */
const CLIENT = fileURLToPath(new URL('../../packages/client/src', import.meta.url))

const GATEWAY = 'http://127.0.0.1:4000'

export default defineConfig({
  // Relative addresses: the page works at any path of the gateway.
  base: './',
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@switchboard\/client$/, replacement: `${CLIENT}/index.ts` },
      { find: /^@switchboard\/client\/react$/, replacement: `${CLIENT}/react/index.ts` },
    ],
  },
  build: {
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'libraries', test: LIBRARIES }] } } },
  },
  server: {
    // `npm run console` next to `npm start`: the page is rebuilt on each change, and the gateway answers its requests.
    proxy: {
      '/graphql': { target: GATEWAY, ws: true },
      '/files': GATEWAY,
      '/rooms': GATEWAY,
      '/sandbox.json': GATEWAY,
    },
  },
})
