# The gateway, as docs/operating.md ("A container image") describes. `npm run check:install` runs its steps
# without a container engine.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/client/package.json ./packages/client/
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
# The console contains the client package, so nothing uses npm's link to it any more.
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -r node_modules/@switchboard

FROM node:24-slim
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/apps/console/dist ./apps/console/dist
COPY --from=build /app/apps/widget/dist ./apps/widget/dist
COPY --from=build /app/apps/trusted-documents.json ./apps/trusted-documents.json
# The only place that the gateway writes to. A new volume takes over its owner, the user `node` of the base image. Kubernetes
# recognizes only a number as a user that is not root.
RUN mkdir data && chown 1000:1000 data
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000
USER 1000:1000
VOLUME /app/data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and handles SIGTERM and SIGINT.
ENTRYPOINT ["node", "dist/main.js"]
