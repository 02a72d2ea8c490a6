#!/bin/sh
# test.sh         what CI runs: formatter, compiler warnings, Error Prone, all tests, the packaged program (< 20 minutes)
# test.sh long    what takes longer: fuzzing and soaks; its results are kept in docs/
set -eu
root=$(dirname "$(readlink -f "$0")")
cd "$root"
mode=${1:-}
case $mode in
'' | long) ;;
*)
    echo "usage: ./test.sh [long]" >&2
    exit 2
    ;;
esac
set -- -B -Dstyle.color=never
[ "$mode" != long ] || set -- "$@" -Dasntally.long=true
start=$(date +%s)
rm -rf ./*/target/surefire-reports
status=0
mvn "$@" -q spotless:check || status=$?
# verify: the launcher's tests need the packaged program. A failed test does not keep other modules from being tested;
# it is found in the reports below.
mvn "$@" -Dmaven.test.failure.ignore=true clean verify || status=$?

# each reader, on what Jazzer makes of its seeds
if [ "$mode" = long ]; then
    for test in $(find ./*/src/test -name '*FuzzTest.java'); do
        module=${test#./} module=${module%%/*} class=${test##*/} class=${class%.java}
        for target in $(sed -n 's/^    void \([a-zA-Z]*\)(byte.*/\1/p' "$test"); do
            log=$module/target/fuzz-$target.log
            echo "fuzzing $target"
            JAZZER_FUZZ=1 mvn "$@" -q -pl "$module" -am test -Dsurefire.failIfNoSpecifiedTests=false \
                "-Dtest=$class#$target" >"$log" 2>&1 || {
                status=1
                echo "$target: see $log"
            }
            grep -a '^Done ' "$log" || true
        done
    done
fi

# what ran, from surefire's reports
tests=0 failed=0 skipped=0
for report in ./*/target/surefire-reports/TEST-*.xml; do
    [ -f "$report" ] || continue
    line=$(grep -m 1 '<testsuite ' "$report" | tr ' ' '\n')
    n() { echo "$line" | sed -n "s/^$1=\"\([0-9]*\)\".*/\1/p" | head -n 1; }
    tests=$((tests + $(n tests)))
    failed=$((failed + $(n failures) + $(n errors)))
    skipped=$((skipped + $(n skipped)))
done
echo "took $(($(date +%s) - start)) s"
echo "$((tests - failed - skipped)) passed, $failed failed, $skipped skipped"
[ "$tests" -gt 0 ] || status=1
[ "$failed" -eq 0 ] || status=1
exit "$status"
