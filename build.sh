#!/usr/bin/env bash
# The one entrance to building, testing and running Playbook: ./build.sh help
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
logs="$root/TestResults"
configuration=Release
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

say() { printf '%s\n' "$*" >&2; }
fail() { say "build.sh: $*"; exit 2; }

help() {
  cat <<'TEXT'
Usage: ./build.sh COMMAND [ARGUMENTS]

  run [OPTIONS]      build, then serve; OPTIONS go to `playbook serve`. Ctrl+C stops it
  test [NAME…]       build, then run all tests, or those of the projects whose name contains a NAME
  validate [FOLDER]  check the playbooks in FOLDER (default: playbooks/)
  bench [OPTIONS]    measure speed; takes minutes and wants a quiet machine
  soak [NAME…]       run the long crash trials that `test` leaves out
  help               this text

Needs the .NET 10 SDK. On Debian and Ubuntu the system packages it lacks are installed with apt.
Exit codes: 0 done, 1 something failed, 2 wrong use or something is missing.
TEXT
}

# ---- what the machine must have --------------------------------------------------------------

has_icu() {
  [[ "$(uname -s)" == Darwin ]] || [[ "${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-}" =~ ^(1|true)$ ]] ||
    compgen -G '/usr/lib*/libicuuc.so.*' >/dev/null || compgen -G '/usr/lib/*/libicuuc.so.*' >/dev/null
}
has_certificates() { [[ -n "${SSL_CERT_FILE:-}${SSL_CERT_DIR:-}" || -e /etc/ssl/cert.pem ]] || compgen -G '/etc/ssl/certs/*' >/dev/null; }
has_zones() { [[ -e /usr/share/zoneinfo/Europe/Copenhagen ]]; }

apt_install() { # sudo may not ask for a password where nobody can answer
  local as=()
  if [[ "$(id -u)" != 0 ]]; then
    command -v sudo >/dev/null || fail "missing: $*. Cure: as root, run: apt-get install -y $*"
    as=(sudo); [[ -t 0 ]] || as+=(-n)
  fi
  say "Installing $* with apt …"
  { "${as[@]}" apt-get update -qq && "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; } </dev/null >&2 ||
    fail "apt could not install $*. Cure: run 'apt-get install $*' as root and look at its answer."
}

need_system_packages() {
  local missing=()
  has_icu || missing+=(libicu)
  has_certificates || missing+=(ca-certificates)
  has_zones || missing+=(tzdata)
  [[ ${#missing[@]} -eq 0 ]] && return
  command -v apt-get >/dev/null ||
    fail "missing: ${missing[*]} (ICU libraries: texts and dates; certificates: package downloads; time zones: sending hours). Cure: install them with this system's package manager."
  local packages=() name
  for name in "${missing[@]}"; do
    if [[ "$name" == libicu ]]; then # the package carries its version in its name
      name="$(apt-cache pkgnames libicu | grep -E '^libicu[0-9]+$' | sort -V | tail -1 || true)"
      name="${name:-libicu-dev}"
    fi
    packages+=("$name")
  done
  apt_install "${packages[@]}"
}

need_dotnet() {
  need_system_packages
  command -v dotnet >/dev/null ||
    fail "the command 'dotnet' is missing; the .NET 10 SDK (10.0.100 or later) builds everything here. Cure: install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
  (cd "$root" && dotnet --version) >/dev/null 2>&1 ||
    fail "no .NET 10 SDK (10.0.100 or later, as global.json asks) among: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' '). Cure: install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
}

# ---- building --------------------------------------------------------------------------------

# The log, not our output, goes to the compiler's servers: they outlive the build and would hold a pipe open.
build() { # PROJECT LOG-NAME
  local options=(-c "$configuration" -nologo -v quiet -consoleLoggerParameters:NoSummary)
  [[ -z "${CI:-}" ]] || options+=(--disable-build-servers)
  mkdir -p "$logs"
  (cd "$root" && dotnet build "$1" "${options[@]}") </dev/null >"$logs/$2.log" 2>&1
}

show_errors() { # LOG-NAME
  grep -E '(error|warning) [A-Z]+[0-9]+|error *:' "$logs/$1.log" | sed "s|$root/||g" | sort -u | head -40 >&2 || tail -20 "$logs/$1.log" >&2
}

build_or_stop() { # PROJECT LOG-NAME
  need_dotnet
  say "Building … (the first time takes a minute or two)"
  build "$1" "$2" || { show_errors "$2"; say "The build failed; all of it: TestResults/$2.log"; exit 1; }
}

server() { build_or_stop src/Playbook.Server build; playbook="$root/src/Playbook.Server/bin/$configuration/net10.0/playbook"; }

# ---- tests -----------------------------------------------------------------------------------

passed=0 failed=0 skipped=0

attribute() { sed -nE "s/.* $2=\"([0-9]+)\".*/\1/p" <<<"$1"; }

has_tests() { # PROJECT-FOLDER PATTERN
  grep -rqE --include='*.cs' --exclude-dir=bin --exclude-dir=obj "$2" "$1"
}

# Totals come from the report that the test program writes at its very end: without a whole report, nothing passed.
run_project() { # NAME OPTIONS…
  local name="$1" report="$logs/$1.xml" log="$logs/$1.log" code=0 head p f s
  shift
  rm -f "$report"
  (cd "$root" && "tests/$name/bin/$configuration/net10.0/$name" -result-xml "$report" -noLogo -noColor "$@") </dev/null >"$log" 2>&1 || code=$?
  head="$(grep -oE '<assembly [^>]*>' "$report" 2>/dev/null | head -1 || true)"
  p="$(attribute "$head" passed)" s="$(attribute "$head" skipped)" f="$(attribute "$head" failed)"
  f=$(( ${f:-0} + $(attribute "$head" errors || true)+0 )) p="${p:-0}" s="${s:-0}"
  if [[ -z "$head" ]]; then
    say "$name: the test program ended with code $code and left no report; its last lines:"; tail -20 "$log" >&2; f=1
  elif (( p + f + s == 0 )); then
    say "$name: has tests, but none was run"; f=1
  elif (( code != 0 && f == 0 )); then
    say "$name: every test passed, yet the test program ended with code $code; its last lines:"; tail -20 "$log" >&2; f=1
  elif (( f > 0 )); then
    awk '/^    [^ ]/ { failing = /\[FAIL\]$/ } /^(  )?[^ ]/ || /^   [^ ]/ { failing = 0 } failing' "$log" >&2
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  printf '%-28s %5d passed %4d failed %4d skipped\n' "$name" "$p" "$f" "$s"
}

tests() { # PATTERN-OF-A-TEST NAME… -- OPTIONS…
  local pattern="$1" names=() projects=() project name wanted whole=true
  shift
  while [[ $# -gt 0 && "$1" != -- ]]; do names+=("$1"); shift; done
  [[ $# -eq 0 ]] || shift
  for project in "$root"/tests/*.Tests/*.Tests.csproj; do
    name="$(basename "$project" .csproj)"
    for wanted in "${names[@]:-}"; do [[ "${name,,}" == *"${wanted,,}"* ]] && { projects+=("$name"); break; }; done
  done
  [[ ${#projects[@]} -gt 0 ]] || fail "no test project's name contains: ${names[*]}. There are: $(cd "$root/tests" && ls -d -- *.Tests | tr '\n' ' ')"

  need_dotnet
  say "Building … (the first time takes a minute or two)"
  if [[ ${#names[@]} -gt 0 ]] || ! build Playbook.sln build; then whole=false; fi
  say "Testing … (reports: TestResults/)"
  for name in "${projects[@]}"; do
    if ! has_tests "$root/tests/$name" "$pattern"; then
      printf '%-28s no such tests yet\n' "$name"
    elif ! $whole && ! build "tests/$name" "$name.build"; then
      failed=$((failed + 1)); say "$name: does not build (counted as one failure):"; show_errors "$name.build"
    else
      run_project "$name" "$@"
    fi
  done
  if ! $whole && [[ ${#names[@]} -eq 0 ]] && (( failed == 0 )); then
    failed=1; say "The solution does not build (counted as one failure):"; show_errors build
  fi

  (( passed > 0 || failed > 0 )) || say "No test was run, so nothing is shown to work: this counts as a failure."
  if (( skipped > 0 )); then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
  (( failed == 0 && passed > 0 )) || exit 1
}

# ---- commands --------------------------------------------------------------------------------

command="${1:-help}"
[[ $# -eq 0 ]] || shift
case "$command" in
  run)
    server
    cd "$root"
    exec "$playbook" serve "$@"
    ;;
  test)
    tests '\[[A-Za-z]*(Fact|Theory|Property)\b' "$@" --
    ;;
  soak)
    export PLAYBOOK_SOAK=1
    tests 'SoakFact\b|Trait\("Category", "Soak"\)' "$@" -- -trait Category=Soak
    ;;
  validate)
    [[ $# -gt 0 ]] || { set -- "$root/playbooks"; }
    [[ -d "$1" ]] || fail "there is no folder $1. Cure: name a folder that holds playbooks: ./build.sh validate FOLDER"
    server
    exec "$playbook" validate "$@"
    ;;
  bench)
    [[ -d "$root/tests/Playbook.Benchmarks" ]] || fail "there are no benchmarks here yet: tests/Playbook.Benchmarks is missing."
    build_or_stop tests/Playbook.Benchmarks bench
    cd "$root"
    exec "tests/Playbook.Benchmarks/bin/$configuration/net10.0/Playbook.Benchmarks" "$@"
    ;;
  help | -h | --help)
    help
    ;;
  *)
    help >&2
    fail "unknown command '$command'"
    ;;
esac
