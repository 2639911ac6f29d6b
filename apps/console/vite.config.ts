import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const GATEWAY = 'http://127.0.0.1:4000'

export default defineConfig({
  // Relative addresses: the page works at any path of the gateway.
  base: './',
  plugins: [react()],
  server: {
    // `npm run console` next to `npm start`: the page is rebuilt on each change, and the gateway answers its requests.
    proxy: { '/graphql': { target: GATEWAY, ws: true }, '/files': GATEWAY, '/sandbox.json': GATEWAY },
  },
})
