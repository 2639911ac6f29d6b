import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const GATEWAY = 'http://127.0.0.1:4000'

export default defineConfig({
  // Relative addresses: the page works wherever the gateway serves it.
  base: './',
  plugins: [react()],
  server: {
    // `npm run console` beside `npm start`: the page is rebuilt as it is written, the gateway answers as ever.
    proxy: { '/graphql': { target: GATEWAY, ws: true }, '/sandbox.json': GATEWAY },
  },
})
