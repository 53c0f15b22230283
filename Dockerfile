# The app alone: give it a PostgreSQL 15 or newer by DATABASE_URL, as compose.yaml does.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY vendor vendor
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node /data
COPY --from=build --chown=node:node /app .
USER node
VOLUME /data
EXPOSE 3000
# Node itself, not npm: it gets the signal that stops the container, and drains.
CMD ["node", ".next/launcher/serve.mjs"]
