# The bot alone: no torch, no Java. Mount your bundle, pass your .env, keep the data:
#   docker build -t dantok .
#   docker run --detach --restart unless-stopped --name dantok --env-file .env -e DANTOK_BUNDLE=/bundle \
#     -v "$PWD/bundle:/bundle:ro" -v dantok-data:/data dantok
# The tag says what it is, the digest which one: the same image next year. Raise both together.
FROM python:3.11-slim@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7 AS build
WORKDIR /src
RUN python -m venv /venv
COPY requirements/bot.txt ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r bot.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot ./bot
RUN /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7
RUN useradd --system --no-create-home --shell /usr/sbin/nologin dantok
COPY --from=build /venv /venv
RUN install --directory --owner=dantok --mode=0700 /data
ENV PYTHONUNBUFFERED=1 DANTOK_HEALTH_PORT=8099 DANTOK_DATA=/data
VOLUME /data
WORKDIR /srv
USER dantok
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s \
    CMD ["/venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8099/health', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/venv/bin/python", "-m", "bot"]
CMD ["run"]
