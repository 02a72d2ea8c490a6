#!/bin/sh
# assemble.sh TIME: lays out deploy/target/asntally from what Maven has built; TIME (UTC, for touch -t) is
# when the build began. The new folder takes the old one's place by renaming: a running asntally keeps its files.
set -eu
dist=$(cd "$(dirname "$0")" && pwd -P)
module=${dist%/src/dist}
target=$module/target
new=$target/asntally.new
rm -rf "$new" "$target/asntally.old"
mkdir -p "$new/bin"
# moved, not copied: what is left there would stay in the next build, needed or not
mv "$target/lib" "$new/lib"
cp "$dist/bin/asntally" "$new/bin/asntally"
cp "$dist/make-archive" "$new/lib/make-archive"
chmod 755 "$new/bin/asntally" "$new/lib/make-archive"
for name in asncounter asn-lookup asn-update apermon asn_capture asn_report; do
    ln -s asntally "$new/bin/$name"
done
cp -p "$target/asntally.jar" "$new/lib/"
if [ -f "$module/../job/target/asntally-job.jar" ]; then
    cp -p "$module/../job/target/asntally-job.jar" "$new/"
fi
for file in LICENSE NOTICE; do
    [ ! -f "$module/../$file" ] || cp "$module/../$file" "$new/"
done
# as a file of its own it is mapped at once; within its jar it would be unpacked at every start
cp -p "$module/../lookup/target/classes/org/asntally/lookup/starter/starter.rib" "$new/lib/"
# the manual page of all names
java=$(ASNTALLY_JAVA_ONLY=1 sh "$dist/bin/asntally")
man=$new/share/man/man1
mkdir -p "$man"
"$java" -XX:TieredStopAtLevel=1 -cp "$new/lib/asntally.jar" org.asntally.job.cli.ManPage >"$man/asntally.1"
for name in asncounter asn-lookup asn-update apermon asn_capture asn_report; do
    ln -s asntally.1 "$man/$name.1"
done
date +%s >"$new/lib/build-id"
TZ=UTC touch -t "$1" "$new/built"
if [ -d "$target/asntally" ]; then
    mv "$target/asntally" "$target/asntally.old"
fi
mv "$new" "$target/asntally"
rm -rf "$target/asntally.old"
# the archive holds the place of its jars, so it is made where they stay; without one, starts are slower
ASNTALLY_ARCHIVE_ONLY=1 "$target/asntally/bin/asntally" ||
    echo "asntally: no class data archive was made; starts will be slower" >&2
