# One image for setup, web, worker and beat; see docker-compose.yml.

FROM node:22-slim AS browser
WORKDIR /site
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.12-slim
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /site
COPY requirements.txt ./
RUN pip install --no-cache-dir --quiet uv \
 && uv pip install --system --quiet --no-cache --compile-bytecode --require-hashes -r requirements.txt
COPY --from=browser /site/node_modules node_modules
COPY . .
RUN useradd --uid 1000 --no-create-home site && mkdir /data && chown site:site /data
USER site
ENV DATA_DIR=/data PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["gunicorn", "-c", "python:volunteer_network.startup.web_server", "volunteer_network.wsgi"]
