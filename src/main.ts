// graphql-js reads NODE_ENV when it is loaded, and does far fewer run-time checks in production. So this comes first.
process.env['NODE_ENV'] ??= 'production'
const { runCommand } = await import('./command-line.ts')
await runCommand(process.argv.slice(2))
