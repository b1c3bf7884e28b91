# The worker as an image: docker build -f deploy/worker.Dockerfile -t cantus .
FROM node:20-bookworm-slim AS build
WORKDIR /cantus
COPY package.json package-lock.json ./
COPY sandbox/package.json sandbox/
RUN npm ci --no-audit --no-fund
COPY . .
# The worker needs neither the tools nor the sandbox.
RUN npm run build && npm ci --omit=dev --workspaces=false --no-audit --no-fund

FROM node:20-bookworm-slim
# Temporal's client checks certificates against the system's own list.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tini && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /cantus
COPY --from=build /cantus/package.json ./
COPY --from=build /cantus/bin ./bin
COPY --from=build /cantus/dist ./dist
COPY --from=build /cantus/node_modules ./node_modules
USER node
# An init process hands SIGTERM on, so that the worker finishes what it has begun.
ENTRYPOINT ["tini", "--", "node", "/cantus/bin/cantus.js"]
CMD ["worker"]
