# withhold in a container: no root, a root file system that may be read-only, no compilers left.
#
# The base is named by its tag. Its digest was not known where this was written: put it here
# (python:3.13-slim-trixie@sha256:...) before an image is published, so that it can be built again.
FROM python:3.13-slim-trixie AS built

# What is in it beside the base: the dashboard with archives and guide, policies, packed PDF, notices.
# Letters as PDF need Pango, the window of settings a browser: neither is in the image.
ARG EXTRAS="web,policies,documents,notify"

WORKDIR /source
COPY . .
RUN python -m pip install --no-cache-dir "build>=1.2" \
 && python -m build --wheel --outdir /wheel . \
 && python -m venv --without-pip /opt/withhold \
 && wheel="$(echo /wheel/withhold-*.whl)" \
 && python -m pip --python /opt/withhold/bin/python install --no-cache-dir \
      --only-binary :all: "${wheel}[${EXTRAS}]" \
 && python -m compileall -q /opt/withhold

FROM python:3.13-slim-trixie

RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data withhold \
 && install --directory --owner=withhold --group=withhold --mode=0700 /data

COPY --from=built /opt/withhold /opt/withhold

# Everything of yours lies in /data: mount a volume there, or it goes with the container.
ENV PATH="/opt/withhold/bin:$PATH" \
    WITHHOLD_HOME=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
VOLUME /data
USER 10001:10001
WORKDIR /data

# No HEALTHCHECK here: most commands answer and end. compose.yaml has one for the dashboard.
ENTRYPOINT ["withhold"]
CMD ["--help"]
