#!/usr/bin/env bash
# Fills third_party/ with the .proto files we import, copied out of the Go
# module cache. The folder is not committed; the versions below are its stamp.
set -euo pipefail
cd "$(dirname "$0")/.."

dest=third_party
sdk=github.com/cosmos/cosmos-sdk@v0.54.4
gogo=github.com/cosmos/gogoproto@v1.7.2
cosmosproto=github.com/cosmos/cosmos-proto@v1.0.0-beta.5
gateway=github.com/grpc-ecosystem/grpc-gateway@v1.16.0

# copy MODULE FROM TO copies one file or folder of a module.
copy() {
  mkdir -p "$(dirname "$dest/$3")"
  cp -R "$(go env GOMODCACHE)/$1/$2" "$dest/$3"
}

go mod download "$sdk" "$gogo" "$cosmosproto" "$gateway"
if [ -d "$dest" ]; then
  chmod -R u+w "$dest"
  rm -rf "$dest"
fi
for part in amino cosmos tendermint; do
  copy "$sdk" "proto/$part" "cosmos-sdk/$part"
done
copy "$gogo" gogoproto/gogo.proto gogoproto/gogoproto/gogo.proto
copy "$cosmosproto" proto/cosmos_proto cosmos-proto/cosmos_proto
for file in annotations http; do
  copy "$gateway" "third_party/googleapis/google/api/$file.proto" "googleapis/google/api/$file.proto"
done
find "$dest" -type f ! -name '*.proto' -delete
chmod -R u+w "$dest"
