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
  bench [OPTIONS]    measure speed; takes minutes and wants a quiet machine. A part alone: memory, durable, outbox, metrics
  bench studio       measure how fast the designer opens, and what goes over the wire
  bench day          measure how soon the next step is on screen, with 50,000 of them open
  pictures           take the pictures of README.md anew, from a demo company
  soak [NAME…]       run the long crash trials that `test` leaves out
  help               this text

Needs the .NET 10 SDK, Node.js with npm for the designer (Elsa Studio), Chromium for the browser tests.
On Debian and Ubuntu the system packages it lacks are installed with apt.
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

as_root() { # sudo may not ask for a password where nobody can answer
  local as=()
  if [[ "$(id -u)" != 0 ]]; then
    command -v sudo >/dev/null || return 1
    as=(sudo); [[ -t 0 ]] || as+=(-n)
  fi
  "${as[@]}" "$@"
}

apt_install() {
  [[ "$(id -u)" == 0 ]] || command -v sudo >/dev/null || fail "missing: $*. Cure: as root, run: apt-get install -y $*"
  say "Installing $* with apt …"
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; } </dev/null >&2 ||
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

need_command() { # COMMAND WHAT-FOR PACKAGE…
  local name="$1" why="$2"
  shift 2
  command -v "$name" >/dev/null && return
  if command -v apt-get >/dev/null; then (apt_install "$@") && command -v "$name" >/dev/null && return; fi
  say "The command '$name' is missing; it $why. Cure: install it ($*) with this system's package manager and run this again."
  return 1
}

# ---- packages from npm -----------------------------------------------------------------------

studio=src/Playbook.Server/Studio
editor=src/Playbook.Server/Pages/Designer/Editor
charts=src/Playbook.Server/Pages/Measures/Charts
browser=tests/Playbook.Browser.Tests

# Fetched again only where the lock file is another one than that of the last time.
npm_packages() { # FOLDER
  local lock="$root/$1/package-lock.json" fetched="$root/$1/node_modules/.fetched-lock.json"
  cmp -s "$lock" "$fetched" && return
  need_command npm "fetches Elsa Studio and the browser tests' packages" nodejs npm || return 1
  say "Fetching the packages of $1 with npm …"
  mkdir -p "$logs"
  if ! (cd "$root/$1" && npm ci --no-audit --no-fund) </dev/null >"$logs/npm.log" 2>&1; then
    tail -5 "$logs/npm.log" >&2
    say "npm could not fetch the packages of $1; all that it said: TestResults/npm.log. Cure: look whether npm reaches its registry (npm ping), and run this again."
    return 1
  fi
  cp "$lock" "$fetched"
}

need_browser() {
  npm_packages "$studio" && npm_packages "$editor" && npm_packages "$charts" && npm_packages "$browser" || return 1
  local version="$(node --version)"
  version="${version#v}"
  if (( ${version%%.*} < 20 )); then
    say "Node.js $version is too old for the browser tests. Cure: install Node.js 20 or later and run this again."
    return 1
  fi
  [[ -n "${PLAYBOOK_CHROMIUM:-}" ]] || [[ -e /usr/bin/google-chrome ]] || [[ -e /usr/bin/chromium-browser ]] ||
    need_command chromium "shows the pages to the browser tests (or name a Chromium in PLAYBOOK_CHROMIUM)" chromium
}

# Without them the tests of e-mail are skipped, or fail where CI is set: their fixture says why.
need_mail_servers() {
  [[ -x /usr/lib/postfix/sbin/master && -x /usr/lib/postfix/sbin/lmtp && -x /usr/sbin/dovecot && -e /usr/lib/dovecot/modules/lib90_sieve_plugin.so && -d /usr/lib/dovecot ]] &&
    [[ -x /usr/lib/dovecot/imap && -x /usr/lib/dovecot/lmtp && -d /usr/lib/python3/dist-packages/dkim ]] && return
  if ! command -v apt-get >/dev/null; then
    say "Some tests of e-mail need postfix, dovecot (IMAP, LMTP, Sieve) and python3-dkim. Cure: install them with this system's package manager."
    return
  fi
  # Only their programs are wanted: the system's own mail service is neither set up nor started.
  (as_root sh -c '
    echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
    [ -e /usr/sbin/policy-rc.d ] || { printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d && touch /run/playbook-policy; }' &&
    apt_install --no-install-recommends postfix dovecot-imapd dovecot-lmtpd dovecot-sieve python3-dkim) || true
  (as_root sh -c '[ ! -e /run/playbook-policy ] || rm -f /usr/sbin/policy-rc.d /run/playbook-policy') || true
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

with_studio() {
  npm_packages "$studio" || say "The designer is left out: Elsa Studio's files are missing. All else works."
  npm_packages "$charts" || say "Charts are shown as tables: their package is missing."
  npm_packages "$editor" || say "Scripts are edited in a plain field: the text editor's packages are missing."
}

server() {
  build_or_stop src/Playbook.Server build
  build plugins/All.proj plugins || { show_errors plugins; say "The channel plugins could not be built; all of it: TestResults/plugins.log. All else works."; }
  playbook="$root/src/Playbook.Server/bin/$configuration/net10.0/playbook"
}

# ---- tests -----------------------------------------------------------------------------------

passed=0 failed=0 skipped=0

attribute() { sed -nE "s/.* $2=\"([0-9]+)\".*/\1/p" <<<"$1"; }

is_browser_project() { [[ -e "$root/tests/$1/playwright.config.js" ]]; }

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
  count "$name" "$p" "$f" "$s"
}

count() { # NAME PASSED FAILED SKIPPED
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  printf '%-28s %5d passed %4d failed %4d skipped\n' "$@"
}

# The same for specs in a browser: totals come from the report, and without a report nothing passed.
run_browser_project() { # NAME
  local name="$1" report="$logs/$1.json" log="$logs/$1.log" code=0 totals p=0 f=0 s=0
  rm -f "$report"
  (cd "$root/tests/$name" && PLAYBOOK_BROWSER_REPORT="$report" npx --no-install playwright test) </dev/null >"$log" 2>&1 || code=$?
  totals="$(node -e '
    const { stats, errors } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    console.log(stats.expected, stats.unexpected + stats.flaky + errors.length, stats.skipped);' "$report" 2>/dev/null || true)"
  [[ -z "$totals" ]] || read -r p f s <<<"$totals"
  if [[ -z "$totals" ]]; then
    say "$name: the test program ended with code $code and left no report; its last lines:"; tail -20 "$log" >&2; f=1
  elif (( p + f + s == 0 )); then
    say "$name: has tests, but none was run"; f=1
  elif (( code != 0 && f == 0 )); then
    say "$name: every test passed, yet the test program ended with code $code; its last lines:"; tail -20 "$log" >&2; f=1
  elif (( f > 0 )); then
    sed -n '/^  1) /,$p' "$log" | head -200 >&2
  fi
  count "$name" "$p" "$f" "$s"
}

tests() { # PATTERN-OF-A-TEST NAME… -- OPTIONS…
  local pattern="$1" names=() projects=() name wanted whole=true browsers=false
  shift
  while [[ $# -gt 0 && "$1" != -- ]]; do names+=("$1"); shift; done
  [[ $# -eq 0 ]] || shift
  for name in $(cd "$root/tests" && ls -d -- *.Tests); do
    [[ -e "$root/tests/$name/$name.csproj" ]] || { is_browser_project "$name" && [[ "$pattern" == "$every_test" ]]; } || continue
    for wanted in "${names[@]:-}"; do [[ "${name,,}" == *"${wanted,,}"* ]] && { projects+=("$name"); break; }; done
  done
  [[ ${#projects[@]} -gt 0 ]] || fail "no test project's name contains: ${names[*]}. There are: $(cd "$root/tests" && ls -d -- *.Tests | tr '\n' ' ')"

  need_dotnet
  # Elsa's files go into the server's output as it is built: they must be there first.
  for name in "${projects[@]}"; do if is_browser_project "$name" && need_browser; then browsers=true; fi; done
  for name in "${projects[@]}"; do if [[ "$name" =~ ^Playbook\.(Plugins|Server)\.Tests$ ]]; then need_mail_servers; fi; done
  say "Building … (the first time takes a minute or two)"
  if [[ ${#names[@]} -gt 0 ]] || ! build Playbook.sln build; then whole=false; fi
  say "Testing … (reports: TestResults/)"
  for name in "${projects[@]}"; do
    if is_browser_project "$name"; then
      if ! $browsers; then
        say "$name: what it needs is missing, see above (counted as one failure)"; count "$name" 0 1 0
      elif ! $whole && ! build src/Playbook.Server "$name.build"; then
        say "$name: the server does not build (counted as one failure):"; show_errors "$name.build"; count "$name" 0 1 0
      else
        run_browser_project "$name"
      fi
    elif ! has_tests "$root/tests/$name" "$pattern"; then
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

every_test='\[[A-Za-z]*(Fact|Theory|Property)\b'
command="${1:-help}"
[[ $# -eq 0 ]] || shift
case "$command" in
  run)
    with_studio
    server
    cd "$root"
    exec "$playbook" serve "$@"
    ;;
  test)
    tests "$every_test" "$@" --
    ;;
  soak)
    export PLAYBOOK_SOAK=1
    tests 'SoakFact\b|Trait\("Category", "Soak"\)' "$@" -- -trait Category=Soak
    ;;
  pictures)
    need_browser || exit 2
    server
    cd "$root/$browser"
    exec node pictures.js "$@"
    ;;
  validate)
    [[ $# -gt 0 ]] || { set -- "$root/playbooks"; }
    [[ -d "$1" ]] || fail "there is no folder $1. Cure: name a folder that holds playbooks: ./build.sh validate FOLDER"
    server
    exec "$playbook" validate "$@"
    ;;
  bench)
    if [[ "${1:-}" == studio || "${1:-}" == day ]]; then
      need_browser || exit 2
      server
      cd "$root/$browser"
      exec node "bench/$1.js" "${@:2}"
    fi
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
