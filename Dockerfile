# syntax=docker/dockerfile:1
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked && cp target/release/candor /candor

FROM debian:bookworm-slim
# PostgreSQL for the private database; it shall not make a cluster of its own.
RUN mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf \
 && apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      ca-certificates curl postgresql-15 tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --home-dir /var/lib/candor --create-home candor
COPY --from=build /candor /usr/local/bin/candor
USER candor
ENV CANDOR_DATA=/var/lib/candor CANDOR_LISTEN=0.0.0.0:8080
VOLUME /var/lib/candor
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD curl -fs http://127.0.0.1:8080/readyz || exit 1
STOPSIGNAL SIGTERM
# tini collects what PostgreSQL's processes leave behind when they outlive their parent.
ENTRYPOINT ["tini", "--", "candor"]
CMD ["serve"]
