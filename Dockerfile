# syntax=docker/dockerfile:1
# One image for web, worker and release. Build: packages by hash, catalogues, static files. Run: no tools, no root.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PYTHONDONTWRITEBYTECODE=1 \
    UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH
WORKDIR /srv/city
COPY requirements/build.txt requirements/base.txt requirements/
RUN python -m venv /opt/venv \
    && pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && uv pip install --no-cache --no-deps --require-hashes -r requirements/base.txt
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation --no-index -e . \
    && python -m compileall -q accounts common news partners search site \
    && python -m common.catalogues
# The values only let the settings load: nothing of them is in the static files, and ENV of this stage ends with it.
RUN DJANGO_SETTINGS_MODULE=config.settings.production LC_STATIC_ROOT=/srv/static LC_DATA_DIR=/tmp/build \
    LC_SECRET_KEY="only-to-collect-static-files-never-to-sign-anything-with-it" \
    LC_ALLOWED_HOSTS=build.invalid LC_BASE_URL=https://build.invalid \
    python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=config.settings.production LC_STATIC_ROOT=/srv/static LC_DATA_DIR=/data
RUN groupadd --system --gid 10001 city \
    && useradd --system --uid 10001 --gid city --home-dir /data --no-create-home --shell /usr/sbin/nologin city \
    && install -d -o city -g city /data /data/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/city /srv/city
WORKDIR /srv/city
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "--log-level", "warning", \
     "config.wsgi:application"]
