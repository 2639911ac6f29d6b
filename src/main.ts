// graphql-js checks far less at run time in production, and decides so while it is loaded: before anything else.
process.env['NODE_ENV'] ??= 'production'
const { run } = await import('./run.ts')
await run()
