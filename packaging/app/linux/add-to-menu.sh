#!/bin/sh
# Puts withhold into this user's menu of applications: add-to-menu.sh; takes it out: add-to-menu.sh remove
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
menu="${XDG_DATA_HOME:-$HOME/.local/share}/applications"
entry="$menu/withhold.desktop"
if [ "${1:-}" = remove ]; then
  rm -f "$entry"
  exit 0
fi
case "$here" in
  *[\"\\\`\$%\&\|]*)
    echo "withhold: move its folder to a place whose name has none of these: quotes, \\ \$ % & |" >&2
    exit 1
    ;;
esac
mkdir -p "$menu"
sed -e "s|^Exec=.*|Exec=\"$here/withhold-app\"|" -e "s|^Icon=.*|Icon=$here/withhold.png|" \
  "$here/withhold.desktop" > "$entry"
