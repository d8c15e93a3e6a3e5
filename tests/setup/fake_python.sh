#!/bin/sh
# Stands in for Python, its venv module and its pip, for the tests of the
# set-up. FAKE_VERSION, FAKE_MISSING: what it says of itself. FAKE_PIP: how its
# pip ends; a failure leaves a package half unpacked, as the real one does.
PATH=/usr/bin:/bin
FAKE_VERSION=${FAKE_VERSION:-3.12}
FAKE_SITE=lib/python$FAKE_VERSION/site-packages

fail() {
  echo "$1" >&2
  exit 1
}

if [ "$1" = "-c" ]; then
  echo "python ${FAKE_VERSION%.*} ${FAKE_VERSION#*.} $FAKE_MISSING"
  exit 0
fi
[ "$1" = "-m" ] || fail "fake python does not know $*"

if [ "$2" = "venv" ]; then
  [ -z "$FAKE_VENV" ] || fail "$FAKE_VENV"
  mkdir -p "$3/bin" "$3/$FAKE_SITE"
  cp "$0" "$3/bin/python"
  exit 0
fi

[ "$2 $3" = "pip install" ] || fail "fake python does not know $*"
venv=$(dirname "$(dirname "$0")")
site=$venv/$FAKE_SITE
echo "$*" >> "$venv/../pip-runs"
case "$*" in
  *tensorflow*) part=tensorflow ;;
  *) part=jupyterlab ;;
esac
if [ "${FAKE_PIP_PART:-$part}" = "$part" ] && [ -n "$FAKE_PIP" ]; then
  mkdir -p "$site/$part"
  echo half > "$site/$part/half-unpacked"
  [ "$FAKE_PIP" != killed ] || kill -KILL $$
  fail "$FAKE_PIP"
fi
mkdir -p "$site/$part"
if [ $part = tensorflow ]; then
  for name in libtensorflow_cc libtensorflow_framework; do
    echo library > "$site/tensorflow/$name.so.2"
    echo library > "$site/tensorflow/$name.2.dylib"
  done
  mkdir -p "$site/tensorflow_cpu-2.21.0.dist-info"
fi
