#!/bin/sh
# build.sh: makes starter/table.bin, the compact form of the starter table, from the newest published ranges.
# Needs npm, tar and a build of this module (target/classes). The build of the module makes the RIB file of it.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @ip-location-db/asn @ip-location-db/asn-country >packed
source=
for archive in $(cat packed); do
    case $archive in
    *country*) folder=asn-country ;;
    *) folder=asn ;;
    esac
    mkdir -p "$folder"
    tar xzf "$archive" -C "$folder" --strip-components=1
    version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$folder/package.json")
    source="${source:+$source, }@ip-location-db/$folder $version"
done
# versions end with the hour of the data: 2.3.2026061719
hour=$(echo "$version" | sed 's/.*\.//')
time=$(echo "$hour" | sed 's/^\(....\)\(..\)\(..\)\(..\)$/\1-\2-\3T\4:00:00Z/')
java -cp "$here/../target/classes" org.asntally.lookup.starter.StarterData \
    pack asn asn-country "$source" "$time" "$here/table.bin"
ls -l "$here/table.bin"
