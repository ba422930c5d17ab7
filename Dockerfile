# Videothek: one image for the page, the API and the workers.
#
#   docker build -t videothek .
#   docker run -p 127.0.0.1:8000:8000 -v videothek:/data --read-only --tmpfs /tmp videothek
#
# Only /data and /tmp are written. No secret is needed to build it, and none is in it.

FROM node:22.17.0-bookworm-slim AS page
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY frontend/ ./
RUN npm run --silent build

# The same system as below: what is installed here runs there.
FROM python:3.13.5-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY backend/requirements.lock /build/requirements.lock
RUN python -m venv --without-pip /opt/videothek/venv \
    && python -m pip --python /opt/videothek/venv/bin/python install \
        --quiet --require-hashes --only-binary :all: --requirement /build/requirements.lock
COPY backend/app /opt/videothek/backend/app
COPY deploy/videothek deploy/healthcheck.py /opt/videothek/bin/
RUN chmod 0755 /opt/videothek/bin/videothek \
    && /opt/videothek/venv/bin/python -m compileall -q /opt/videothek/backend
COPY --from=page /build/frontend/dist /opt/videothek/frontend/dist

FROM python:3.13.5-slim-bookworm
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Videothek" \
      org.opencontainers.image.description="A self-hosted library for YouTube videos" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# A number, so that an orchestrator can see that it is not root; whoever mounts /data gives it to this one.
RUN groupadd --gid 10001 videothek \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin videothek \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data
COPY --from=packages /opt/videothek /opt/videothek

ENV PATH=/opt/videothek/bin:/opt/videothek/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/opt/videothek/backend \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    LANG=C.UTF-8 \
    VIDEOTHEK_DATA_DIR=/data \
    VIDEOTHEK_FRONTEND_DIR=/opt/videothek/frontend/dist

WORKDIR /tmp
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=3 \
    CMD ["python", "/opt/videothek/bin/healthcheck.py"]
ENTRYPOINT ["videothek"]
CMD ["serve", "--host", "0.0.0.0"]
