# The bot alone: no torch, no Java, for linux/amd64 and linux/arm64. With compose: see compose.yaml. Without:
#   docker build -t dantok .
#   docker run --detach --restart unless-stopped --name dantok --env-file .env -e DANTOK_BUNDLE=/bundle \
#     --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     -v "$PWD/bundle:/bundle:ro" -v dantok-data:/data dantok
# With CUDA's libraries in it, for a machine with an NVIDIA GPU (amd64 alone): docker build --build-arg PINS=gpu -t dantok:gpu .
#   and run it with --gpus all
# The tag says what it is, the digest which one: the same image next year. Raise both together.
FROM python:3.11-slim@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7 AS build
ARG PINS=bot
WORKDIR /src
RUN python -m venv /venv
COPY requirements/bot.txt requirements/gpu.txt ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r "$PINS.txt"
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot ./bot
RUN /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7
RUN useradd --system --no-create-home --uid 10001 --shell /usr/sbin/nologin dantok
COPY --from=build /venv /venv
RUN install --directory --owner=dantok --mode=0700 /data
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DANTOK_HEALTH_PORT=8099 DANTOK_DATA=/data
VOLUME /data
WORKDIR /srv
USER dantok
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s \
    CMD ["/venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8099/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/venv/bin/python", "-m", "bot"]
CMD ["run"]
