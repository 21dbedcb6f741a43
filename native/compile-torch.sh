#!/bin/sh
# Compiles torch.cpp, operators.cpp and threads.cpp to the library that Cawb.Torch loads: compile-torch.sh OUTPUT
#   LIBTORCH  folder of another libtorch (with include/ and lib/), for example one with CUDA; default: Debian's libtorch-dev
#   CXX       compiler; default g++
# Failures are written the way MSBuild reads ("file : error CODE: text"), so that `dotnet build` shows them as its own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
output=$1
compiler=${CXX:-g++}
fail() {
  echo "native/compile-torch.sh : error $1: $2" >&2
  exit 1
}

command -v "$compiler" >/dev/null 2>&1 ||
  fail CAWB101 "the C++ compiler '$compiler' is missing. Install it: apt-get install g++ (or name another one in CXX)."

if [ -n "${LIBTORCH:-}" ]; then
  [ -d "$LIBTORCH/include/ATen" ] && [ -d "$LIBTORCH/lib" ] ||
    fail CAWB102 "LIBTORCH is '$LIBTORCH', which has no include/ATen and lib. Name the unpacked libtorch folder, or unset LIBTORCH and apt-get install libtorch-dev."
  headers=$LIBTORCH/include
  libraries=$LIBTORCH/lib
  core=$libraries/libc10.so
else
  headers=/usr/include
  libraries=
  [ -f /usr/include/ATen/ATen.h ] ||
    fail CAWB102 "libtorch's headers are missing. Install them: apt-get install libtorch-dev libopenblas0-pthread (or name a libtorch folder in LIBTORCH)."
  core=$("$compiler" -print-file-name=libc10.so)
fi
[ -f "$core" ] || fail CAWB103 "libc10.so is missing beside the headers in $headers. Reinstall it: apt-get install --reinstall libtorch-dev."

# Wheels before 2.6 were built with the old string layout; the library itself says which one it has.
abi=0
if grep -q 'cxx11' "$core"; then abi=1; fi
# Newer headers need C++17's own std::optional and friends anyway; 2.9 and later ask for C++20.
standard=c++17
if grep -qs 'C++20 or later' "$headers/ATen/ATen.h" "$headers/c10/util/C++17.h"; then standard=c++20; fi

set -- -std=$standard -O2 -g0 -fPIC -shared -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -D_GLIBCXX_USE_CXX11_ABI=$abi \
  -isystem "$headers/torch/csrc/api/include"
link='-Wl,--no-as-needed -ltorch_cpu -lc10'
if [ -n "$libraries" ]; then
  set -- "$@" -isystem "$headers" "-L$libraries" "-Wl,-rpath,$libraries"
  # Nothing here refers to it, but without it the CUDA operators do not register themselves.
  if [ -f "$libraries/libtorch_cuda.so" ]; then link="$link -ltorch_cuda -lc10_cuda"; fi
fi
mkdir -p "$(dirname "$output")"
# shellcheck disable=SC2086 # the words of $link are arguments of their own
"$compiler" "$@" "$here/torch.cpp" "$here/operators.cpp" "$here/threads.cpp" -o "$output.part" $link -ldl -pthread ||
  fail CAWB104 "g++ failed; its messages stand above."
mv -f "$output.part" "$output"
