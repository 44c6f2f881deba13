#!/usr/bin/env bash
# Install from apt what the tests need beside Python: a second database, a browser, Chinese fonts, PDF tools, git,
# and what reads scans and old office files (OCR, antiword, LibreOffice without a screen).
# Needs root; does nothing when all of it is there.
set -euo pipefail

packages=(
  postgresql chromium fonts-noto-cjk poppler-utils git
  tesseract-ocr tesseract-ocr-chi-sim antiword libreoffice-writer-nogui libreoffice-impress-nogui
)

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
  echo "All there: ${packages[*]}"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "make system needs root to install: ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
echo "Installing ${missing[*]} …"
apt-get update -qq </dev/null
apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
echo "Installed ${missing[*]}"
