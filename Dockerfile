# The product's image: `docker compose build`. What it installs stands in config/setup.py and the hash-locked lists, here
# only the order. No secret enters a layer: they are mounted at run time as files (docs/operations.md).

FROM python:3.11-slim-bookworm AS base
WORKDIR /app
COPY config/__init__.py config/setup.py config/
RUN python -m config.setup --system && rm -rf /var/lib/apt/lists/*

FROM base AS build
COPY requirements.txt requirements-tools.txt package.json package-lock.json .npmrc ./
COPY config/assets.py config/uifont.py config/
COPY static/icons.txt static/
RUN python -m config.setup

FROM base AS app
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /tmp thongsuot \
    && install -d -o 10001 -g 10001 -m 0750 /data /backup
COPY --from=build /app/.venv .venv
COPY --from=build /app/var/assets var/assets
COPY . .
RUN python -m compileall -q manage.py config units plans directives assignments notices reports
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    VAR_DIR=/data \
    MEDIA_ROOT=/data/media \
    BACKUP_DIR=/backup \
    WEB_HOST=0.0.0.0 \
    LOG_FORMAT=json
USER 10001:10001
CMD ["gunicorn", "-c", "python:config.web"]

# Caddy listens above 1024 here: without its file capability it starts with no capability at all, as an ordinary user.
FROM caddy:2-alpine AS proxy
RUN setcap -r /usr/bin/caddy && install -d -o 10001 -g 10001 -m 0700 /data /config
COPY config/proxy/Caddyfile /etc/caddy/Caddyfile
USER 10001:10001
