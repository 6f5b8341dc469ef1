#!/usr/bin/env bash
# A trace of a real election, as SVG: starts five replicas of its own, and while they are traced crashes the
# leader's proposer, and then kills the leader's process.
# usage: src/pictures/election.sh FILE.svg
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
(($# == 1)) || { echo "usage: election.sh FILE.svg" >&2; exit 2; }

work="$(mktemp -d)"
export SYNOD_RUN="$work/run" SYNOD_CONF="${SYNOD_CONF:-$here/conf/synod.conf}"
end() {
  "$here/run-cluster.sh" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap end EXIT

"$here/run-cluster.sh" start >&2
leader="$("$here/run-cluster.sh" exec leader | sed 's/replica //')"
{
  echo 'trace start'
  sleep 1
  echo 'put a 1'
  echo "crash $leader proposer"
  sleep 2
  echo "kill $leader"
  sleep 4
  echo "trace stop '$(realpath -m "$1")' election"
} | "$here/run-cluster.sh" console >&2
