#!/usr/bin/env bash
# Runs Synod's replicas on this machine: `./run-cluster.sh help` says how.
#
# A replica belongs to this script if its command line says so (-Dsynod.run and -Dsynod.id); a pid file
# only says where to look first. Starting, stopping and building each hold a lock.
set -euo pipefail

here="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
me="$(basename "${BASH_SOURCE[0]}")"
jar="$here/target/synod.jar"
conf="$(readlink -m "${SYNOD_CONF:-$here/conf/synod.conf}")"
run="$(readlink -m "${SYNOD_RUN:-$here/run}")"
archive="$here/target/replica.jsa"
console_archive="$here/target/console.jsa"
start_timeout="${SYNOD_START_TIMEOUT:-60}"
export SYNOD_RUN="$run" SYNOD_CONF="$conf"

usage() {
  cat <<END
usage: $me [COMMAND]

  (none)         start everything, then open the console
  start [N]      start all replicas, or replica N; waits until the store serves (with --no-wait
                 behind N: does not); one that is paused goes on
  stop [N]       stop all, or replica N, in order: what has not ended after 10 s is killed
  restart        stop, then start
  kill N         kill -9 of replica N
  pause N        stop replica N's process where it is (SIGSTOP): it answers nobody, and keeps all
  resume N       let it go on (SIGCONT)
  status         one table of all replicas; exit code 0 all serve, 1 some are missing and the
                 store serves, 2 replicas run but the store does not serve, 3 none runs
                 (--json: as one JSON object)
  console        open the console; with commands on standard input, do these
  exec CMD...    do console commands: $me exec 'put a 1' 'get a'; exit code 1 if one fails
  demo           show what Synod does, in about a minute
  restore DIR [N] [--cluster-id ID]
                 make the data directories of all replicas, or of replica N, of a backup (console:
                 'backup DIR'); nothing may run, and the directories must be empty
  check FILE     whether a recorded history is linearizable; exit code 1 if it is not
  simulate       whole replicas in one thread, with every fault, by a seed: --seeds N | --seconds N |
                 --seed N | --script FILE, the last two with --transcript, --step (Enter shows
                 the next line), --svg FILE (a diagram), --ladder (one of text); exit code 1 if an
                 invariant does not hold
  compare        one crash under two-phase commit and under Paxos: --seed N | --crash-ms N |
                 --back-ms N | --svg FILE
  logs [N]       the last lines of the logs, or of replica N's
  clean          stop all and delete data, logs and process ids
  replica N      run replica N in the foreground (systemd, containers)
  help           this text

environment:
  SYNOD_CONF       configuration file              ($conf)
  SYNOD_RUN        data, logs and process ids      ($run)
  SYNOD_DATA       data directory of the one replica of \`replica N\`
  SYNOD_JAVA_OPTS  further JVM options; they win over those of this script
  JAVA_HOME        the JDK to use, 17 or newer
  NO_COLOR         no colours, if set
END
}

say() { printf '%s\n' "$*"; }

die() {
  printf '%s: %s\n' "$me" "$1" >&2
  exit "${2:-1}"
}

now_ms() { local t=${EPOCHREALTIME//[^0-9]/}; printf '%s' "${t%???}"; }

seconds_since() {
  local ms=$(($(now_ms) - $1))
  printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}

# --- Java, the build, the class-data archives ----------------------------------------------------

java=java
java_major=0

need_java() {
  [[ -z "${JAVA_HOME:-}" ]] || java="$JAVA_HOME/bin/java"
  java="$(command -v "$java")" ||
    die "no Java found: install a JDK 17 or newer (Debian: apt install openjdk-17-jdk-headless), or set JAVA_HOME" 2
  local release version=""
  release="$(dirname "$(dirname "$(readlink -f "$java")")")/release"
  if [[ -r "$release" ]]; then
    version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")"
  else
    version="$("$java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')"
  fi
  [[ "$version" =~ ^[0-9]+$ ]] || die "cannot tell the version of $java" 2
  ((version >= 17)) || die "$java is Java $version; Synod needs 17 or newer: set JAVA_HOME" 2
  java_major=$version
}

is_built() {
  [[ -f "$jar" && -d "$here/target/lib" ]] &&
    [[ -z "$(find "$here/src/main" "$here/pom.xml" -newer "$jar" -print -quit)" ]]
}

# Builds what is not there at all.
need_jar() { [[ -f "$jar" && -d "$here/target/lib" ]] || need_build; }

# Builds if need be, under a lock on the directory itself. Not while replicas run: a JVM whose jar is
# replaced under it falls over classes that it has not loaded yet.
need_build() {
  is_built && return
  if [[ -f "$jar" && -n "$(all_pids)" ]]; then
    say "the sources are newer than target/synod.jar, which runs: '$me restart' builds and takes the new one"
    return
  fi
  exec 8<"$here"
  lock 8 300 "another build runs in $here"
  if ! is_built; then
    command -v mvn >/dev/null || die "Maven is needed to build Synod: install it (Debian: apt install maven)" 2
    "$java" --list-modules | grep -q '^jdk.compiler@' || die "$java has no compiler: install a JDK, not a JRE" 2
    say "building target/synod.jar (a first time takes minutes: Maven fetches what it needs) ..."
    local began
    began="$(now_ms)"
    (cd "$here" && mvn -B -q -DskipTests package) >&2 || die "the build failed: what Maven says stands above"
    # Maven leaves the jar alone if only its contents' dates changed.
    touch "$jar"
    say "built in $(seconds_since "$began")"
  fi
  exec 8<&-
}

lock() {
  command -v flock >/dev/null || return 0
  flock -w "$2" "$1" || die "$3 and has not ended after $2 s"
}

classpath() {
  local lib
  printf '%s' "$jar"
  for lib in "$here"/target/lib/*.jar; do
    printf ':%s' "$lib"
  done
}

declare -a jvm=()

# Five replicas share a laptop: a small heap, the smallest collector, small stacks, no files in /tmp. What is
# young has room, since what a command leaves behind is dead at the next collection.
replica_jvm() {
  jvm=(
    -XX:+UseSerialGC -Xms96m -Xmn64m -Xmx256m -Xss512k -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData
    "-XX:ErrorFile=$run/logs/hs_err_%p.log" -Xlog:disable -Xlog:all=error:stderr
    # What counts its calls to be compiled in full later runs at half the speed meanwhile: three times as soon as
    # by default costs a tenth of a start, and brings a third in the first minutes.
    -XX:Tier4InvocationThreshold=1500 -XX:Tier4MinInvocationThreshold=300 -XX:Tier4CompileThreshold=5000
    # Flight recorder events of libraries cost each start a third of a second.
    -Dakka.java-flight-recorder.enabled=false -Dio.netty.jfr.enabled=false
    "-Dlogback.configurationFile=$here/conf/logback.xml" "-Dsynod.logs=$run/logs"
  )
  # RocksDB and JLine are native, Akka and Netty use Unsafe: known, and no news to a person.
  ((java_major < 22)) || jvm+=(--enable-native-access=ALL-UNNAMED)
  ((java_major < 23)) || jvm+=(--sun-misc-unsafe-memory-access=allow)
}

# Adds the options of SYNOD_JAVA_OPTS; of two equal ones the JVM takes the last.
user_jvm() {
  local -a more=()
  read -r -a more <<<"${SYNOD_JAVA_OPTS:-}"
  jvm+=("${more[@]}")
}

use_archive() {
  [[ ! "$1" -nt "$jar" ]] || jvm+=(-Xshare:auto "-XX:SharedArchiveFile=$1")
}

# A class-data archive holds the classes that a short life of one of two replicas has loaded, so that five
# do not parse and verify them five times. Synod starts without it as well.
need_archives() {
  [[ "$archive" -nt "$jar" && "$console_archive" -nt "$jar" ]] && return
  [[ -z "${SYNOD_NO_ARCHIVE:-}" ]] || return 0
  exec 8<"$here"
  lock 8 300 "another start prepares $here"
  if [[ ! "$archive" -nt "$jar" || ! "$console_archive" -nt "$jar" ]]; then
    local began
    began="$(now_ms)"
    printf 'preparing quick starts (a class-data archive in target/, once a build) ... '
    if train; then
      say "done in $(seconds_since "$began")"
    else
      say "not possible here: starts will be slower"
      touch "$archive" "$console_archive"
    fi
  fi
  exec 8<&-
}

trainee=""
mate=""
school=""

end_training() {
  [[ -z "$trainee" ]] || kill -KILL "$trainee" 2>/dev/null || true
  [[ -z "$mate" ]] || kill -KILL "$mate" 2>/dev/null || true
  [[ -z "$school" ]] || rm -rf "$school"
  trainee="" mate="" school=""
}

train() {
  local port tries served=""
  school="$(mktemp -d "$here/target/training.XXXXXX")"
  trap end_training EXIT
  port="$(free_ports 6)"
  say "cluster = training
replicas = [
  { id = 1, host = 127.0.0.1, artery-port = $((port + 1)), link-port = $((port + 2)), door-port = $port }
  { id = 2, host = 127.0.0.1, artery-port = $((port + 4)), link-port = $((port + 5)), door-port = $((port + 3)) }
]" >"$school/two.conf"
  replica_jvm
  pupil 1 "-XX:ArchiveClassesAtExit=$archive"
  trainee=$!
  pupil 2
  mate=$!
  for ((tries = 0; tries < 300; tries++)); do
    ! serves 127.0.0.1 "$port" || { served=yes && break; }
    kill -0 "$trainee" 2>/dev/null || break
    sleep 0.1
  done
  # Of one that does not serve the classes are not those of a replica.
  [[ -n "$served" ]] || { end_training && return 1; }
  train_console "1@127.0.0.1:$port" || true
  kill -TERM "$trainee" "$mate" 2>/dev/null || true
  wait "$trainee" "$mate" || true
  trainee="" mate=""
  end_training
  [[ -s "$archive" && -s "$console_archive" ]]
}

# A replica of the training cluster, with more options of the JVM.
pupil() {
  SYNOD_CONF="$school/two.conf" SYNOD_DATA="$school/data-$1" "$java" "${jvm[@]}" "${@:2}" "-Dsynod.logs=$school" -Dsynod.stdout=OFF "-Dsynod.id=$1" \
    -cp "$(classpath)" synod.Main "$school/two.conf" "$1" </dev/null >"$school/out-$1" 2>&1 &
}

train_console() {
  console_jvm
  "$java" "${jvm[@]}" "-XX:ArchiveClassesAtExit=$console_archive" -cp "$(console_classpath)" \
    synod.console.Main --replicas "$1" --run "$school" --launcher "$here/$me" train \
    >/dev/null 2>&1 </dev/null
}

# Prints the first of N free ports in a row.
free_ports() {
  local port next taken
  taken=" $(ss -Hltn 2>/dev/null | awk '{ sub(/.*:/, "", $4); printf "%s ", $4 }' || true)"
  port=$((20000 + RANDOM % 10000))
  for ((next = port; next < port + $1; next++)); do
    [[ "$taken" != *" $next "* ]] || port=$((next + 1))
  done
  printf '%s' "$port"
}

# --- the configured replicas ---------------------------------------------------------------------

declare -a ids=()
declare -A host=() artery=() link=() door=()

# Asks the JVM for the replicas, and remembers the answer while neither configuration nor jar is newer.
need_replicas() {
  local memo="$run/replicas" line
  local -a word
  mkdir -p "$run/logs" "$run/pids"
  if [[ ! "$memo" -nt "$conf" || ! "$memo" -nt "$jar" || "$(head -n 1 "$memo")" != "conf $conf" ]] ||
    grep -Eq 'include|\$\{' "$conf"; then
    [[ -r "$conf" ]] || die "there is no configuration file $conf: SYNOD_CONF names another" 2
    line="$("$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(classpath)" \
      synod.replica.PrintSettings "$conf" --brief)" || die "$conf cannot be used: see above" 2
    printf 'conf %s\n%s\n' "$conf" "$line" >"$memo.new"
    mv "$memo.new" "$memo"
  fi
  ids=()
  while read -r -a word; do
    [[ "${word[0]}" == replica ]] || continue
    ids+=("${word[1]}")
    host[${word[1]}]="${word[2]}" artery[${word[1]}]="${word[3]}"
    link[${word[1]}]="${word[4]}" door[${word[1]}]="${word[5]}"
  done <"$memo"
}

need_id() {
  [[ -n "${1:-}" ]] || die "which replica? One of: ${ids[*]}" 2
  [[ -n "${door[$1]:-}" ]] || die "no replica '$1' is configured in $conf; one of: ${ids[*]}" 2
}

# --- processes -----------------------------------------------------------------------------------

# Prints the process id of replica N, if it runs. The pid file is checked: ids are used again.
pid_of() {
  local pid=""
  [[ ! -r "$run/pids/$1.pid" ]] || read -r pid <"$run/pids/$1.pid" || true
  if [[ "$pid" =~ ^[0-9]+$ ]] && is_ours "$1" "$(ps -ww -o args= -p "$pid" || true)"; then
    printf '%s' "$pid"
  fi
}

is_ours() { [[ "$2" == *" -Dsynod.run=$run -Dsynod.id=$1 "* ]]; }

# Prints every process of this run directory, also those that have lost their pid file.
all_pids() {
  ps -ww -eo pid=,args= | awk -v mark=" -Dsynod.run=$run -Dsynod.id=" 'index($0, mark) && !/awk -v mark/ { print $1 }'
}

lock_run() {
  mkdir -p "$run"
  exec 9>"$run/lock"
  lock 9 90 "another $me works on $run"
}

launch() {
  local id="$1"
  replica_jvm
  use_archive "$archive"
  user_jvm
  setsid "$java" "${jvm[@]}" -Dsynod.stdout=OFF "-Dsynod.run=$run" "-Dsynod.id=$id" -cp "$(classpath)" \
    synod.Main "$conf" "$id" </dev/null >"$run/logs/replica-$id.out" 2>&1 9>&- &
  printf '%s\n' $! >"$run/pids/$id.pid"
}

need_ports() {
  local id="$1" port owner
  command -v ss >/dev/null || return 0
  for port in "${door[$id]}" "${link[$id]}" "${artery[$id]}"; do
    owner="$(ss -Hltnp "sport = :$port" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1 (pid \2)/p' | head -n 1)"
    [[ -n "$owner" ]] || [[ -z "$(ss -Hltn "sport = :$port" 2>/dev/null)" ]] || owner="another user's process"
    [[ -z "$owner" ]] ||
      die "replica $id cannot start: port $port is taken by $owner; end that, or change the ports in $conf"
  done
}

# One request and the first line of its answer, over bash's own socket.
ask() {
  local answer=""
  exec 7<>"/dev/tcp/$1/$2" || return 1
  if printf '%s\r\n' "$3" >&7; then
    IFS= read -r -t "${4:-2}" answer <&7 || true
  fi
  exec 7>&-
  printf '%s' "${answer%$'\r'}"
}

answers() { [[ "$(ask "$1" "$2" 'SYNOD LEADER' 2>/dev/null)" == :* ]]; }

# The store serves when a leader is known and a put came through; the key is taken away again.
serves() {
  answers "$1" "$2" || return 1
  [[ "$(ask "$1" "$2" 'SET synod:start 1' 12 2>/dev/null)" == +OK ]] || return 1
  ask "$1" "$2" 'DEL synod:start' >/dev/null 2>&1
}

last_words() {
  local id="$1"
  printf '%s: replica %s has ended. Its last words (%s):\n' "$me" "$id" "$run/logs/replica-$id.out" >&2
  if [[ -s "$run/logs/replica-$id.out" ]]; then
    tail -n 12 "$run/logs/replica-$id.out" >&2
  else
    tail -n 12 "$run/logs/replica-$id.log" >&2 || true
  fi
}

# --- commands ------------------------------------------------------------------------------------

prepare() {
  need_java
  need_build
  need_archives
  need_replicas
}

start() {
  local began id
  local -a wanted=()
  prepare
  if [[ -n "${1:-}" ]]; then need_id "$1" && wanted=("$1"); else wanted=("${ids[@]}"); fi
  [[ -z "${SYNOD_DATA:-}" ]] || die "SYNOD_DATA is one replica's directory: use it with '$me replica N', and SYNOD_RUN here" 2
  lock_run
  local -a fresh=()
  for id in "${wanted[@]}"; do
    if [[ -n "$(pid_of "$id")" ]]; then already "$id"; else fresh+=("$id"); fi
  done
  for id in "${fresh[@]}"; do need_ports "$id"; done
  began="$(now_ms)"
  for id in "${fresh[@]}"; do launch "$id"; done
  if [[ "${2:-}" == --no-wait ]]; then
    say "replica ${wanted[*]} starts"
    return
  fi
  await "$began" "${wanted[@]}"
}

# Of a replica that is to be started and runs: a paused one would be waited for in vain.
already() {
  if is_paused "$1"; then resume_one "$1"; else say "replica $1 runs already"; fi
}

# Waits until the store serves, then until each replica of the list answers.
await() {
  local began="$1" id serving="" missing=0
  shift
  local -a open=("$@") left
  while ((${#open[@]})); do
    left=()
    for id in "${open[@]}"; do
      if [[ -z "$serving" ]] && serves "${host[$id]}" "${door[$id]}"; then
        serving="$(seconds_since "$began")"
      elif [[ -n "$serving" ]] && answers "${host[$id]}" "${door[$id]}"; then
        :
      elif [[ -z "$(pid_of "$id")" ]]; then
        last_words "$id"
        missing=$((missing + 1))
      else
        left+=("$id")
      fi
    done
    open=("${left[@]}")
    ((${#open[@]} == 0)) || (($(now_ms) - began < start_timeout * 1000)) || break
    ((${#open[@]} == 0)) || sleep 0.05
  done
  for id in "${open[@]}"; do
    printf '%s: replica %s does not serve after %s s; its log ends with:\n' "$me" "$id" "$start_timeout" >&2
    tail -n 8 "$run/logs/replica-$id.log" >&2 || true
  done
  [[ -n "$serving" ]] || die "the store does not serve: a majority of the replicas must run and reach each other"
  ((missing + ${#open[@]} == 0)) || die "the store serves since $serving, but not every replica does"
  if (($# == 1)); then
    say "replica $1 serves: first put after $serving"
  else
    say "the store serves: first put after $serving, all $# replicas after $(seconds_since "$began")"
  fi
}

stop() {
  local pid
  local -a pids=()
  lock_run
  if [[ -n "${1:-}" ]]; then
    need_java && need_replicas && need_id "$1"
    pid="$(pid_of "$1")"
    [[ -z "$pid" ]] || pids=("$pid")
  else
    mapfile -t pids < <(all_pids)
  fi
  if ((${#pids[@]} == 0)); then
    say "nothing runs"
  else
    end "${pids[@]}"
  fi
  if [[ -n "${1:-}" ]]; then rm -f "$run/pids/$1.pid"; else rm -f "$run"/pids/*.pid; fi
}

# TERM, ten seconds, KILL.
end() {
  local pid tries
  local -a left=("$@")
  kill -TERM "$@" 2>/dev/null || true
  # A paused process ends only once it goes on.
  kill -CONT "$@" 2>/dev/null || true
  for ((tries = 0; tries < 200 && ${#left[@]} > 0; tries++)); do
    sleep 0.05
    mapfile -t left < <(still "${left[@]}")
  done
  if ((${#left[@]} > 0)); then
    say "killing what did not end within 10 s: ${left[*]}"
    kill -KILL "${left[@]}" 2>/dev/null || true
    for ((tries = 0; tries < 100 && ${#left[@]} > 0; tries++)); do
      sleep 0.05
      mapfile -t left < <(still "${left[@]}")
    done
  fi
  say "stopped: $# $( (($# == 1)) && printf process || printf processes)"
}

# Of the given processes, those that live; a zombie does not.
still() {
  local pid
  for pid in "$@"; do
    case "$(ps -o stat= -p "$pid" || true)" in '' | Z*) ;; *) printf '%s\n' "$pid" ;; esac
  done
}

kill_one() {
  local pid
  need_java && need_jar && need_replicas && need_id "${1:-}"
  lock_run
  pid="$(pid_of "$1")"
  [[ -n "$pid" ]] || die "replica $1 does not run: '$me start $1' starts it"
  kill -KILL "$pid"
  while [[ -n "$(still "$pid")" ]]; do sleep 0.02; done
  rm -f "$run/pids/$1.pid"
  say "replica $1 (pid $pid) is killed; '$me start $1' starts it again"
}

is_paused() { case "$(ps -o stat= -p "$(pid_of "$1")" 2>/dev/null || true)" in T*) ;; *) return 1 ;; esac; }

pause_one() {
  signal_one STOP "${1:-}"
  say "replica $1 is paused; '$me resume $1' lets it go on"
}

resume_one() {
  signal_one CONT "${1:-}"
  say "replica $1 goes on"
}

signal_one() {
  local pid
  need_java && need_jar && need_replicas && need_id "$2"
  pid="$(pid_of "$2")"
  [[ -n "$pid" ]] || die "replica $2 does not run: '$me start $2' starts it"
  kill "-$1" "$pid"
}

replica() {
  need_java
  need_jar
  [[ $# == 1 ]] || die "which replica? usage: $me replica N" 2
  mkdir -p "$run/logs"
  replica_jvm
  use_archive "$archive"
  user_jvm
  exec "$java" "${jvm[@]}" "-Dsynod.id=$1" -cp "$(classpath)" synod.Main "$conf" "$1"
}

console_classpath() {
  local lib
  printf '%s' "$jar"
  for lib in "$here"/target/lib/{jline,HdrHistogram}-[0-9]*.jar; do
    printf ':%s' "$lib"
  done
}

console_jvm() {
  jvm=(-XX:+UseSerialGC -Xmx96m -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr)
  ((java_major < 22)) || jvm+=(--enable-native-access=ALL-UNNAMED)
}

console() {
  local id width list=""
  need_java
  need_jar
  need_replicas
  for id in "${ids[@]}"; do list+="${list:+,}$id@${host[$id]}:${door[$id]}"; done
  local -a options=(--replicas "$list" --run "$run" --launcher "$here/$me")
  if [[ -t 1 ]]; then
    width="$({ stty size </dev/tty; } 2>/dev/null || true)"
    [[ -z "$width" ]] || options+=(--width "${width#* }")
    [[ -n "${NO_COLOR:-}" || "${TERM:-dumb}" == dumb ]] || options+=(--colour)
  fi
  console_jvm
  use_archive "$console_archive"
  exec 9>&-
  "$java" "${jvm[@]}" -cp "$(console_classpath)" synod.console.Main "${options[@]}" "$@"
}

demo() {
  need_java
  need_jar
  need_replicas
  [[ -n "$(all_pids)" ]] || start
  console demo
}

# Makes data directories of a backup. Who runs on the old ones would go on with another history.
restore() {
  [[ -n "${1:-}" ]] || die "which backup? usage: $me restore DIR [N] [--cluster-id ID]" 2
  need_java
  need_jar
  need_replicas
  lock_run
  [[ -z "$(all_pids)" ]] || die "replicas run: stop them first ('$me stop'), and move their data away (it lies in $run/data, unless configured otherwise)"
  replica_jvm
  user_jvm
  "$java" "${jvm[@]}" -cp "$(classpath)" synod.replica.Restore "$conf" "$@" 9>&- || exit $?
  say "'$me start' starts on it"
}

# A history has one line for each thing that a client asked; see synod.check.HistoryFile.
check() {
  [[ $# == 1 ]] || die "which history? usage: $me check FILE" 2
  need_java
  need_build >&2
  "$java" -Xshare:auto -XX:+UseSerialGC -XX:-UsePerfData -cp "$jar" synod.check.Main "$1"
}

# The replicas' own roles over a simulated network, disks and clocks; see synod.sim.
simulate() {
  need_java
  need_build >&2
  "$java" -XX:+UseSerialGC -XX:-UsePerfData -cp "$(classpath)" synod.sim.Main "$@"
}

# One crash under two-phase commit and under Paxos; see synod.sim.CompareMain.
compare() {
  need_java
  need_build >&2
  "$java" -XX:+UseSerialGC -XX:-UsePerfData -cp "$(classpath)" synod.sim.CompareMain "$@"
}

logs() {
  need_java
  need_jar
  need_replicas
  if [[ -n "${1:-}" ]]; then
    need_id "$1"
    [[ -r "$run/logs/replica-$1.log" ]] || die "replica $1 has no log in $run/logs yet"
    tail -n 40 "$run/logs/replica-$1.log"
  else
    for id in "${ids[@]}"; do
      [[ ! -r "$run/logs/replica-$id.log" ]] || tail -n 40 "$run/logs/replica-$id.log"
    done | sort -s -k1,2 | tail -n 60
  fi
}

clean() {
  stop
  rm -rf -- "$run/data" "$run/logs" "$run/pids" "$run/replicas" "$run/history"
  say "deleted data and logs in $run"
}

everything() {
  start
  if [[ -t 0 && -t 1 ]]; then
    console
  else
    console status || true
    say
    say "The replicas run in the background. Go on with:"
    say "  $0 console                       a console"
    say "  $0 exec 'put a 1' 'get a'        commands"
    say "  redis-cli -p ${door[${ids[0]}]} get a            any Redis client, on any replica"
    say "  $0 stop                          end"
  fi
}

main() {
  local command="${1:-everything}"
  (($# == 0)) || shift
  case "$command" in
    everything) everything ;;
    start) start "$@" ;;
    stop) stop "$@" ;;
    restart) stop "$@" && start "$@" ;;
    kill) kill_one "$@" ;;
    pause) pause_one "$@" ;;
    resume) resume_one "$@" ;;
    status) console status "$@" ;;
    console) if [[ -t 0 && -t 1 ]]; then console; else console script; fi ;;
    exec)
      (($# > 0)) || die "exec needs commands, such as: $me exec 'put a 1' 'get a'" 2
      console exec "$@"
      ;;
    demo) demo ;;
    restore) restore "$@" ;;
    check) check "$@" ;;
    simulate) simulate "$@" ;;
    compare) compare "$@" ;;
    logs) logs "$@" ;;
    clean) clean ;;
    replica) replica "$@" ;;
    help | -h | --help) usage ;;
    *) die "there is no command '$command': '$me help' names them all" 2 ;;
  esac
}

main "$@"
