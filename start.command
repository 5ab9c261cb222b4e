#!/bin/sh
# Opens Dantok's page. macOS: double-click it (the first time: right click, Open). Linux: sh start.command
# The first start installs what is needed into this folder: .uv (what installs) and .venv-train (Python and all libraries).
cd "$(dirname "$0")" || exit 1

case "${LC_ALL:-${LC_MESSAGES:-$LANG}}" in
ko*)
    preparing="준비하고 있어요. 처음에는 1~3 GB를 내려받으니 몇 분 걸려요. 창을 닫지 마세요."
    no_python="파이썬이 없어요. python.org에서 파이썬 3.13을 설치하고(리눅스: python3와 python3-pip) 다시 열어 주세요."
    failed="설치하지 못했어요. 인터넷 연결과 디스크의 빈 자리를 확인하고 다시 열어 주세요. 이어서 설치해요."
    ;;
*)
    preparing="Getting ready. The first time downloads 1 to 3 GB and takes some minutes; leave this window open."
    no_python="There is no Python: install 3.13 from python.org (Linux: python3 and python3-pip) and open this again."
    failed="It could not be installed: check the network and the room on the disk, and open this again; it goes on."
    ;;
esac

say_and_end() {
    echo "$1" >&2
    # A window that was opened by a double click would be gone with the sentence.
    [ -t 0 ] && read -r _
    exit 1
}

find_uv() {
    if command -v uv; then
        return
    fi
    [ -x .uv/bin/uv ] || for python in python3.13 python3.12 python3.11 python3 python; do
        "$python" -m pip --version >/dev/null 2>&1 || continue
        "$python" -m pip install --quiet --disable-pip-version-check --target .uv --upgrade \
            --constraint requirements/dev.txt uv >&2 && break
    done
    [ -x .uv/bin/uv ] && echo .uv/bin/uv
}

install() {
    "$uv" pip install --python .venv-train --constraint requirements/train.txt "$@"
}

# On Linux PyPI's torch brings 2 GB of NVIDIA's libraries: uv knows where the build for this machine is.
ask_for_torch() {
    [ "$(uname)" = Linux ] &&
        install --dry-run --quiet --reinstall-package torch --torch-backend=auto torch 2>/dev/null &&
        echo --torch-backend=auto
}

ready=.venv-train/ready
if [ ! -e "$ready" ] || [ -n "$(find pyproject.toml requirements/train.txt -newer "$ready")" ]; then
    echo "$preparing"
    uv=$(find_uv) || say_and_end "$no_python"
    # uv takes a Python of this machine that fits, or fetches one.
    "$uv" venv --quiet --allow-existing --python '>=3.11,<3.14' .venv-train &&
        install --editable '.[train]' $(ask_for_torch) &&
        touch "$ready" || say_and_end "$failed"
fi
exec .venv-train/bin/dantok "$@"
