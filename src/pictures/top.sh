#!/usr/bin/env bash
# The live view during a failover, as text: starts five replicas of its own, opens the console in tmux, turns
# the load on, kills the leader, and prints what stands on the screen once another one leads.
# usage: src/pictures/top.sh [WIDTH HEIGHT]      (100 34)
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
command -v tmux >/dev/null || { echo "top.sh: needs tmux (Debian: apt install tmux)" >&2; exit 2; }

work="$(mktemp -d)"
export SYNOD_RUN="$work/run" SYNOD_CONF="${SYNOD_CONF:-$here/conf/synod.conf}"
pane() { tmux -S "$work/tmux" "$@"; }
end() {
  pane kill-server 2>/dev/null || true
  "$here/run-cluster.sh" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap end EXIT

screen() { pane capture-pane -p; }

# Waits until a line like this stands on the screen.
see() {
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    ! screen | grep -Eq "$1" || return 0
    sleep 0.1
  done
  { echo "top.sh: '$1' did not come:" && screen; } >&2
  exit 1
}

"$here/run-cluster.sh" start >&2
pane -f /dev/null new-session -d -x "${1:-100}" -y "${2:-34}" "env TERM=screen LC_ALL=C.UTF-8 '$here/run-cluster.sh' console"
see 'synod>'
pane send-keys top Enter
see 'serving: leader [0-9], quorum 5 of 5'
leader="$(screen | sed -n 's/.*serving: leader \([0-9]\).*/\1/p')"
pane send-keys o
sleep 8
pane send-keys "$leader" k
see 'serving: leader [0-9], quorum 4 of 5'
sleep 1
screen
