# SPDX-License-Identifier: GPL-3.0-or-later
# Which Debian packages are needed, in one place; sourced by run, test and package.

build_packages=(
    g++ cmake ninja-build pkg-config
    libfftw3-dev libsndfile1-dev libsoxr-dev libhwy-dev libxxhash-dev libebur128-dev
    portaudio19-dev libasound2-dev
    libcli11-dev nlohmann-json3-dev libexpected-dev libspdlog-dev
    qt6-base-dev qt6-svg-dev libqcustomplot-dev
    fonts-inter fonts-jetbrains-mono fonts-dejavu-core
)
package_packages=(dpkg-dev file gzip librsvg2-bin)
test_packages=(
    flac vorbis-tools opus-tools mpg123 sox strace
    python3-soundfile python3-numpy
    pulseaudio pulseaudio-utils libasound2-plugins
    xvfb openbox
)

# Installs those of the given packages that are missing; asks for root only if there are any.
install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "These packages are missing: ${missing[*]}. Install them as root, then try again." >&2
            return 1
        }
        as_root=(sudo)
    fi
    echo "Installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
