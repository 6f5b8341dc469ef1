#!/usr/bin/env bash
# How the cost of a put grows: with the replicas, the keys, the size of values, and the clients.
#
#   src/scaling/scaling.sh [OUT.csv] [SWEEP ...]      sweeps: replicas keys values clients; all if none is named
#
# It needs redis-benchmark (Debian: redis-tools), python3, the ports of conf/synod.conf, and a machine that does
# nothing else. Each row: the sweep, its value, puts/s, CPU of all replicas in microseconds a put, memory of one
# replica in MB. Puts are counted by the replicas (INFO), CPU by the kernel, both over the seconds that count, on
# as many redis-benchmarks as there are doors, whose own CPU is not counted.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
out="$(readlink -m "${1:-scaling.csv}")"
shift || true
(($# > 0)) && sweeps=("$@") || sweeps=(replicas keys values clients)
for sweep in "${sweeps[@]}"; do
  [[ " replicas keys values clients " == *" $sweep "* ]] ||
    { echo "$0: there is no sweep '$sweep': replicas, keys, values, clients" >&2; exit 2; }
done
for tool in redis-benchmark redis-cli python3; do
  command -v "$tool" >/dev/null || { echo "$0: there is no $tool here: apt-get install redis-tools python3" >&2; exit 2; }
done
first=${FIRST:-45} # seconds under load before a cluster is measured: five JVMs compile what they run
warm=${WARM:-6}    # seconds before each measurement that do not count
seconds=${MEASURE:-8}
work="$(mktemp -d)"
export SYNOD_RUN="$work/run" SYNOD_CONF="$work/synod.conf"
ticks="$(getconf CLK_TCK)"
count=0 # replicas of the running cluster

cleanup() {
  stop_load
  "$here/run-cluster.sh" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap cleanup EXIT

conf() {
  local i
  echo 'cluster = scaling'
  echo 'replicas = ['
  for ((i = 1; i <= $1; i++)); do
    echo "  { id = $i, host = 127.0.0.1, artery-port = $((2550 + i)), link-port = $((2560 + i)), door-port = $((7000 + i)) }"
  done
  echo ']'
}

cluster() { # cluster N: N replicas with empty directories
  "$here/run-cluster.sh" stop >/dev/null 2>&1 || true
  rm -rf "$SYNOD_RUN"
  count=$1
  conf "$count" >"$SYNOD_CONF"
  "$here/run-cluster.sh" start >"$work/start.log" 2>&1 || { cat "$work/start.log" >&2; exit 1; }
  start_load 64 100 10000
  sleep "$first"
  stop_load
}

pids() { cat "$SYNOD_RUN"/pids/*.pid; }

done_so_far() {
  local i sum=0 n
  for ((i = 1; i <= count; i++)); do
    n="$(redis-cli -p $((7000 + i)) info stats | sed -n 's/^total_commands_processed:\([0-9]*\).*/\1/p')"
    sum=$((sum + n))
  done
  echo "$sum"
}

cpu_ticks() {
  local pid sum=0 f
  for pid in $(pids); do
    read -r -a f <<<"$(sed 's/.*) //' "/proc/$pid/stat")"
    sum=$((sum + f[11] + f[12]))
  done
  echo "$sum"
}

memory_mb() {
  local pid sum=0 n
  for pid in $(pids); do
    n="$(sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$pid/status")"
    sum=$((sum + n))
  done
  echo $((sum / count / 1024))
}

declare -a load=()

start_load() { # start_load CLIENTS BYTES KEYS: spread over the doors
  local i share
  load=()
  for ((i = 0; i < count; i++)); do
    share=$(($1 / count + (i < $1 % count ? 1 : 0)))
    ((share > 0)) || continue
    redis-benchmark -p $((7001 + i)) -t set -n 2000000000 -c "$share" -d "$2" -r "$3" -q >"$work/load-$i.log" 2>&1 &
    load+=($!)
  done
}

stop_load() {
  ((${#load[@]} == 0)) || { kill "${load[@]}"; wait "${load[@]}"; } 2>/dev/null || true
  load=()
}

measure() { # measure SWEEP VALUE CLIENTS BYTES KEYS
  local puts cpu begun took
  start_load "$3" "$4" "$5"
  sleep "$warm"
  begun=$(date +%s%N) puts=$(done_so_far) cpu=$(cpu_ticks)
  sleep "$seconds"
  kill -0 "${load[@]}" || { echo "$0: a redis-benchmark has ended, at $1 $2" >&2; exit 1; }
  cpu=$(($(cpu_ticks) - cpu)) puts=$(($(done_so_far) - puts)) took=$(($(date +%s%N) - begun))
  awk -v sweep="$1" -v value="$2" -v puts="$puts" -v ns="$took" -v cpu="$cpu" -v hz="$ticks" -v mb="$(memory_mb)" \
    'BEGIN { printf "%s,%s,%.0f,%.1f,%d\n", sweep, value, puts / (ns / 1e9), cpu / hz * 1e6 / puts, mb }' | tee -a "$out"
  stop_load
}

# Fill N: so many keys, in the form of redis-benchmark's, 500 a command.
fill() {
  python3 - "$1" <<'PY' | redis-cli -p 7001 --pipe >"$work/fill.log" 2>&1 || { cat "$work/fill.log" >&2; exit 1; }
import sys
keys, at_once, value = int(sys.argv[1]), 500, b"x" * 100
for first in range(0, keys, at_once):
    words = [b"MSET"]
    for key in range(first, min(first + at_once, keys)):
        words += [b"key:%012d" % key, value]
    sys.stdout.buffer.write(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words))
PY
}

sweep_replicas() {
  local n clients
  for n in 3 5 7; do
    cluster $n
    for clients in 1 64 256; do measure "replicas at $clients client$( ((clients == 1)) || echo s)" $n $clients 100 10000; done
  done
}

sweep_keys() {
  local keys
  cluster 5
  for keys in 1000 100000 10000000; do
    fill $keys
    measure keys $keys 64 100 $keys
  done
}

sweep_values() {
  local bytes
  cluster 5
  for bytes in 16 100 1024 4096 16384 65536; do measure 'bytes of a value' $bytes 64 $bytes 10000; done
}

sweep_clients() {
  local clients
  cluster 5
  for clients in 1 4 16 64 256 1024 4096; do measure clients $clients $clients 100 10000; done
}

[[ -s "$out" ]] || echo 'sweep,value,puts/s,cpu us/put,MB a replica' >"$out"
for sweep in "${sweeps[@]}"; do
  "sweep_$sweep"
done
