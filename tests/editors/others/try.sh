#!/usr/bin/env bash
# Opens the note in the editors without a plugin of ours, asks one question by keys, and checks the file.
# They are set up by the manual's own lines; what is not installed is not tried. See tests/editors/README.md.
# Usage: try.sh [helix] [kakoune] [emacs]
set -u
export LANG=C.UTF-8
here=$(cd "$(dirname "$0")" && pwd)
manual=$here/../../../docs/editors.md
note=$here/../notes/call.md
question="Is this an important target? Why or why not?"
socket=sowhat-try-$$
home=$(mktemp -d)
failed=0

tmux() { command tmux -u -L "$socket" "$@"; }
has() { command -v "$1" >/dev/null; }
say() { echo "$*"; case $1 in FAIL) failed=1 ;; esac; }
keys() { for key; do tmux send-keys -t editor "$key"; sleep "${pause:-0.3}"; done; }
screen() { tmux capture-pane -p -t editor; }
quit() { tmux kill-server 2>/dev/null; rm -rf "$home"; }
trap quit EXIT

# configure SECTION FILE: the first lines of code in a section of the manual, as the editor's file.
configure() {
  mkdir -p "$(dirname "$home/$2")"
  awk -v section="## $1" '
    /^```/ { if (code) exit; code = here; next }
    code { print; next }
    /^## / { here = ($0 == section) }' "$manual" >"$home/$2"
}

# Waits up to 20 s until the screen shows one of some lines.
shows() {
  for _ in $(seq 100); do
    screen | grep -qF -- "$1" && return
    sleep 0.2
  done
  return 1
}

# Waits up to 10 s until the file is the note with the question below its second goal, byte for byte.
is_asked() {
  for _ in $(seq 50); do
    cmp -s "$home/wanted.md" "$home/notes/call.md" && return
    sleep 0.2
  done
  return 1
}

# try NAME "the editor's command line" "keys to the goal" "keys to the menu" "keys to choose" "keys to save" "keys to leave"
try() {
  local name=$1 command=$2 go=$3 menu=$4 choose=$5 save=$6 leave=$7
  rm -rf "$home/notes" && mkdir "$home/notes" && cp "$note" "$home/notes/call.md"
  awk -v q="  - $question" '{ print } /^- Cut churn/ { print q }' "$note" >"$home/wanted.md"
  tmux new-session -d -s editor -x 110 -y 32 \
    "cd '$home/notes' && env -u XDG_CONFIG_HOME -u XDG_CACHE_HOME HOME='$home' $command call.md"
  sleep 3
  keys $go
  if ! shows $'No importance. Ask:\nImportance missing'; then # the finding, or Emacs 28's summary
    say FAIL "$name: no finding on the screen" && screen
  elif keys $menu && ! shows "Ask: \"$question\""; then
    say FAIL "$name: no question in the menu" && screen
  elif keys $choose && ! shows "  - $question"; then
    say FAIL "$name: no question in the note" && screen
  elif pause=0.1 keys $save && ! is_asked; then
    say FAIL "$name: the saved note is not the note with the question" && diff "$home/wanted.md" "$home/notes/call.md"
  else
    say PASS "$name"
  fi
  keys $leave # Kakoune's client would stay behind a window that is closed
  sleep 1
  tmux kill-session -t editor 2>/dev/null
}

try_helix() {
  local hx
  hx=$(command -v hx || command -v helix) || { say 'not installed' helix && return; }
  configure Helix .config/helix/languages.toml
  try "$("$hx" --version | head -1)" "$hx" \
    '8 g g 4 l' 'Space a' 'Enter' ': w Enter' 'Escape : q ! Enter'
}

try_kakoune() {
  has kak && has kak-lsp || { say 'not installed' 'kakoune with kak-lsp' && return; }
  configure Kakoune .config/kak/kakrc
  try "kakoune, kak-lsp $(kak-lsp --version | grep -o '[0-9][0-9.]*' | head -1)" kak \
    '8 g 4 l' 'Space l a' 'i m p o r t a n t Enter' ': w Enter' 'Escape : q ! Enter'
}

try_emacs() {
  has emacs || { say 'not installed' emacs && return; }
  configure Emacs .emacs.d/init.el
  emacs --batch --eval "(progn (require 'eglot) (require 'markdown-mode))" >/dev/null 2>&1 ||
    { say 'not installed' 'emacs with eglot and markdown-mode' && return; }
  try "$(emacs --version | head -1)" "emacs -nw" 'M-g M-g 8 Enter C-f C-f C-f' 'C-c a' 'Enter' 'C-x C-s' 'C-g C-x C-c'
}

has sowhat || { echo "sowhat is not on the PATH" && exit 2; }
[ "$(type -P tmux)" ] || { echo "tmux is not installed" && exit 2; }
[ $# -gt 0 ] || set -- helix kakoune emacs
for editor; do "try_$editor"; done
exit $failed
