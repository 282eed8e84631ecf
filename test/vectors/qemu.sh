#!/bin/sh
# Runs the golden vectors as other processors would: builds the test for each
# architecture and runs it under qemu's user emulation. Installs nothing.
#
#   test/vectors/qemu.sh [arch ...]      default: arm64 s390x ppc64le
set -eu
cd "$(dirname "$0")"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

[ $# -gt 0 ] || set -- arm64 s390x ppc64le
for arch; do
	case $arch in
	arm64) qemu=qemu-aarch64-static ;;
	*) qemu=qemu-$arch-static ;;
	esac
	command -v "$qemu" >/dev/null || {
		echo "vectors: $qemu not found; on Debian: apt-get install qemu-user-static" >&2
		exit 1
	}
	CGO_ENABLED=0 GOOS=linux GOARCH=$arch go test -c -o "$out/$arch.test" .
	echo "== $arch"
	"$qemu" "$out/$arch.test"
done
