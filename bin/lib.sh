# shellcheck shell=bash
# The functions that several of the commands in this folder use. Each command reads this file first.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
logs="$root/target/everwire"

usage() {
  "$root/everwire" help
}

# Ends with a message: the machine lacks something, or a step failed.
die() {
  printf 'everwire: %s\n' "$1" >&2
  exit 1
}

# Ends with a message and the usage: the command line is wrong.
misused() {
  printf 'everwire: %s\n\n' "$1" >&2
  usage >&2
  exit 2
}

say() {
  printf '%s\n' "$*"
}

# --- tools ---------------------------------------------------------------------------------------------------------

tool() {
  if [ -n "${JAVA_HOME:-}" ]; then
    printf '%s/bin/%s' "$JAVA_HOME" "$1"
  else
    command -v "$1" || printf '%s' "$1"
  fi
}

# Prints the feature version of a java or javac, or 0 if it does not run.
java_version() {
  local text
  text="$("$1" -version 2>&1)" || text=""
  text="$(printf '%s\n' "$text" | sed -nE 's/^(javac |[a-z]+ version ")([0-9]+).*/\2/p' | head -n 1)"
  printf '%s' "${text:-0}"
}

require_java() {
  local version
  version="$(java_version "$(tool java)")"
  [ "$version" -ge 17 ] || die "needs Java 17 or later, but $(tool java) is $(found "$version")."
}

require_jdk() {
  local version
  version="$(java_version "$(tool javac)")"
  [ "$version" -ge 17 ] || die "needs a JDK of version 17 or later, but $(tool javac) is $(found "$version")."
}

require_node() {
  local version
  version="$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null)" || version=0
  [ "$version" -ge 20 ] || die "needs Node.js 20 or later, but node is $(found "$version")."
  command -v npm >/dev/null || die "needs npm beside Node.js, but npm is missing."
}

found() {
  if [ "$1" = 0 ]; then printf 'missing'; else printf 'version %s' "$1"; fi
}

# Prints the version of the project whose POM is given.
project_version() {
  sed -nE 's|^  <version>([^<]+)</version>.*|\1|p' "$1" | head -n 1
}

# --- building ------------------------------------------------------------------------------------------------------

# Reads the log of Maven and prints one line for each module, stage and test class.
progress() {
  local line downloads=0
  while IFS= read -r line; do
    case "$line" in
      "Downloaded from "* | "[INFO] Downloaded from "*)
        downloads=$((downloads + 1))
        if [ $((downloads % 100)) = 0 ]; then say "    $downloads files downloaded"; fi
        ;;
      "[INFO] Building Everwire"*"["*"]")
        line="${line#\[INFO\] Building }"
        say "  ${line/ [0-9]*\[/ [}"
        ;;
      "[INFO] --- compiler:"*":compile "*) say "    compiling" ;;
      "[INFO] --- exec:"*) say "    packing the client files" ;;
      "[INFO] Tests run: "*" -- in "* | "[WARNING] Tests run: "*" -- in "* | "[ERROR] Tests run: "*" -- in "*)
        say "    ${line#*\] }"
        ;;
    esac
  done
}

# Runs Maven. The first argument is the file for its complete output.
maven() {
  local log="$1"
  shift
  mkdir -p "$logs"
  # The wrapper looks for its settings beside itself, but Maven for its project in the current folder.
  (cd "$root" && ./mvnw -B -Dstyle.color=never "$@" </dev/null 2>&1) | tee "$log" | progress
}

# Prints the causes of a failure from a log: errors with the lines that belong to them, the compiler's warnings (under
# -Werror the error mentions only that it had some), and the complete output of the packing script.
show_failure() {
  local reasons
  reasons="$(awk '
    /^\[ERROR\] To see the full stack trace/ { exit }
    /^\[INFO\] --- / { packing = /--- exec:/ }
    /^\[ERROR\] *$/ { next }
    /^\[ERROR\]/ || /^\[WARNING\] .*\.java:/ { print; belonging = 15; next }
    /^\[/ { belonging = 0; next }
    /^    at / { next }
    packing || belonging-- > 0
  ' "$1" | sed -n 1,300p)"
  if [ -z "$reasons" ]; then reasons="$(tail -n 60 "$1")"; fi
  printf '\n%s\n\n' "$reasons" >&2
}

# Packages the benchmarks or the examples with the modules that they need.
package_module() {
  local module="$1" log="$2"
  # Tests are compiled but not run: the tests of other modules depend on the protocol's test-jar.
  if ! maven "$log" package -pl "$module" -am -DskipTests \
    -Dspotless.apply.skip -Dspotless.check.skip '-P!static-analysis'; then
    show_failure "$log"
    die "the build failed; the complete log is $log"
  fi
}

# --- examples ------------------------------------------------------------------------------------------------------

# Prints a checksum of the names and contents of all sources.
sources_checksum() {
  (
    cd "$root"
    find pom.xml ./*/pom.xml ./*/src ./servlet/*/pom.xml ./servlet/*/src client-files/npm -name node_modules -prune -o -type f -exec cksum {} + |
      LC_ALL=C sort | cksum
  )
}

# Packages a module with those that it needs, unless no source has changed since. Afterwards, its stamp is in its target/.
build_once() {
  local module="$1" text="$2" stamp="$root/$1/target/$1.stamp" sources log="$logs/$1.log"
  sources="$(sources_checksum)"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sources" ]; then return; fi
  require_jdk
  require_node
  say "Building $text (the first time may take a few minutes; log: ${log#"$root"/})"
  package_module "$module" "$log"
  printf '%s\n' "$sources" >"$stamp"
}

build_examples() {
  build_once examples "the examples"
}

# Builds the hosts of ./everwire conformance --host, if necessary.
build_hosts() {
  build_once host-conformance "the servers in containers"
}

# Builds the examples if necessary, and becomes one of their programs.
run_example() {
  local program="$1"
  shift
  require_java
  build_examples
  exec "$(tool java)" --enable-native-access=ALL-UNNAMED \
    -cp "$root/examples/target/everwire-examples.jar:$root/examples/target/lib/*" \
    "io.everwire.examples.$program" "$@"
}

# --- servers of Debian ---------------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

# Unpacks a server without installing it: once installed, it would serve port 80, or that of Redis, from then on.
# unpack NAME PROGRAM PACKAGE…
unpack() {
  local name="$1" program="$2" folder="$root/target/$1" log="$logs/$1.log"
  shift 2
  if [ -x "/$program" ] || [ -x "$folder/$program" ]; then return; fi
  command -v apt-get >/dev/null || die "needs $name, and there is no apt-get here to fetch it."
  say "Unpacking $name (log: ${log#"$root"/})"
  mkdir -p "$logs" "$folder"
  if ! fetch_into "$folder" "$@" >"$log" 2>&1 </dev/null; then
    # A fresh machine has no lists of packages.
    if ! { as_root apt-get update && fetch_into "$folder" "$@"; } >>"$log" 2>&1 </dev/null; then
      tail -n 20 "$log" >&2
      die "could not fetch $name; the complete log is $log"
    fi
  fi
  LD_LIBRARY_PATH="$(find "$folder" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd :)" \
    "$folder/$program" -v >>"$log" 2>&1 || die "unpacked $name, but it does not run; the complete log is $log"
}

# Downloads packages and unpacks them into a folder.
fetch_into() {
  local folder="$1" package
  shift
  (cd "$folder" && rm -f ./*.deb && apt-get download "$@") || return 1
  for package in "$folder"/*.deb; do
    dpkg-deb -x "$package" "$folder" || return 1
  done
}

unpack_nginx() {
  unpack nginx usr/sbin/nginx nginx
}

unpack_redis() {
  unpack redis usr/bin/redis-server redis-tools redis-server libatomic1 libjemalloc2 liblzf1
}

# --- npm and JDKs --------------------------------------------------------------------------------------------------

# Installs the npm packages of a folder, unless its package-lock.json is the one of the last time.
install_npm_packages() {
  local folder="$root/$1" log="$logs/npm.log" stamp lock
  [ -f "$folder/package-lock.json" ] || die "$1/package-lock.json is missing."
  stamp="$folder/node_modules/.everwire-lock"
  lock="$(cksum <"$folder/package-lock.json")"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ]; then return; fi

  say "Installing the npm packages of $1 (log: ${log#"$root"/})"
  mkdir -p "$logs"
  if ! (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    die "could not install the npm packages; the complete log is $log"
  fi
  mkdir -p "$folder/node_modules"
  printf '%s\n' "$lock" >"$stamp"
}

# Prints the home of the newest JDK under /usr/lib/jvm, or nothing if it is not newer than the given version and 20.
newer_jdk() {
  local newest="$1" home="" javac version
  if [ "$newest" -lt 20 ]; then newest=20; fi
  for javac in /usr/lib/jvm/*/bin/javac; do
    [ -x "$javac" ] || continue
    version="$(java_version "$javac")"
    if [ "$version" -gt "$newest" ]; then
      newest="$version"
      home="${javac%/bin/javac}"
    fi
  done
  printf '%s' "$home"
}
