#!/usr/bin/env bash
# A base image for the Dockerfile where no image registry is reached: Debian with its own Python, by debootstrap, as root.
# Usage: deploy/local-base.sh [TAG], localhost/python:slim by default.
set -euo pipefail

tag=${1:-localhost/python:slim}
root=$(mktemp --directory)
container=
cleanup() {
    if [[ -n $container ]]; then buildah rm "$container" > /dev/null; fi
    rm -rf "$root"
}
trap cleanup EXIT

debootstrap --variant=minbase --include=ca-certificates,python-is-python3,python3-venv trixie "$root" >&2
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/usr/share/{doc,info,locale,man}/*

container=$(buildah from scratch)
buildah add --quiet "$container" "$root" / > /dev/null
buildah config --cmd python --env LANG=C.UTF-8 "$container"
buildah commit --quiet "$container" "$tag"
